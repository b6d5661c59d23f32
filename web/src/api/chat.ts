// Live chat as the desk speaks it: shapes and requests.
import { call } from './client';
import type { Id, Page, Time } from './types';

export type ChatState = 'waiting' | 'taken' | 'missed' | 'ended';
export type Proof = 'none' | 'claimed' | 'verified';

export interface WebPage {
  url: string;
  title: string;
}

export interface ChatRow {
  id: Id;
  conversation_id: Id;
  number: number;
  subject: string;
  widget_id: Id;
  widget_name: string;
  state: ChatState;
  team_id: Id | null;
  taker_id: Id | null;
  /** Whose desks ring. */
  offered_to: Id[];
  visitor: { name: string; email: string | null; email_proof: Proof; online: boolean; page: WebPage | null; banned: boolean };
  waiting_since: Time;
  taken_at: Time | null;
  answered_at: Time | null;
  ended_at: Time | null;
  preview: string;
  version: number;
}

export interface Availability {
  agent_id: Id;
  name: string;
  state: 'available' | 'away';
  chats: number;
  most: number;
  since: Time;
}

export interface ChatRules {
  answer_within_seconds: number;
  most_chats_per_agent: number;
  mail_after_seconds: number;
  end_after_minutes: number;
}

export interface ChatDesk {
  me: Availability;
  agents: Availability[];
  chats: ChatRow[];
  rules: ChatRules;
}

export interface Visitor {
  name: string;
  email: string | null;
  email_proof: Proof;
  fields: Record<string, string>;
  online: boolean;
  page: WebPage | null;
  trail: (WebPage & { at: Time })[];
  locale: string | null;
  agent: string | null;
  first_at: Time;
  /** The last answer that the visitor has read, and the last that arrived there. */
  read_id: Id | null;
  received_id: Id | null;
  banned: boolean;
  verified: boolean;
}

export interface ChatOf {
  chat: ChatRow | null;
  chats: number;
  visitor: Visitor;
  mails: { id: Id; kind: 'answers' | 'transcript'; to: string; message_ids: Id[]; state: string; at: Time; error: string | null }[];
}

export interface FormField {
  name: string;
  label: string;
  kind: 'text' | 'email' | 'select';
  required: boolean;
  options?: string[];
}

export interface WidgetInput {
  name: string;
  brand_id: Id | null;
  team_id: Id | null;
  active: boolean;
  origins: string[];
  color: string;
  position: 'right' | 'left';
  launcher: string;
  greeting: string;
  offline_text: string;
  privacy_url: string | null;
  form: { before: 'never' | 'optional' | 'required'; fields: FormField[] };
  attachments: boolean;
  trail: boolean;
  keep_query: boolean;
}

export interface Widget extends WidgetInput {
  id: Id;
  key: string;
  has_secret: boolean;
  snippet: string;
  preview_url: string;
  version: number;
  created_at: Time;
}

export interface Schedule {
  zone: string;
  /** Monday first; `to` at or before `from` ends on the next day. */
  week: { from: string; to: string }[][];
  holidays: { date: string; blocks: { from: string; to: string }[] }[];
}

export interface TeamHours {
  team_id: Id;
  schedule: Schedule | null;
  version: number;
  open: boolean;
  next_open: Time | null;
}

const body = <T>(method: string, path: string, sent?: unknown, extra?: Parameters<typeof call>[3]) => call<T>(method, path, sent, extra).then((answer) => answer.body);
const at = (id: Id, verb: string) => `/chats/${id}/${verb}`;

export const chatApi = {
  desk: () => body<ChatDesk>('GET', '/chat/desk'),
  be: (state: Availability['state']) => body<Availability>('PUT', '/chat/availability', { state }),
  take: (id: Id) => call<ChatRow>('POST', at(id, 'take'), {}),
  back: (id: Id) => body<ChatRow>('POST', at(id, 'return'), {}),
  pass: (id: Id, to: { agent_id?: Id; team_id?: Id; note?: string }) => call<ChatRow>('POST', at(id, 'pass'), to),
  end: (id: Id) => body<ChatRow>('POST', at(id, 'end'), {}),
  typing: (id: Id, on: boolean) => call<null>('POST', at(id, 'typing'), { on }),
  seen: (id: Id, message_id: Id) => call<null>('POST', at(id, 'seen'), { message_id }),
  of: (conversation: Id) => body<ChatOf>('GET', `/conversations/${conversation}/chat`),
  ban: (conversation: Id) => call<null>('PUT', `/conversations/${conversation}/chat/ban`, { address: true }),
  unban: (conversation: Id) => call<null>('DELETE', `/conversations/${conversation}/chat/ban`),

  widgets: () => body<Page<Widget>>('GET', '/chat/widgets?limit=100'),
  addWidget: (name: string, key: string) => body<Widget>('POST', '/chat/widgets', { name }, { key }),
  saveWidget: (id: Id, input: WidgetInput, version: number) => call<Widget>('PUT', `/chat/widgets/${id}`, input, { version }),
  dropWidget: (id: Id) => call<null>('DELETE', `/chat/widgets/${id}`),
  newKey: (id: Id) => body<Widget>('POST', `/chat/widgets/${id}/key`, {}),
  newSecret: (id: Id) => body<{ secret: string }>('POST', `/chat/widgets/${id}/secret`, {}),
  dropSecret: (id: Id) => call<null>('DELETE', `/chat/widgets/${id}/secret`),
  rules: () => body<ChatRules>('GET', '/chat/rules'),
  saveRules: (rules: ChatRules) => call<ChatRules>('PUT', '/chat/rules', rules),
  hours: (team: Id) => body<TeamHours>('GET', `/teams/${team}/hours`),
  saveHours: (team: Id, schedule: Schedule | null, version: number) => call<TeamHours>('PUT', `/teams/${team}/hours`, { schedule }, { version }),
};
