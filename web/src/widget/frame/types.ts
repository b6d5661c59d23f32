// The shapes of the visitor's side of the contract.

export interface Field {
  name: string;
  label: string;
  kind: 'text' | 'email' | 'select';
  required: boolean;
  options?: string[];
}

export interface Config {
  key: string;
  name: string;
  color: string;
  ink: string;
  greeting: string;
  offline_text: string;
  privacy_url: string | null;
  form: { before: 'never' | 'optional' | 'required'; fields: Field[] };
  attachments: boolean;
  largest_file: number;
  longest_text: number;
  trail: boolean;
  api: string;
  locale: string;
  preview?: boolean;
}

export interface State {
  open: boolean;
  available: boolean;
  answer_seconds: number | null;
  back_at: string | null;
  mode: 'chat' | 'offline';
}

export interface Chat {
  id: number;
  state: 'waiting' | 'taken' | 'missed' | 'ended';
  agent: { name: string; initials: string } | null;
  since: string;
  ended_at: string | null;
  ended_by: 'agent' | 'visitor' | 'time' | null;
}

export interface File_ {
  name: string;
  type: string;
  size: number;
  url: string;
}

export interface Message {
  id: number;
  line: number;
  client_id: string | null;
  direction: 'in' | 'out';
  author: { name: string; initials: string } | null;
  html: string;
  text: string;
  attachments: File_[];
  at: string;
  by_mail: boolean;
}

export interface Visitor {
  name: string;
  email: string | null;
  email_sent: 'left' | 'signed' | null;
}

export interface Session {
  token: string;
  visitor: Visitor | null;
  state: State;
  chat: Chat | null;
  messages: Message[];
  more: boolean;
  cursor: number;
  agent_read?: number;
  verified: { name: string; email: string | null } | null;
}

export interface Earlier {
  id: number;
  number: number;
  subject: string;
  status: string;
  channel: string;
  last_at: string;
  preview: string;
}

/** What the server says on the socket. */
export type Heard =
  | { type: 'hello'; cursor: number; state: State; chat: Chat | null; agent_read: number }
  | { type: 'message'; message: Message; cursor: number }
  | { type: 'chat'; chat: Chat | null }
  | { type: 'state'; state: State }
  | { type: 'typing'; on: boolean; name: string }
  | { type: 'read'; agent_read: number }
  | { type: 'ping' }
  | { type: 'resync' }
  | { type: 'bye'; reason: string };
