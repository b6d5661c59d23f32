// The plain rules of contacts: times as a form has them, durations as people type them, what may be forwarded.
import type { LogChannel, Requester } from '~/api/contacts';
import type { Id, Message } from '~/api/types';
import { isAddress } from './addresses';

export const LOG_CHANNELS: readonly LogChannel[] = ['voice', 'walk-in', 'letter'];
export const MOST_QUOTED = 20;
export const MOST_IN_COPY = 48;
const DAY = 86_400;

/** A moment as `datetime-local` has it, in the browser's own zone. */
export function localTime(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment that a form field names, or null. */
export function momentOf(local: string): Date | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at;
}

/** Seconds from `12`, `1:30` (minutes and seconds), `1:05:00`, `90s`, `5m`, `1h 20m`; null when it is none of them. */
export function secondsOf(text: string): number | null {
  const typed = text.trim().toLowerCase();
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/.exec(typed);
  if (clock) return within(Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]));
  if (/^\d{1,4}$/.test(typed)) return within(Number(typed) * 60);
  const parts = /^(?:(\d{1,2})\s*h)?\s*(?:(\d{1,4})\s*m(?:in)?)?\s*(?:(\d{1,5})\s*s)?$/.exec(typed);
  if (!parts || typed === '') return null;
  return within(Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0));
}

const within = (seconds: number) => (seconds <= DAY ? seconds : null);

/** A new person from one field and a name: what was typed decides what it is. */
export function personOf(typed: string, name: string): Requester | null {
  const text = typed.trim();
  const named = name.trim() ? { name: name.trim() } : {};
  if (text === '') return name.trim() ? named : null;
  if (isAddress(text)) return { ...named, email: text };
  if (/^\+?[\d\s()/.-]{5,24}$/.test(text) && /\d{4}|\d\D*\d\D*\d\D*\d/.test(text)) return { ...named, phone: text };
  if (/[,\n]/.test(text) || (/\d/.test(text) && /\p{L}/u.test(text))) return { ...named, postal: text };
  return name.trim() ? { name: `${text} ${name.trim()}`.trim() } : { name: text };
}

/** Notes, and what went beside, never leave by a forward. */
export function mayQuote(message: Message): boolean {
  return message.kind === 'message' && message.author.kind !== 'system';
}

/** What a forward proposes: the newest word of the customer, else the newest message. */
export function proposedQuote(messages: readonly Message[]): readonly Id[] {
  const found = messages.filter(mayQuote);
  const last = found.findLast((message) => message.direction === 'in') ?? found.at(-1);
  return last ? [last.id] : [];
}

/** Chosen ones in the order of time, however they were picked. */
export function inOrder(messages: readonly Message[], chosen: ReadonlySet<Id>): Id[] {
  return messages.filter((message) => chosen.has(message.id) && mayQuote(message)).map((message) => message.id);
}

/** A text written as a note may only become an answer when the agent says so. */
export function asksFirst(from: 'reply' | 'note', to: 'reply' | 'note', empty: boolean): boolean {
  return from === 'note' && to === 'reply' && !empty;
}
