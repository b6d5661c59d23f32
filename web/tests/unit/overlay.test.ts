// The outbox overlay: shows at once, never doubles, never overwrites.
import { expect, test } from 'vitest';
import type { Message, Row } from '~/api/types';
import { type Entry, mayRepeat, nextEntries, putMessage, shownMessages, shownRow } from '~/sync/overlay';
import { Seen } from '~/sync/socket';
import { backoff } from '~/sync/backoff';

const message = (id: number, rest: Partial<Message> = {}): Message => ({
  id, conversation_id: 1, kind: 'message', direction: 'out', channel: 'email', author: { kind: 'agent', id: 7, name: 'Ann', verified: true },
  html: '', text: '', quoted_html: null, attachments: [], recipients: null, delivery: null, marks: [], repeats: 0, mentions: [], created_at: '', version: 1, ...rest,
});
const entry = (rest: Partial<Entry> = {}): Entry => ({ key: 'k', conversation: 1, kind: 'reply', what: '', body: {}, patch: {}, base: {}, after: 10, at: '', state: 'sending', reason: null, ...rest });
const row = { id: 1, status: 'open', assignee_id: null, version: 4 } as unknown as Row;

test('a change under way shows on its row and on no other', () => {
  const entries = [entry({ kind: 'change', patch: { status: 'solved' } })];
  expect(shownRow(row, entries).status).toBe('solved');
  expect(shownRow({ ...row, id: 2 }, entries).status).toBe('open');
});

test('a refused change shows no more', () => {
  expect(shownRow(row, [entry({ kind: 'change', patch: { status: 'solved' }, state: 'refused' })])).toBe(row);
});

test('the status that goes with an answer shows with it', () => {
  expect(shownRow(row, [entry({ patch: { status: 'pending' } })]).status).toBe('pending');
});

test('an own message that arrives by socket before the answer does is not shown twice', () => {
  const shown = shownMessages([message(9), message(11)], [entry()], 7);
  expect(shown.messages.map((m) => m.id)).toEqual([9]);
  expect(shown.pending).toHaveLength(1);
});

test('what others wrote meanwhile is never held back', () => {
  const theirs = message(12, { author: { kind: 'agent', id: 8, name: 'Bo', verified: true } });
  const customers = message(13, { direction: 'in', author: { kind: 'customer', id: 7, name: 'Marta', verified: true } });
  expect(shownMessages([theirs, customers], [entry()], 7).messages.map((m) => m.id)).toEqual([12, 13]);
});

test('a note under way holds back no reply', () => {
  expect(shownMessages([message(11)], [entry({ kind: 'note' })], 7).messages).toHaveLength(1);
});

test('a waiting message hides nothing', () => {
  expect(shownMessages([message(11)], [entry({ state: 'waiting' })], 7).messages).toHaveLength(1);
});

test('a conflict about another field may be repeated, about the same field not', () => {
  const change = entry({ kind: 'change', base: { status: 'open' } });
  expect(mayRepeat(change, { ...row, assignee_id: 3 })).toBe(true);
  expect(mayRepeat(change, { ...row, status: 'solved' })).toBe(false);
});

test('a conversation sends one thing at a time, in order', () => {
  const entries = [entry({ key: 'a', state: 'sending' }), entry({ key: 'b', state: 'waiting' }), entry({ key: 'c', conversation: 2, state: 'waiting' }), entry({ key: 'd', conversation: 2, state: 'waiting' })];
  expect(nextEntries(entries).map((e) => e.key)).toEqual(['c']);
});

test('a refused message does not block what follows', () => {
  const entries = [entry({ key: 'a', state: 'refused' }), entry({ key: 'b', state: 'waiting' })];
  expect(nextEntries(entries).map((e) => e.key)).toEqual(['b']);
});

test('messages stand in order of their ids, and the newer version wins', () => {
  const messages = [message(1), message(3, { version: 2, text: 'new' })];
  expect(putMessage(messages, message(2)).map((m) => m.id)).toEqual([1, 2, 3]);
  expect(putMessage(messages, message(3, { version: 1, text: 'old' }))[1]?.text).toBe('new');
  expect(putMessage(messages, message(3, { version: 3, text: 'newest' }))[1]?.text).toBe('newest');
});

test('a withdrawn message leaves the thread', () => {
  const gone = message(3, { delivery: { state: 'withdrawn', hold_until: null, error: null, attempts: 0 } });
  expect(putMessage([message(1), message(3)], gone).map((m) => m.id)).toEqual([1]);
  expect(putMessage([message(1)], gone).map((m) => m.id)).toEqual([1]);
});

test('an event is heard once', () => {
  const seen = new Seen();
  expect([seen.isNew('1'), seen.isNew('2'), seen.isNew('1')]).toEqual([true, true, false]);
});

test('pauses grow, are bounded, and never vanish', () => {
  expect(backoff(0, () => 0)).toBe(250);
  expect(backoff(3, () => 1)).toBe(4000);
  expect(backoff(99, () => 1)).toBe(30_000);
});
