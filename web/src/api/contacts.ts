// Contacts beside the mail as the desk speaks them: logged by hand, forwarded, merged, blocked; shapes and requests.
import { call } from './client';
import type { Customer, Id, Message, Page, Recipients, Row, Started, Status, Time, TimelineEntry } from './types';

export type LogChannel = 'voice' | 'walk-in' | 'letter';

export interface Logged {
  channel: LogChannel;
  direction: 'in' | 'out';
  html: string;
  occurred_at?: Time;
  duration_seconds?: number;
  upload_ids?: Id[];
  identity?: { kind: 'phone' | 'email' | 'postal'; value: string };
  then?: Status;
}

export type Requester = { id: Id } | { name?: string; phone?: string; email?: string; postal?: string };

export interface LoggedFirst extends Omit<Logged, 'identity'> {
  subject?: string;
  requester: Requester;
  team_id?: Id;
  assignee_id?: Id;
}

export interface SideInput {
  html: string;
  message_ids?: Id[];
  with_attachments?: boolean;
  upload_ids?: Id[];
  then?: Status;
}

export interface Forwarded extends SideInput {
  to: { name?: string; address: string };
  subject?: string;
}

export type Audience = 'everybody' | 'customer';

export interface CustomerPanel {
  customer: Customer;
  blocked: boolean;
  local_time: string | null;
  conversations: Page<Row>;
  timeline: Page<TimelineEntry>;
}

export interface Block {
  id: Id;
  kind: string;
  value: string;
  blocked_by: Id | null;
  created_at: Time;
}

const body = <T>(method: string, path: string, sent?: unknown) => call<T>(method, path, sent).then((answer) => answer.body);
const after = (cursor: string | null) => (cursor ? `?cursor=${encodeURIComponent(cursor)}` : '');

export const contactsApi = {
  log: (conversation: Id, logged: Logged, key: string) => call<Message>('POST', `/conversations/${conversation}/contacts`, logged, { key }),
  logFirst: (logged: LoggedFirst, key: string) => call<Started & { message_id: Id }>('POST', '/contacts', logged, { key }),
  forward: (conversation: Id, sent: Forwarded, key: string) => call<Message>('POST', `/conversations/${conversation}/sides`, sent, { key }),
  answerSide: (side: Id, sent: SideInput, key: string) => call<Message>('POST', `/sides/${side}/messages`, sent, { key }),
  /** Judges the addresses that stand in the fields; stores nothing. */
  judge: (conversation: Id, asked: { channel?: string; audience: Audience; to?: string[]; cc?: string[] }) => body<Recipients>('POST', `/conversations/${conversation}/recipients`, asked),

  panel: (customer: Id, conversation: Id) => body<CustomerPanel>('GET', `/customers/${customer}/panel?conversation=${conversation}`),
  rows: (customer: Id, cursor: string | null) => body<Page<Row>>('GET', `/customers/${customer}/conversations${after(cursor)}`),
  timeline: (customer: Id, cursor: string | null) => body<Page<TimelineEntry>>('GET', `/customers/${customer}/timeline${after(cursor)}`),
  merge: (customer: Id, into: Id) => call<Customer>('POST', `/customers/${customer}/merge`, { into }),

  spamAndBlock: (conversation: Id, domain: boolean) => call<Row>('POST', `/conversations/${conversation}/block`, { domain }),
  block: (customer: Id) => call<null>('PUT', `/customers/${customer}/block`),
  unblock: (customer: Id) => call<null>('DELETE', `/customers/${customer}/block`),
  blocks: (cursor: string | null) => body<Page<Block>>('GET', `/blocks${after(cursor)}`),
  lift: (id: Id) => call<null>('DELETE', `/blocks/${id}`),
};
