// Open threads: a late answer takes away neither what was heard since nor what was read further back.
import { afterEach, expect, test, vi } from 'vitest';
import { api } from '~/api/client';
import type { Conversation, Message, Row } from '~/api/types';
import { Threads } from '~/sync/threads.svelte';

const message = (id: number, rest: Partial<Message> = {}): Message => ({
  id, conversation_id: 1, kind: 'message', direction: 'in', channel: 'chat', author: { kind: 'customer', id: 3, name: 'Mia', verified: false },
  html: '', text: '', quoted_html: null, attachments: [], recipients: null, delivery: null, marks: [], repeats: 0, mentions: [], created_at: '', version: 1, ...rest,
});
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const nobody = { id: 3, name: '', address: null, verified: false };
const mia = { id: 4, name: 'Mia', address: 'mia@sommer.example', verified: true };
const row = (rest: Partial<Row> = {}) => ({ id: 1, number: 7, version: 4, status: 'open', assignee_id: null, requester: nobody, ...rest }) as Row;
const whole = (more: Partial<Row>, from: number, to: number): Conversation => ({ ...row(more), customer: { id: more.requester?.id ?? 3 }, messages: { items: ids(from, to).map((id) => message(id)), next: from > 1 ? `before-${from}` : null } }) as Conversation;

/** Threads whose server answers when it is told to. */
function server() {
  const waiting: ((data: Conversation) => void)[] = [];
  vi.spyOn(api, 'conversation').mockImplementation(() => new Promise((done) => waiting.push(done)));
  vi.spyOn(api, 'older').mockImplementation((_, before) => Promise.resolve({ items: ids(1, Number(before.slice(7)) - 1).map((id) => message(id)), next: null }));
  const threads = new Threads(() => undefined);
  const answer = async (data: Conversation) => {
    waiting.shift()?.(data);
    await new Promise((done) => setTimeout(done));
  };
  return { threads, answer, asked: () => waiting.length };
}

afterEach(() => vi.restoreAllMocks());

test('an answer that was overtaken by an event takes nothing of it back', async () => {
  const { threads, answer, asked } = server();
  const thread = threads.open(7);
  await answer(whole({}, 1, 3));
  threads.hear(row({ version: 5, requester: mia }), null);
  expect(asked()).toBe(1);
  threads.hear(row({ version: 6, requester: mia, assignee_id: 9 }), message(4));
  await answer(whole({ version: 5, requester: mia }, 1, 3));
  expect([thread.data?.version, thread.data?.assignee_id, thread.data?.requester.name]).toEqual([6, 9, 'Mia']);
  expect(thread.data?.customer.id, 'what comes with the thread alone').toBe(4);
  expect(thread.messages.map((m) => m.id)).toEqual([1, 2, 3, 4]);
});

test('who reads further back keeps the place while the thread is asked for again', async () => {
  const { threads, answer } = server();
  const thread = threads.open(7);
  await answer(whole({}, 51, 100));
  await threads.further(thread);
  expect(thread.messages.map((m) => m.id)).toEqual(ids(1, 100));
  threads.hear(row({ version: 5, requester: mia }), message(101));
  await answer(whole({ version: 5, requester: mia }, 52, 101));
  expect(thread.messages.map((m) => m.id)).toEqual(ids(1, 101));
  expect(thread.older, 'there is nothing before the first').toBeNull();
});

test('after a break what lies before the page is asked for again', async () => {
  const { threads, answer } = server();
  const thread = threads.open(7);
  await answer(whole({}, 51, 100));
  threads.doubt(7);
  await answer(whole({ version: 9 }, 151, 200));
  expect(thread.messages.map((m) => m.id)).toEqual(ids(151, 200));
  expect(thread.older).toBe('before-151');
});
