// The first steps of a shop: which are done, by what the workspace really is.
import type { Group, Member, Outgoing, Pending } from '~/api/house';

/** What was found out; null is what could not be asked, or may not be. */
export interface Facts {
  mailboxes: number | null;
  /** `undefined` when no server is named. */
  outgoing: Outgoing | undefined | null;
  /** The server that took a test mail from this browser. */
  tested: string | null;
  teams: readonly Pick<Group, 'archived'>[] | null;
  /** Teams that have hours of their own. */
  hours: number | null;
  agents: readonly Pick<Member, 'active'>[] | null;
  pending: readonly Pick<Pending, 'id'>[] | null;
  widgets: number | null;
}

export interface Step {
  id: 'mailbox' | 'outgoing' | 'team' | 'hours' | 'colleagues' | 'widget';
  /** Where it is done. */
  section: string;
  state: 'done' | 'half' | 'open' | 'unknown';
}

/** A test stands for one server and one account. */
export const placeOf = (outgoing: Pick<Outgoing, 'host' | 'port' | 'username'>) => `${outgoing.username ?? ''}@${outgoing.host}:${outgoing.port}`;

const when = (done: boolean | null): Step['state'] => (done === null ? 'unknown' : done ? 'done' : 'open');
const some = (count: number | null) => (count === null ? null : count > 0);

function outgoing(facts: Facts): Step['state'] {
  if (facts.outgoing === null) return 'unknown';
  if (facts.outgoing === undefined) return 'open';
  return facts.tested === placeOf(facts.outgoing) ? 'done' : 'half';
}

function colleagues({ agents, pending }: Facts): Step['state'] {
  if (agents && agents.filter((agent) => agent.active).length > 1) return 'done';
  if (pending && pending.length > 0) return 'half';
  return when(agents === null ? null : false);
}

export function steps(facts: Facts): Step[] {
  return [
    { id: 'mailbox', section: 'email.mailboxes', state: when(some(facts.mailboxes)) },
    { id: 'outgoing', section: 'email.outgoing', state: outgoing(facts) },
    { id: 'team', section: 'people.teams', state: when(facts.teams && facts.teams.some((team) => !team.archived)) },
    { id: 'hours', section: 'people.hours', state: when(some(facts.hours)) },
    { id: 'colleagues', section: 'people.agents', state: colleagues(facts) },
    { id: 'widget', section: 'chat.widgets', state: when(some(facts.widgets)) },
  ];
}
