// Account, people, mail and workspace as the settings speak of them: shapes and requests.
import { type Answer, call } from './client';
import type { Agent, Id, Page, Time } from './types';

export interface Member extends Agent {
  version: number;
}

export interface Group {
  id: Id;
  name: string;
  archived: boolean;
  /** The brand of what names no other; teams have none. */
  usual?: boolean;
  version: number;
}

export type GroupKind = 'teams' | 'brands';
export type Reach = 'all' | 'teams' | 'brands' | 'own';

export interface Role {
  id: Id;
  name: string;
  /** Names of actions, `noun.*` for all of a noun, `*` for everything. */
  grants: string[];
  reach: Reach;
  built_in: boolean;
  version: number;
}

export interface Roles {
  items: Role[];
  grants: string[];
}

export interface Pending {
  id: Id;
  email: string;
  name: string;
  role: string;
  created_at: Time;
  expires_at: Time;
}

export interface OwnSession {
  id: Id;
  device: string;
  created_at: Time;
  seen_at: Time;
  current: boolean;
}

export interface Token {
  id: Id;
  name: string;
  created_at: Time;
}

export interface Workspace {
  name: string;
  locale: string;
  time_zone: string;
  version: number;
}

export interface Rules {
  undo_send_seconds: number;
  close_after_days: number;
  give_up_after_hours: number;
}

/** What a mailbox says by itself when a first mail has arrived. */
export interface Confirmation {
  mailbox_id: Id;
  on: boolean;
  text: string;
  language: string;
  version: number;
}

export interface MailboxInput {
  name: string;
  brand_id: Id | null;
  team_id: Id | null;
}

export interface Mailbox extends MailboxInput {
  id: Id;
  address: string;
  version: number;
  created_at: Time;
}

export type Security = 'none' | 'starttls' | 'tls';

export interface OutgoingInput {
  host: string;
  port: number;
  security: Security;
  username: string | null;
  /** The stored one is kept when this is absent, and forgotten when it is empty. */
  password?: string;
  from: string | null;
  trusted_certificate: string | null;
  /** Access that a provider has granted, in place of a password. */
  grant_id?: Id | null;
}

export interface Outgoing extends Omit<OutgoingInput, 'password'> {
  has_password: boolean;
}

/** What an agent is told by mail. */
export interface Notifications {
  mentioned: boolean;
  assigned: boolean;
  replied: boolean;
  unassigned: boolean;
  undelivered: boolean;
  /** Also while a desk is open. */
  at_desk: boolean;
  version: number;
}

export interface Tried {
  fate: 'taken' | 'postponed' | 'refused' | 'unclear';
  said: string;
}

export interface Parked {
  id: Id;
  job: string;
  cause: string;
  attempts: number;
  created_at: Time;
  mail?: { sender: string; recipients: string[]; size: number; received_at: Time } | null;
}

const body = <T>(method: string, path: string, sent?: unknown, extra?: Parameters<typeof call>[3]) => call<T>(method, path, sent, extra).then((answer) => answer.body);

/** Follows a list to its end; those of the settings are short. */
async function whole<T>(path: string): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await body('GET', `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return all;
}

export const houseApi = {
  profile: () => body<Member>('GET', '/profile'),
  saveProfile: (own: Pick<Member, 'name' | 'locale' | 'time_zone' | 'version'>) =>
    call<Member>('PUT', '/profile', { name: own.name, locale: own.locale, time_zone: own.time_zone }, { version: own.version }),
  notifications: () => body<Notifications>('GET', '/profile/notifications'),
  saveNotifications: ({ version, ...choices }: Notifications) => call<Notifications>('PUT', '/profile/notifications', choices, { version }),
  password: (current: string, password: string) => call<null>('PUT', '/profile/password', { current, password }),
  sessions: () => body<OwnSession[]>('GET', '/sessions'),
  endSession: (id: Id) => call<null>('DELETE', `/sessions/${id}`),
  endOthers: () => call<null>('DELETE', '/sessions'),
  tokens: () => body<Token[]>('GET', '/tokens'),
  addToken: (name: string) => body<{ id: Id; token: string }>('POST', '/tokens', { name }),
  dropToken: (id: Id) => call<null>('DELETE', `/tokens/${id}`),

  workspace: () => body<Workspace>('GET', '/workspace'),
  saveWorkspace: ({ version, ...change }: Workspace) => call<Workspace>('PATCH', '/workspace', change, { version }),
  rules: () => body<Rules>('GET', '/conversation-rules'),
  saveRules: (rules: Rules) => call<Rules>('PUT', '/conversation-rules', rules),

  agents: () => whole<Member>('/agents'),
  saveAgent: (agent: Member, change: { name?: string; role?: string; active?: boolean }) => call<Member>('PUT', `/agents/${agent.id}`, change, { version: agent.version }),
  invite: (input: { email: string; name: string; role: string; team_ids: Id[] }, key: string) => body<{ id: Id; email: string }>('POST', '/invitations', input, { key }),
  pending: () => whole<Pending>('/pending-invitations'),
  takeBack: (id: Id) => call<null>('DELETE', `/pending-invitations/${id}`),
  groups: (kind: GroupKind) => body<Group[]>('GET', `/${kind}`),
  addGroup: (kind: GroupKind, name: string, key: string) => body<Group>('POST', `/${kind}`, { name }, { key }),
  saveGroup: (kind: GroupKind, group: Group, change: { name?: string; archived?: boolean }) => call<Group>('PATCH', `/${kind}/${group.id}`, change, { version: group.version }),
  members: (kind: GroupKind, id: Id) => body<{ agent_ids: Id[] }>('GET', `/${kind}/${id}/members`),
  saveMembers: (kind: GroupKind, group: Group, agent_ids: Id[]): Promise<Answer<{ agent_ids: Id[] }>> => call('PUT', `/${kind}/${group.id}/members`, { agent_ids }, { version: group.version }),
  roles: () => body<Roles>('GET', '/roles'),
  addRole: (input: Pick<Role, 'name' | 'grants' | 'reach'>, key: string) => body<Role>('POST', '/roles', input, { key }),
  saveRole: (role: Role) => call<Role>('PUT', `/roles/${role.id}`, { grants: role.grants, reach: role.reach }, { version: role.version }),

  mailboxes: () => body<Page<Mailbox>>('GET', '/mailboxes').then((page) => page.items),
  addMailbox: (input: MailboxInput & { address: string }, key: string) => call<Mailbox>('POST', '/mailboxes', input, { key }),
  saveMailbox: ({ id, version, name, brand_id, team_id }: Mailbox) => call<Mailbox>('PUT', `/mailboxes/${id}`, { name, brand_id, team_id }, { version }),
  confirmation: (id: Id) => call<Confirmation>('GET', `/mailboxes/${id}/acknowledgement`).then((answer) => answer.body),
  saveConfirmation: ({ mailbox_id, version, on, text, language }: Confirmation) => call<Confirmation>('PUT', `/mailboxes/${mailbox_id}/acknowledgement`, { on, text, language }, { version }),
  dropMailbox: (id: Id) => call<null>('DELETE', `/mailboxes/${id}`),
  outgoing: () => body<Outgoing>('GET', '/outgoing-mail'),
  saveOutgoing: (input: OutgoingInput) => call<Outgoing>('PUT', '/outgoing-mail', input),
  tryOutgoing: (to: string) => body<Tried>('POST', '/outgoing-mail/test', { to }),
  parked: (cursor: string | null) => body<Page<Parked>>('GET', `/parked${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
  retry: (id: Id) => call<null>('POST', `/parked/${id}/retry`, {}),
};
