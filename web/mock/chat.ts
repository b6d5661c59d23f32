// The mock's live chat: one small queue between the widget's side and the desk's.
import type { WebSocket } from 'ws';
import type { Availability, ChatOf, ChatRow, ChatRules, TeamHours, Widget } from '../src/api/chat.ts';
import type { Message as DeskMessage, Row } from '../src/api/types.ts';
import type { Config, Message, State } from '../src/widget/frame/types.ts';
import { agents, customers } from './story/people.ts';
import type { World } from './world.ts';

export interface Guest {
  token: string;
  key: string;
  name: string;
  email: string | null;
  verified: boolean;
  banned: boolean;
  lines: Message[];
  chat: ChatRow | null;
  read: number;
  agentRead: number;
  page: { url: string; title: string } | null;
  trail: { url: string; title: string; at: string }[];
  sockets: Set<WebSocket>;
}

const now = () => new Date().toISOString();
const initials = (name: string) => name.split(' ').map((part) => part[0]).join('').slice(0, 2);

export function configOf(key: string): Config | null {
  const base: Config = {
    key, name: 'Linden & Lark', color: '#7a4a21', ink: '#ffffff', greeting: 'Hello! Ask us anything about coffee, grinders and kettles.', offline_text: '', privacy_url: 'https://lindenlark.example/privacy',
    form: { before: 'never', fields: [] }, attachments: true, largest_file: 10_000_000, longest_text: 4000, trail: true, api: `/api/chat/${key}`, locale: 'en',
  };
  if (key === 'demo' || key === 'closed' || key === 'banned' || key === 'busy' || key === 'old') return base;
  if (key === 'light') return { ...base, color: '#ffd166', ink: '#1c1c24', name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & Söhne' };
  if (key !== 'form') return null;
  return { ...base, form: { before: 'required', fields: [{ name: 'name', label: '', kind: 'text', required: true }, { name: 'email', label: '', kind: 'email', required: true }, { name: 'about', label: 'What is it about?', kind: 'select', required: false, options: ['An order', 'A repair', 'Something else'] }] } };
}

export class ChatMock {
  guests = new Map<string, Guest>();
  chats = new Map<number, Guest>();
  me: Availability = { agent_id: agents[0]!.id, name: agents[0]!.name, state: 'available', chats: 0, most: 4, since: now() };
  rules: ChatRules = { answer_within_seconds: 45, most_chats_per_agent: 4, mail_after_seconds: 300, end_after_minutes: 60 };
  widgets: Widget[] = [];
  hours = new Map<number, TeamHours>();
  private event = 1;

  constructor(private readonly world: World) {
    this.widgets.push(this.widget('Shop', 'demo', 1));
    this.hours.set(201, { team_id: 201, version: 1, open: true, next_open: null, schedule: { zone: 'Europe/Berlin', week: [...Array<{ from: string; to: string }[]>(5).fill([{ from: '09:00:00', to: '12:30:00' }, { from: '13:30:00', to: '17:00:00' }]), [{ from: '10:00:00', to: '14:00:00' }], []], holidays: [{ date: '2026-12-25', blocks: [] }, { date: '2026-12-24', blocks: [{ from: '09:00:00', to: '12:00:00' }] }] } });
  }

  widget(name: string, key: string, id = this.world.next()): Widget {
    return {
      id, key, name, brand_id: 1, team_id: null, active: true, origins: ['https://shop.lindenlark.example'], color: '#7a4a21', position: 'right', launcher: '', greeting: 'Hello! Ask us anything about coffee, grinders and kettles.', offline_text: '', privacy_url: null,
      form: { before: 'optional', fields: [{ name: 'name', label: 'Name', kind: 'text', required: false }, { name: 'email', label: 'Email', kind: 'email', required: false }] }, attachments: true, trail: true, keep_query: false, has_secret: false,
      snippet: `<script async src="https://desk.lindenlark.example/widget.js?key=${key}"></script>`, preview_url: `/chat/${key}?preview=1`, version: 1, created_at: now(),
    };
  }

  agents(): Availability[] {
    return agents.map((agent, i) => (i === 0 ? this.me : { agent_id: agent.id, name: agent.name, state: i === 2 ? 'away' : 'available', chats: i === 1 ? 2 : 4, most: 4, since: now() }));
  }

  rows(): ChatRow[] {
    return [...this.chats.values()].flatMap((guest) => (guest.chat && (guest.chat.state === 'waiting' || guest.chat.state === 'taken') ? [guest.chat] : []));
  }

  stateOf(key: string): State {
    if (key === 'closed') return { open: false, available: false, answer_seconds: null, back_at: new Date(Date.now() + 3 * 86_400_000).toISOString(), mode: 'offline' };
    return { open: true, available: this.me.state === 'available', answer_seconds: 120, back_at: null, mode: 'chat' };
  }

  guest(key: string, token?: string): Guest {
    const known = token ? this.guests.get(token) : undefined;
    if (known && known.key === key) return known;
    const guest: Guest = { token: crypto.randomUUID(), key, name: '', email: null, verified: false, banned: false, lines: [], chat: null, read: 0, agentRead: 0, page: null, trail: [], sockets: new Set() };
    if (key === 'old') this.history(guest);
    this.guests.set(guest.token, guest);
    return guest;
  }

  private history(guest: Guest): void {
    for (let i = 1; i <= 75; i++) guest.lines.push(this.line(guest, i % 3 ? 'in' : 'out', `Line ${i} of an old thread`, null));
  }

  line(guest: Guest, direction: 'in' | 'out', text: string, client_id: string | null, html = ''): Message {
    return { id: this.world.next(), line: guest.lines.length + 1, client_id, direction, author: direction === 'out' ? { name: 'Ann', initials: 'AB' } : null, html, text, attachments: [], at: now(), by_mail: false };
  }

  tell(guest: Guest, frame: object): void {
    for (const socket of guest.sockets) socket.send(JSON.stringify(frame));
  }

  chatOf(guest: Guest): object | null {
    const chat = guest.chat;
    if (!chat) return null;
    const agent = agents.find((one) => one.id === chat.taker_id);
    return { id: chat.id, state: chat.state, agent: agent ? { name: agent.name.split(' ')[0], initials: initials(agent.name) } : null, since: chat.waiting_since, ended_at: chat.ended_at, ended_by: chat.ended_at ? 'agent' : null };
  }

  /** Tells both sides how a chat stands now. */
  changed(guest: Guest, patch: Partial<ChatRow>, event: string): ChatRow {
    const chat: ChatRow = { ...guest.chat!, ...patch, version: (guest.chat?.version ?? 0) + 1 };
    guest.chat = chat;
    this.chats.set(chat.id, guest);
    this.world.say({ type: 'chat', event, chat, cursor: `c${this.event}`, event_id: `chat${this.event++}` });
    this.tell(guest, { type: 'chat', chat: this.chatOf(guest) });
    return chat;
  }

  aside(guest: Guest, what: object): void {
    if (guest.chat) this.world.say({ type: 'aside', conversation_id: guest.chat.conversation_id, what: what as never });
  }

  /** What a visitor wrote: a line of theirs, a message of the desk. */
  said(guest: Guest, id: string, text: string): Message {
    const known = guest.lines.find((line) => line.client_id === id);
    if (known) return known;
    const line = this.line(guest, 'in', text, id);
    guest.lines.push(line);
    const row = this.conversation(guest, text);
    this.world.putMessage(this.desk(line, row, 'customer'));
    this.world.put({ ...row, preview: text, unread: true, last_author: 'customer', last_activity_at: line.at }, this.desk(line, row, 'customer'), 'message.received');
    if (!guest.chat || guest.chat.state === 'ended') {
      guest.chat = { id: this.world.next(), conversation_id: row.id, number: row.number, subject: row.subject, widget_id: 1, widget_name: 'Shop', state: 'waiting', team_id: null, taker_id: null, offered_to: [this.me.agent_id], visitor: { name: guest.name, email: guest.email, email_proof: guest.email ? 'claimed' : 'none', online: true, page: guest.page, banned: false }, waiting_since: line.at, taken_at: null, answered_at: null, ended_at: null, preview: text, version: 0 };
    }
    this.changed(guest, { preview: text }, guest.chat.version === 0 ? 'chat.began' : 'chat.changed');
    this.tell(guest, { type: 'message', message: line, cursor: line.line });
    return line;
  }

  private desk(line: Message, row: Row, kind: 'customer' | 'agent'): DeskMessage {
    return {
      id: line.id, conversation_id: row.id, kind: 'message', direction: line.direction, channel: 'chat', author: kind === 'customer' ? { kind, id: row.requester.id, name: row.requester.name, verified: false } : { kind, id: this.me.agent_id, name: this.me.name, verified: true },
      html: line.html, text: line.text, quoted_html: null, attachments: [], recipients: null, delivery: kind === 'agent' ? { state: 'delivered', hold_until: null, error: null, attempts: 1 } : null, marks: [], repeats: 0, mentions: [], created_at: line.at, version: 1,
    };
  }

  private conversation(guest: Guest, text: string): Row {
    const known = guest.chat && this.world.rows.get(guest.chat.conversation_id);
    if (known) return known;
    const customer = { ...customers[5]!, id: this.world.next(), name: guest.name || 'Visitor', note: '', tags: [], identities: guest.email ? [{ id: this.world.next(), kind: 'email', value: guest.email, verified: false, primary: true }] : [] };
    this.world.customers.set(customer.id, customer);
    const number = Math.max(...[...this.world.rows.values()].map((row) => row.number)) + 1;
    const row: Row = { id: this.world.next(), number, version: 1, subject: text.slice(0, 60), status: 'new', spam: false, priority: null, type: null, channel: 'chat', team_id: null, assignee_id: null, brand_id: 1, requester: { id: customer.id, name: customer.name, address: guest.email, verified: false }, preview: text, last_author: 'customer', unread: true, tags: [], due_at: null, created_at: now(), last_activity_at: now(), deleted: false };
    this.world.rows.set(row.id, row);
    return row;
  }

  /** An agent's answer by chat. */
  answer(row: Row, html: string, text: string): DeskMessage {
    const guest = [...this.chats.values()].find((one) => one.chat?.conversation_id === row.id)!;
    const line = this.line(guest, 'out', text, null, html);
    guest.lines.push(line);
    const message = this.desk(line, row, 'agent');
    this.world.putMessage(message);
    this.world.put({ ...row, status: 'open', assignee_id: this.me.agent_id, preview: text, last_author: 'agent', last_activity_at: line.at }, message, 'message.written');
    this.changed(guest, { state: 'taken', taker_id: this.me.agent_id, answered_at: line.at }, 'chat.changed');
    this.tell(guest, { type: 'message', message: line, cursor: line.line });
    return message;
  }

  of(conversation: number): ChatOf | null {
    const guest = [...this.chats.values()].find((one) => one.chat?.conversation_id === conversation);
    if (!guest?.chat) return null;
    return {
      chat: guest.chat, chats: 1, mails: [],
      visitor: { name: guest.name, email: guest.email, email_proof: guest.email ? 'claimed' : 'none', fields: {}, online: guest.sockets.size > 0, page: guest.page, trail: [...guest.trail].reverse(), locale: 'de', agent: 'Chromium 156, Linux', first_at: guest.lines[0]?.at ?? now(), read_id: guest.read || null, received_id: guest.read || null, banned: guest.banned, verified: guest.verified },
    };
  }
}
