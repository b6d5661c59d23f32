// Asks the workspace how far it is set up; what can't be asked stays unknown.
import { ApiError } from '~/api/client';
import { chatApi } from '~/api/chat';
import { houseApi } from '~/api/house';
import type { Facts } from './steps';

const TESTED = 'rapport.outgoing-tested';
const MOST_TEAMS = 20;

const unless = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    return null;
  });

async function outgoing(): Promise<Facts['outgoing']> {
  try {
    return await houseApi.outgoing();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code === 'outgoing_not_set' ? undefined : null;
  }
}

/** Remembers on this device that a server took a test mail. */
export function rememberTest(place: string): void {
  localStorage.setItem(TESTED, place);
}

export async function facts(): Promise<Facts> {
  const [mailboxes, mail, teams, agents, pending, widgets] = await Promise.all([
    unless(houseApi.mailboxes()), outgoing(), unless(houseApi.groups('teams')), unless(houseApi.agents()), unless(houseApi.pending()), unless(chatApi.widgets()),
  ]);
  const living = teams?.filter((team) => !team.archived).slice(0, MOST_TEAMS) ?? [];
  const hours = teams && (await unless(Promise.all(living.map((team) => chatApi.hours(team.id)))));
  return {
    mailboxes: mailboxes?.length ?? null,
    outgoing: mail,
    tested: localStorage.getItem(TESTED),
    teams,
    hours: hours?.filter((one) => one.schedule !== null).length ?? null,
    agents,
    pending,
    widgets: widgets?.items.length ?? null,
  };
}
