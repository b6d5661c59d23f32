// After the settings have changed people, teams, brands or the workspace, the whole desk knows it.
import { ApiError, api } from '~/api/client';
import { desk } from '~/sync/desk.svelte';
import { clock } from '~/text/time.svelte';

export async function refresh(): Promise<void> {
  try {
    const { workspace, agent, agents, teams, brands, grants, panels } = await api.session();
    if (!desk.boot) return;
    desk.boot = { ...desk.boot, workspace, agent, agents, teams, brands, grants, ...(panels ? { panels } : {}) };
    clock.zone = agent.time_zone ?? undefined;
  } catch (error) {
    // The change itself is saved; the desk learns of it with the next session.
    if (!(error instanceof ApiError)) throw error;
  }
}
