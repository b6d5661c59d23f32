// Open conversations with their messages: a small cache, so that going back and forth asks nothing twice.
import { ApiError, api } from '~/api/client';
import type { Conversation, Failure, Id, Message, Row } from '~/api/types';
import { putMessage } from './overlay';

const KEPT = 40;

export interface Presence {
  id: Id;
  doing: 'viewing' | 'typing';
}

export class Thread {
  data = $state.raw<Conversation | null>(null);
  messages = $state.raw<readonly Message[]>([]);
  older = $state.raw<string | null>(null);
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<Failure | null>(null);
  fetching = $state(false);
  present = $state.raw<readonly Presence[]>([]);
  /** The state is from before a break in the connection. */
  stale = false;

  constructor(readonly number: number) {}

  /** A late answer never takes away what live events brought meanwhile. */
  take(data: Conversation): void {
    const page = data.messages.items;
    const newest = page.at(-1)?.id ?? 0;
    let messages: readonly Message[] = page;
    for (const message of this.messages) {
      const known = messages.find((m) => m.id === message.id);
      if (message.id > newest || (known && known.version < message.version)) messages = putMessage(messages, message);
    }
    // What was read further back stays: without a break nothing lies between it and the page.
    const earlier = this.stale ? [] : this.messages.filter((m) => m.id < (page[0]?.id ?? 0));
    if (earlier.length === 0) this.older = data.messages.next;
    this.data = this.data && this.data.version > data.version ? { ...data, ...rowOf(this.data) } : data;
    this.messages = [...earlier, ...messages];
    this.phase = 'ready';
    this.failure = null;
    this.stale = false;
  }
}

export class Threads {
  private readonly byNumber = new Map<number, Thread>();

  constructor(private readonly learn: (row: Row) => void) {}

  /** The thread for a number; loads it when it isn't here or may be out of date. */
  open(number: number): Thread {
    const known = this.byNumber.get(number);
    const thread = known ?? new Thread(number);
    this.byNumber.delete(number);
    this.byNumber.set(number, thread);
    if (!known || known.stale || known.phase === 'failed') void this.load(thread);
    this.trim();
    return thread;
  }

  /** What is already here, without asking for anything. */
  peek(number: number): Thread | undefined {
    return this.byNumber.get(number);
  }

  async load(thread: Thread): Promise<void> {
    if (thread.phase === 'failed') thread.phase = 'loading';
    try {
      const data = await api.conversation(thread.number);
      this.learn(rowOf(data));
      thread.take(data);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      thread.failure = error.failure;
      if (!thread.data) thread.phase = 'failed';
    }
  }

  async further(thread: Thread): Promise<void> {
    if (!thread.data || !thread.older || thread.fetching) return;
    thread.fetching = true;
    try {
      const page = await api.older(thread.data.id, thread.older);
      const here = new Set(thread.messages.map((m) => m.id));
      thread.messages = [...page.items.filter((m) => !here.has(m.id)), ...thread.messages];
      thread.older = page.next;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      thread.failure = error.failure;
    } finally {
      thread.fetching = false;
    }
  }

  hear(row: Row, message: Message | null): void {
    const thread = this.byNumber.get(row.number);
    if (!thread?.data) return;
    const known = thread.data.requester;
    if (row.version >= thread.data.version) thread.data = { ...thread.data, ...row };
    if (message) thread.messages = putMessage(thread.messages, message);
    // A visitor turned out to be somebody, or left an address: who it is came with the thread, not with the row.
    if (isOther(known, thread.data.requester)) void this.load(thread);
  }

  presence(id: Id, present: readonly Presence[]): void {
    for (const thread of this.byNumber.values()) if (thread.data?.id === id) thread.present = present;
  }

  withdrawn(message: Message): void {
    for (const thread of this.byNumber.values()) {
      if (thread.data?.id === message.conversation_id) thread.messages = thread.messages.filter((m) => m.id !== message.id);
    }
  }

  /** After a break everything kept is suspect; the one on screen is asked for at once. */
  doubt(open: number | null): void {
    for (const thread of this.byNumber.values()) thread.stale = true;
    if (open !== null && this.byNumber.has(open)) this.open(open);
  }

  private trim(): void {
    for (const number of this.byNumber.keys()) {
      if (this.byNumber.size <= KEPT) return;
      this.byNumber.delete(number);
    }
  }
}

function isOther(a: Row['requester'], b: Row['requester']): boolean {
  return a.id !== b.id || a.name !== b.name || a.address !== b.address || a.verified !== b.verified;
}

function rowOf(data: Conversation): Row {
  const { participants, followers, fields, form, external_id, also_open, follow_up_of, joined_into, customer, draft, messages, read_up_to, sides, channels, blocked, ...row } = data;
  void [participants, followers, fields, form, external_id, also_open, follow_up_of, joined_into, customer, draft, messages, read_up_to, sides, channels, blocked];
  return row;
}
