// The plain rules of contacts: durations, new people, what may be forwarded, and the guard of notes.
import { expect, test } from 'vitest';
import { asksFirst, inOrder, localTime, momentOf, personOf, proposedQuote, secondsOf } from '../../src/desk/write/facts';
import { withTyped } from '../../src/desk/write/addresses';
import { parse, href } from '../../src/desk/route';
import type { Message } from '../../src/api/types';

const message = (id: number, more: Partial<Message> = {}) => ({ id, kind: 'message', direction: 'in', author: { kind: 'customer' }, attachments: [], ...more }) as Message;

test('a duration is read as people write it', () => {
  expect(['12', '1:30', '1:05:00', '90s', '5m', '1h 20m', '2 h'].map(secondsOf)).toEqual([720, 90, 3900, 90, 300, 4800, 7200]);
  expect(['', 'long', '1:75', '25h', '-3', '1.5'].map(secondsOf)).toEqual([null, null, null, null, null, null]);
});

test('what was typed beside the chips is taken once, or refused as a whole', () => {
  expect(withTyped(['a@x.example'], ' Bo <b@x.example>; a@x.example')).toEqual(['a@x.example', 'b@x.example']);
  expect(withTyped(['a@x.example'], ' ')).toEqual(['a@x.example']);
  expect(withTyped(['a@x.example'], 'b@x.example, nonsense')).toBeNull();
});

test('a moment goes into the form and comes back to the minute', () => {
  const at = new Date(2026, 1, 3, 4, 5);
  expect(localTime(at)).toBe('2026-02-03T04:05');
  expect(momentOf(localTime(at))?.getTime()).toBe(at.getTime());
  expect(momentOf('')).toBeNull();
  expect(momentOf('soon')).toBeNull();
});

test('what was typed decides what a new person is known by', () => {
  expect(personOf('tom@whitaker.example', ' Tom ')).toEqual({ name: 'Tom', email: 'tom@whitaker.example' });
  expect(personOf('+49 40 123-456', '')).toEqual({ phone: '+49 40 123-456' });
  expect(personOf('Hafenstraße 7, 20457 Hamburg', 'Ida')).toEqual({ name: 'Ida', postal: 'Hafenstraße 7, 20457 Hamburg' });
  expect(personOf('Ida Brandt', '')).toEqual({ name: 'Ida Brandt' });
  expect(personOf('  ', ' ')).toBeNull();
});

test('a forward quotes the newest word of the customer, never a note or what went beside', () => {
  const thread = [message(1), message(2, { direction: 'out' }), message(3, { kind: 'note' }), message(4, { kind: 'side' })];
  expect(proposedQuote(thread)).toEqual([1]);
  expect(proposedQuote([])).toEqual([]);
  expect(inOrder(thread, new Set([4, 3, 2, 1]))).toEqual([1, 2]);
});

test('only a note with something in it asks before it becomes public', () => {
  expect(asksFirst('note', 'reply', false)).toBe(true);
  expect(asksFirst('note', 'reply', true)).toBe(false);
  expect(asksFirst('reply', 'note', false)).toBe(false);
  expect(asksFirst('note', 'note', false)).toBe(false);
});

test('the address of a new conversation says for whom and how', () => {
  const route = { at: 'new', customer: 301, way: 'letter' } as const;
  expect(href(route)).toBe('/desk/new?customer=301&by=letter');
  expect(parse('/desk/new', '?customer=301&by=letter')).toEqual(route);
  expect(parse('/desk/new', '?customer=x&by=fax')).toEqual({ at: 'new' });
});
