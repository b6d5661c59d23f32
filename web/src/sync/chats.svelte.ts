// Live chat as the desk knows it: who is available, which chats wait or run, what the visitor on screen is doing.
import { SvelteMap } from 'svelte/reactivity';
import { ApiError } from '~/api/client';
import { type Availability, type ChatOf, type ChatRow, type ChatRules, chatApi } from '~/api/chat';
import type { Id, Signal } from '~/api/types';

type Heard = Extract<Signal, { type: 'chat' | 'chat_availability' | 'aside' }>;

/** Whether this agent's desk rings for a chat. */
export function rings(chat: ChatRow, me: Availability | null): boolean {
  return chat.state === 'waiting' && me?.state === 'available' && chat.offered_to.includes(me.agent_id);
}

/** Puts a row among the others; a chat that is over leaves, a stale row changes nothing. */
export function putChat(rows: readonly ChatRow[], row: ChatRow): ChatRow[] {
  const known = rows.find((one) => one.id === row.id);
  if (known && known.version > row.version) return [...rows];
  const others = rows.filter((one) => one.id !== row.id);
  if (row.state !== 'waiting' && row.state !== 'taken') return others;
  return [...others, row].sort((a, b) => a.waiting_since.localeCompare(b.waiting_since));
}

export class Chats {
  /** The house has live chat and this agent may serve in it. */
  on = $state(false);
  me = $state.raw<Availability | null>(null);
  agents = $state.raw<readonly Availability[]>([]);
  rows = $state.raw<readonly ChatRow[]>([]);
  rules = $state.raw<ChatRules | null>(null);
  /** What is known of the visitors whose conversations were opened. */
  readonly about = new SvelteMap<Id, ChatOf>();
  readonly typing = new SvelteMap<Id, ReturnType<typeof setTimeout>>();
  now = $state(Date.now());
  private clock: ReturnType<typeof setInterval> | undefined;

  readonly ringing = $derived(this.rows.filter((chat) => rings(chat, this.me)));
  readonly mine = $derived(this.rows.filter((chat) => chat.state === 'taken' && chat.taker_id === this.me?.agent_id));

  async load(): Promise<void> {
    try {
      const { me, agents, chats, rules } = await chatApi.desk();
      this.me = me;
      this.agents = agents;
      this.rules = rules;
      this.rows = chats;
      this.on = true;
      this.tick();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A house without chat, or an agent without it: nothing of it is shown.
      if (error.status === 404 || error.status === 403) this.on = false;
    }
  }

  leave(): void {
    clearInterval(this.clock);
    this.clock = undefined;
  }

  of(conversation: Id): ChatRow | undefined {
    return this.rows.find((chat) => chat.conversation_id === conversation);
  }

  put(row: ChatRow): void {
    this.rows = putChat(this.rows, row);
    const about = this.about.get(row.conversation_id);
    if (about) this.about.set(row.conversation_id, { ...about, chat: row });
    this.tick();
  }

  /** Seconds that somebody has been waiting, on the clock of this desk. */
  waited(chat: ChatRow): number {
    return Math.max(0, Math.floor((this.now - Date.parse(chat.waiting_since)) / 1000));
  }

  async look(conversation: Id): Promise<void> {
    try {
      this.about.set(conversation, await chatApi.of(conversation));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // No chat ever belonged to this conversation, or it can't be told now: the thread stands without it.
    }
  }

  hear(signal: Heard): void {
    if (signal.type === 'chat') return this.put(signal.chat);
    if (signal.type === 'chat_availability') return this.known(signal.agent_id, signal.state);
    const { conversation_id: id, what } = signal;
    const about = this.about.get(id);
    if (what.type === 'chat_typing') this.types(id, what.on);
    else if (about && what.type === 'chat_read') this.about.set(id, { ...about, visitor: { ...about.visitor, read_id: what.message_id } });
    else if (about && what.type === 'chat_page') this.about.set(id, { ...about, visitor: { ...about.visitor, page: what.page, trail: [{ ...what.page, at: new Date().toISOString() }, ...about.visitor.trail].slice(0, 20) } });
    else if (about && what.type === 'chat_online') this.about.set(id, { ...about, visitor: { ...about.visitor, online: what.online } });
  }

  private known(agent: Id, state: Availability['state']): void {
    this.agents = this.agents.map((one) => (one.agent_id === agent ? { ...one, state } : one));
    if (this.me?.agent_id === agent) this.me = { ...this.me, state };
  }

  /** Ends by itself, since the word that somebody stopped may be lost. */
  private types(id: Id, on: boolean): void {
    clearTimeout(this.typing.get(id));
    this.typing.delete(id);
    if (on) this.typing.set(id, setTimeout(() => this.typing.delete(id), 6_000));
  }

  /** The clock runs only while somebody waits or talks. */
  private tick(): void {
    this.now = Date.now();
    if (this.rows.length > 0) this.clock ??= setInterval(() => (this.now = Date.now()), 1_000);
    else this.leave();
  }
}
