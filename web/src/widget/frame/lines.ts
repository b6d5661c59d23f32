// The visitor's thread as arithmetic: what came by answer, socket or history, each once and in order.
import type { Waiting } from '../protocol';
import type { Message } from './types';

export interface Lines {
  /** By line, each once. */
  messages: readonly Message[];
  /** Everything up to here is there; the socket goes on from it. */
  cursor: number;
}

/** What the screen shows for one line of the thread: a message of the server, or one under way. */
export type Shown = { kind: 'message'; message: Message } | { kind: 'waiting'; entry: Waiting };

/** After a new session: the newest lines, and what was loaded before them as far as it joins. */
export function begin(messages: readonly Message[], cursor: number): Lines {
  return { messages: [...messages].sort((a, b) => a.line - b.line), cursor };
}

/**
 * Takes lines in any order and any number of times. The cursor moves only over lines that are all there:
 * the answer to a request may overtake what an agent wrote before it.
 */
export function put(lines: Lines, found: readonly Message[]): Lines {
  if (found.length === 0) return lines;
  const byId = new Map(lines.messages.map((message) => [message.id, message]));
  for (const message of found) byId.set(message.id, message);
  const messages = [...byId.values()].sort((a, b) => a.line - b.line);
  const there = new Set(messages.map((message) => message.line));
  let { cursor } = lines;
  while (there.has(cursor + 1)) cursor += 1;
  return { messages, cursor };
}

/** The first line that is not there although a later one is. */
export function hasGap(lines: Lines): boolean {
  return (lines.messages.at(-1)?.line ?? 0) > lines.cursor;
}

/** The thread with what is still under way at its end; an echo that overtook its answer shows once. */
export function shown(lines: Lines, outbox: readonly Waiting[]): Shown[] {
  const taken = new Set(lines.messages.map((message) => message.client_id));
  return [
    ...lines.messages.map((message): Shown => ({ kind: 'message', message })),
    ...outbox.filter((entry) => !taken.has(entry.id)).map((entry): Shown => ({ kind: 'waiting', entry })),
  ];
}

/** The number of answers after the last one that was on screen. */
export function unread(lines: Lines, seen: number): number {
  return lines.messages.filter((message) => message.direction === 'out' && message.line > seen).length;
}
