// The state behind the mock: rows, threads, who is signed in, and what goes over the live socket.
import type { WebSocket } from 'ws';
import type { Agent, Boot, Conversation, Customer, Draft, Message, Row, Signal, View, ViewId } from '../src/api/types.ts';
import { ChatMock } from './chat.ts';
import { ContactsMock } from './contacts.ts';
import { TrustMock } from './trust.ts';
import { HouseMock } from './house.ts';
import { agents } from './story/people.ts';
import { tell } from './story/tell.ts';

export interface Held {
  message: Message;
  status: Row['status'];
  timer: ReturnType<typeof setTimeout>;
}

export const HOLD = 10;

export class World {
  signedIn = true;
  agents: Agent[] = agents;
  rows = new Map<number, Row>();
  extra = new Map<number, Omit<Conversation, keyof Row | 'messages' | 'customer' | 'draft' | 'read_up_to'>>();
  messages = new Map<number, Message[]>();
  customers = new Map<number, Customer>();
  drafts = new Map<number, Draft>();
  undos = new Map<string, () => void>();
  held = new Map<number, Held>();
  files = new Map<string, { type: string; bytes: Buffer }>();
  readonly chat = new ChatMock(this);
  readonly contacts = new ContactsMock();
  trust = new TrustMock();
  readonly house = new HouseMock(this);
  private sockets = new Set<WebSocket>();
  private event = 1;
  private id = 9_000_000;

  constructor() {
    tell(this);
  }

  get me(): Agent {
    return this.agents[0]!;
  }

  next(): number {
    return ++this.id;
  }

  boot(): Boot {
    return {
      workspace: { name: this.house.workspace.name, locale: this.house.workspace.locale, time_zone: this.house.workspace.time_zone, undo_send_seconds: HOLD },
      agent: this.me,
      grants: ['*'],
      agents: this.agents,
      teams: this.house.groups.teams,
      brands: this.house.groups.brands,
      views: this.views(),
      cursor: String(this.event),
    };
  }

  in(view: ViewId, row: Row): boolean {
    if (row.deleted || row.spam) return false;
    const done = row.status === 'solved' || row.status === 'closed';
    if (view === 'solved') return done;
    if (done) return false;
    return view === 'all' || (view === 'mine' ? row.assignee_id === this.me.id : row.assignee_id === null);
  }

  list(view: ViewId): Row[] {
    return [...this.rows.values()].filter((row) => this.in(view, row)).sort((a, b) => b.last_activity_at.localeCompare(a.last_activity_at));
  }

  views(): View[] {
    return (['mine', 'unassigned', 'all', 'solved'] as const).map((id) => {
      const count = this.list(id).length;
      return { id, count: Math.min(count, 99), more: count > 99 };
    });
  }

  whole(row: Row): Conversation {
    const messages = this.messages.get(row.id) ?? [];
    const from = Math.max(0, messages.length - 30);
    return {
      ...row,
      ...(this.extra.get(row.id) ?? { participants: [], followers: [], fields: {}, form: null, external_id: null, also_open: [], follow_up_of: null, joined_into: null }),
      customer: this.customers.get(row.requester.id)!,
      sides: [...this.contacts.sides.values()].filter((side) => side.conversation === row.id),
      blocked: this.contacts.blocked(this.customers.get(row.requester.id)),
      draft: this.drafts.get(row.id) ?? null,
      messages: { items: messages.slice(from), next: from > 0 ? String(from) : null },
      read_up_to: row.unread ? (messages.findLast((m) => m.direction === 'out')?.id ?? null) : (messages.at(-1)?.id ?? null),
    };
  }

  join(socket: WebSocket): void {
    this.sockets.add(socket);
    const beat = setInterval(() => socket.send(JSON.stringify({ type: 'ping' })), 20_000);
    socket.on('close', () => {
      clearInterval(beat);
      this.sockets.delete(socket);
    });
    socket.send(JSON.stringify({ type: 'hello', cursor: String(this.event) } satisfies Signal));
    // Two colleagues are about, so that presence can be seen.
    socket.on('message', (data) => {
      const said = JSON.parse(String(data)) as { type: string; conversation_id: number | null };
      const row = said.conversation_id === null ? undefined : this.rows.get(said.conversation_id);
      if (row && row.number % 7 === 0) this.say({ type: 'presence', conversation_id: row.id, agents: [{ id: this.agents[2]!.id, doing: 'viewing' }] });
    });
  }

  say(signal: Signal): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(signal));
  }

  /** Saves a row and tells every open desk. */
  put(row: Row, message: Message | null, event: string): Row {
    const saved = { ...row, version: row.version + 1 };
    this.rows.set(row.id, saved);
    this.event += 1;
    const cursor = String(this.event);
    setTimeout(() => {
      this.say({ type: 'conversation', cursor, event_id: cursor, event, row: saved, message });
      this.say({ type: 'views', views: this.views() });
    }, 30);
    return saved;
  }

  putMessage(message: Message): void {
    const all = this.messages.get(message.conversation_id) ?? [];
    const at = all.findIndex((m) => m.id === message.id);
    if (at < 0) all.push(message);
    else all[at] = message;
    this.messages.set(message.conversation_id, all);
  }

  undoable(run: () => void): string {
    const id = `u${this.next()}`;
    this.undos.set(id, run);
    return id;
  }
}
