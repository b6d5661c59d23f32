// The shapes of the desk's HTTP and socket contract; the client and the mock share them.
import type { ChatRow, WebPage } from './chat';

export type Id = number;
export type Time = string;
export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type Kind = 'question' | 'problem' | 'incident' | 'task';
export type ViewId = 'mine' | 'unassigned' | 'all' | 'solved';

export interface Agent {
  id: Id;
  name: string;
  email: string;
  locale: string | null;
  time_zone?: string | null;
  role: string;
  initials: string;
  active: boolean;
}

export interface Named {
  id: Id;
  name: string;
}

export interface View {
  id: ViewId;
  count: number;
  more: boolean;
}

export interface Boot {
  workspace: { name: string; locale: string; time_zone: string; undo_send_seconds: number };
  agent: Agent;
  grants: string[];
  agents: Agent[];
  /** The archived ones too: what they have keeps its name. */
  teams: (Named & { archived?: boolean })[];
  brands: (Named & { archived?: boolean })[];
  views: View[];
  /** The parts of the house that this agent may open; missing on a server without a register. */
  panels?: Panel[];
  cursor: string;
}

export interface Panel {
  id: string;
  title: string;
  place: 'page' | 'conversation' | 'customer' | 'settings' | 'account';
  order: number;
}

/** What starting a conversation answers. */
export interface Started {
  id: Id;
  number: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Row {
  id: Id;
  number: number;
  version: number;
  subject: string;
  status: Status;
  spam: boolean;
  priority: Priority | null;
  type: Kind | null;
  channel: string;
  team_id: Id | null;
  assignee_id: Id | null;
  brand_id: Id | null;
  requester: { id: Id; name: string; address: string | null; verified: boolean };
  preview: string;
  last_author: 'customer' | 'agent' | 'system';
  unread: boolean;
  tags: string[];
  due_at: Time | null;
  created_at: Time;
  last_activity_at: Time;
  deleted: boolean;
}

export interface Address {
  name: string | null;
  address: string;
}

export interface Attachment {
  id: Id;
  name: string;
  type: string;
  size: number;
  url: string;
  inline: boolean;
}

export type DeliveryState = 'held' | 'queued' | 'sending' | 'delivered' | 'delayed' | 'failed' | 'unknown' | 'withdrawn';

export interface Delivery {
  state: DeliveryState;
  hold_until: Time | null;
  error: string | null;
  attempts: number;
  /** When it is tried again, of one that was put off. */
  next_at?: Time | null;
}

/** What a machine reports of one recipient. */
export interface Fate {
  address: string;
  state: 'delivered' | 'delayed' | 'failed' | 'read' | 'complained';
  /** Nobody is there, now or later. */
  hard: boolean;
  cause: string;
  status: string | null;
  words: string;
  at: Time;
}

/** Why an address can't be reached, as reports say. */
export interface Trouble {
  hard: boolean;
  cause: string;
  words: string;
  at: Time;
}

export interface Message {
  id: Id;
  conversation_id: Id;
  /** A `side` message goes to or comes from a third party; the customer never sees it. */
  kind: 'message' | 'note' | 'side';
  direction: 'in' | 'out';
  channel: string;
  author: { kind: 'agent' | 'customer' | 'system' | 'third_party'; id: Id | null; name: string; verified: boolean };
  html: string;
  text: string;
  quoted_html: string | null;
  attachments: Attachment[];
  recipients: { from: Address | null; to: Address[]; cc: Address[]; bcc: Address[] } | null;
  delivery: Delivery | null;
  fates?: Fate[];
  marks: string[];
  repeats: number;
  mentions: Id[];
  has_raw?: boolean;
  /** Logged by hand: it happened, nothing was sent. */
  contact?: { occurred_at: Time; duration_seconds: number | null; logged_by: Id } | null;
  side?: { id: Id; party: Address } | null;
  created_at: Time;
  version: number;
}

export type DraftMode = 'reply' | 'note' | 'side';

export interface Draft {
  mode: DraftMode;
  html: string;
  to: Address[] | null;
  cc: Address[] | null;
  /** The files of what was taken back. */
  attachments?: Attachment[];
  updated_at: Time;
}

export interface Identity {
  id: Id;
  kind: string;
  value: string;
  verified: boolean;
  primary: boolean;
  trouble?: Trouble | null;
}

export interface Customer {
  id: Id;
  name: string;
  version: number;
  language: string | null;
  time_zone: string | null;
  preferred_channel: string | null;
  note: string;
  tags: string[];
  attributes: Record<string, unknown>;
  identities: Identity[];
  companies: Named[];
  /** Those that were merged into this one. */
  merged?: Named[];
  created_at: Time;
}

/** A side conversation with a third party. */
export interface Side {
  id: Id;
  party: Address;
  subject: string;
  created_at: Time;
}

/** A channel that an answer could take, or the reason why it can't. */
export interface Way {
  channel: string;
  can: boolean;
  why_not: string | null;
  to: Address | null;
  preferred: boolean;
  proposed: boolean;
}

export interface Conversation extends Row {
  participants: { id: Id; name: string; address: string; kind: 'to' | 'cc' }[];
  followers: Id[];
  fields: Record<string, unknown>;
  form: string | null;
  external_id: string | null;
  also_open: { id: Id; number: number; subject: string }[];
  follow_up_of: { id: Id; number: number } | null;
  joined_into: { id: Id; number: number } | null;
  customer: Customer;
  draft: Draft | null;
  messages: Page<Message>;
  read_up_to: Id | null;
  sides?: Side[];
  channels?: Way[];
  /** The requester's messages are kept away. */
  blocked?: boolean;
}

export interface Recipient extends Address {
  why: string;
  new: boolean;
  outside: boolean;
  trouble?: Trouble | null;
}

export interface Recipients {
  channel: string;
  from: Address | null;
  to: Recipient[];
  cc: Recipient[];
  left_out: { address: string; why: string }[];
  /** What sending would be refused with. */
  problem?: { code: string; message: string; field: string | null } | null;
}

/** `url` shows a picture inside the text while it is written; without it the picture is an attachment. */
export interface Upload {
  url?: string;
  id: Id;
  name: string;
  type: string;
  size: number;
}

export type Hit =
  | { kind: 'conversation'; row: Row; snippet: { text: string; hit: boolean }[] }
  | { kind: 'customer'; customer: { id: Id; name: string; address: string } };

export interface Found {
  items: Hit[];
  next: string | null;
  partial: boolean;
}

export interface TimelineEntry {
  id?: Id;
  at: Time;
  kind: string;
  /** Message id of its sentence. */
  title: string;
  link: { conversation?: Id; number?: number; channel?: string; direction?: 'in' | 'out' } | null;
}

export interface Failure {
  kind: string;
  code: string;
  message: string;
  fields?: Record<string, string>;
  request_id?: string;
  present?: Row;
}

/** What the server says on the live socket. Unknown types are ignored. */
export type Signal =
  | { type: 'hello'; cursor: string }
  | { type: 'ping' }
  | { type: 'conversation'; cursor: string; event_id: string | number; event: string; row: Row; message: Message | null }
  | { type: 'gone'; cursor: string; event_id: string | number; id: Id }
  | { type: 'views'; views: View[] }
  | { type: 'resync' }
  | { type: 'bye'; reason: string }
  | { type: 'chat'; cursor: string; event_id: string | number; event: string; chat: ChatRow }
  | { type: 'chat_availability'; cursor: string; event_id: string | number; agent_id: Id; state: 'available' | 'away' }
  | {
      type: 'aside';
      conversation_id: Id;
      what:
        | { type: 'chat_typing'; on: boolean }
        | { type: 'chat_read'; message_id: Id }
        | { type: 'chat_page'; page: WebPage }
        | { type: 'chat_online'; online: boolean };
    }
  | { type: 'presence'; conversation_id: Id; agents: { id: Id; doing: 'viewing' | 'typing' }[] };
