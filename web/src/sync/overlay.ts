// The outbox overlay: what the agent did shows at once and is merged with the server's rows, never written into them.
import type { Id, Message, Row } from '~/api/types';

export type EntryState = 'waiting' | 'sending' | 'refused';

export interface Entry {
  /** Client id; also the Idempotency-Key, so that a retry is never a double. */
  key: string;
  conversation: Id;
  kind: 'reply' | 'note' | 'change';
  /** For changes: the sub-resource, such as `status`. */
  what: string;
  body: Record<string, unknown>;
  /** How the row looks until the server has answered. */
  patch: Partial<Row>;
  /** For changes: the values that the agent saw. */
  base: Partial<Row>;
  /** For messages: the newest message when it was written. */
  after: Id;
  at: string;
  state: EntryState;
  reason: string | null;
}

/** The row as the agent should see it. */
export function shownRow(row: Row, entries: readonly Entry[]): Row {
  let shown = row;
  for (const entry of entries) {
    if (entry.conversation === row.id && entry.state !== 'refused') {
      shown = { ...shown, ...entry.patch };
    }
  }
  return shown;
}

/**
 * The thread as the agent should see it: the server's messages, then what is still under way.
 * A live event may bring our own message before the answer to the request does; it is held back
 * until then, so that nothing shows twice.
 */
export function shownMessages(messages: readonly Message[], entries: readonly Entry[], me: Id): { messages: Message[]; pending: Entry[] } {
  const pending = entries.filter((entry) => entry.kind !== 'change');
  const flying = pending.filter((entry) => entry.state === 'sending');
  if (flying.length === 0) return { messages: [...messages], pending };
  const early = (message: Message) =>
    message.author.kind === 'agent' &&
    message.author.id === me &&
    flying.some((entry) => message.id > entry.after && (entry.kind === 'note') === (message.kind === 'note'));
  return { messages: messages.filter((message) => !early(message)), pending };
}

/** After a conflict: may the change be repeated on the present row, since nobody touched the same field? */
export function mayRepeat(entry: Entry, present: Row): boolean {
  return (Object.keys(entry.base) as (keyof Row)[]).every(
    (field) => JSON.stringify(entry.base[field]) === JSON.stringify(present[field]),
  );
}

/** The next entry to send: first in, first out within a conversation, conversations beside each other. */
export function nextEntries(entries: readonly Entry[]): Entry[] {
  const busy = new Set<Id>();
  const ready: Entry[] = [];
  for (const entry of entries) {
    if (entry.state === 'refused' || busy.has(entry.conversation)) continue;
    busy.add(entry.conversation);
    if (entry.state === 'waiting') ready.push(entry);
  }
  return ready;
}

/** Puts a message among the others by id; a newer version replaces an older one. */
export function putMessage(messages: readonly Message[], message: Message): Message[] {
  const at = messages.findIndex((m) => m.id === message.id);
  if (message.delivery?.state === 'withdrawn') return messages.filter((m) => m.id !== message.id);
  if (at >= 0) {
    const known = messages[at];
    return known && known.version > message.version ? [...messages] : messages.with(at, message);
  }
  const before = messages.findLastIndex((m) => m.id < message.id);
  return messages.toSpliced(before + 1, 0, message);
}
