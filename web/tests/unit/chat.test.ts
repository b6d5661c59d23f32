// The visitor's thread under every mishap that a line can have, and the desk's queue.
import { expect, test } from 'vitest';
import { compile } from '../../build/words';
import { type ChatRow } from '~/api/chat';
import { putChat, rings } from '~/sync/chats.svelte';
import { Refused } from '~/widget/frame/api';
import { begin, hasGap, type Lines, put, shown, unread } from '~/widget/frame/lines';
import { Outbox, pause } from '~/widget/frame/outbox';
import type { Message } from '~/widget/frame/types';
import { fill } from '~/widget/frame/words';
import type { Waiting } from '~/widget/protocol';

/** A small generator with a seed, so that a failure can be repeated. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const message = (line: number, more: Partial<Message> = {}): Message => ({ id: 1000 + line, line, client_id: null, direction: 'out', author: null, html: '', text: `line ${line}`, attachments: [], at: '2026-11-22T09:00:00Z', by_mail: false, ...more });
const entry = (id: string): Waiting => ({ id, text: id, upload_ids: [], files: [], at: '2026-11-22T09:00:00Z' });
const lineNumbers = (lines: Lines) => lines.messages.map((one) => one.line);

test('whatever the order and however often lines come, each stands once and in order', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = dice(seed);
    const all = Array.from({ length: 12 }, (_, i) => message(i + 1));
    let lines: Lines = { messages: [], cursor: 0 };
    const coming = Array.from({ length: 60 }, () => all[Math.floor(random() * all.length)]!);
    for (const one of coming) {
      lines = put(lines, [one]);
      const there = new Set(lineNumbers(lines));
      // The cursor stands on the last line before the first that is missing.
      for (let line = 1; line <= lines.cursor; line++) expect(there.has(line), `seed ${seed}`).toBe(true);
      expect(there.has(lines.cursor + 1)).toBe(false);
      expect(hasGap(lines)).toBe(Math.max(0, ...there) > lines.cursor);
    }
    lines = put(lines, all);
    expect(lineNumbers(lines)).toEqual(all.map((one) => one.line));
    expect(lines.cursor).toBe(12);
  }
});

test('a line that is asked for anew from the cursor never leaves a hole', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = dice(seed);
    const server: Message[] = [];
    let lines: Lines = begin([], 0);
    for (let step = 0; step < 40; step++) {
      const what = random();
      server.push(message(server.length + 1));
      // Delivered by the socket, lost on the way, or overtaken by the answer to an own message.
      if (what < 0.5) lines = put(lines, [server.at(-1)!]);
      else if (what < 0.75) continue;
      else lines = put(lines, server.filter((one) => one.line > lines.cursor));
    }
    lines = put(lines, server.filter((one) => one.line > lines.cursor));
    expect(lineNumbers(lines), `seed ${seed}`).toEqual(server.map((one) => one.line));
  }
});

test('an echo that overtakes its answer shows once', () => {
  const lines = put(begin([], 0), [message(1, { direction: 'in', client_id: 'a' })]);
  expect(shown(lines, [entry('a'), entry('b')]).map((one) => (one.kind === 'message' ? one.message.line : one.entry.id))).toEqual([1, 'b']);
});

test('only answers after the last one seen are new', () => {
  const lines = put(begin([], 0), [message(1), message(2, { direction: 'in' }), message(3)]);
  expect([unread(lines, 0), unread(lines, 1), unread(lines, 3)]).toEqual([2, 1, 0]);
});

/** A server that takes a message once per id, behind a line that breaks before or after it got there. */
async function deliver(seed: number, count: number): Promise<{ taken: string[]; kept: string[] }> {
  const random = dice(seed);
  const taken: string[] = [];
  const kept: string[] = [];
  const waiting: (() => void)[] = [];
  const outbox = new Outbox({
    send: async ({ id }) => {
      await Promise.resolve();
      const luck = random();
      if (luck < 0.3) throw new Refused(0, 'offline', 0);
      if (luck < 0.4) throw new Refused(503, 'chat_busy', 1);
      if (!taken.includes(id)) taken.push(id);
      // The answer is lost after the server has it.
      if (luck < 0.6) throw new Refused(0, 'offline', 0);
    },
    changed: () => undefined,
    keep: ({ id }) => kept.push(id),
    drop: (id) => kept.splice(kept.indexOf(id), 1),
    later: (run) => waiting.push(run),
  });
  for (let i = 0; i < count; i++) outbox.add(entry(`m${i}`));
  for (let i = 0; i < 400 && outbox.entries.length > 0; i++) {
    await new Promise((done) => setTimeout(done));
    waiting.shift()?.();
  }
  return { taken, kept };
}

test('through a line that breaks at any point every message arrives once, in order, and nothing stays behind', async () => {
  for (let seed = 1; seed <= 25; seed++) {
    const { taken, kept } = await deliver(seed, 6);
    expect(taken, `seed ${seed}`).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5']);
    expect(kept).toEqual([]);
  }
});

test('a refusal stays with its reason and lets the next one pass', async () => {
  const sent: string[] = [];
  const outbox = new Outbox({
    send: ({ id }) => (id === 'bad' ? Promise.reject(new Refused(400, 'text_too_long', 0)) : Promise.resolve(void sent.push(id))),
    changed: () => undefined, keep: () => undefined, drop: () => undefined, later: () => undefined,
  });
  outbox.add(entry('bad'));
  outbox.add(entry('good'));
  await new Promise((done) => setTimeout(done, 5));
  expect(sent).toEqual(['good']);
  expect(outbox.entries.map(({ id, state, code }) => [id, state, code])).toEqual([['bad', 'refused', 'text_too_long']]);
});

test('what runs between two deliveries waits for the one under way and holds the next back', async () => {
  const done: string[] = [];
  const slow = (word: string) => new Promise<void>((end) => setTimeout(() => end(void done.push(word)), 2));
  const outbox = new Outbox({ send: ({ id }) => slow(id), changed: () => undefined, keep: () => undefined, drop: () => undefined, later: () => undefined });
  outbox.add(entry('before'));
  outbox.between(() => slow('named').then(() => Promise.reject(new Error('gone'))));
  outbox.add(entry('after'));
  await new Promise((end) => setTimeout(end, 40));
  expect(done).toEqual(['before', 'named', 'after']);
});

test('what another tab left is taken up once', () => {
  const outbox = new Outbox({ send: () => new Promise(() => undefined), changed: () => undefined, keep: () => undefined, drop: () => undefined, later: () => undefined });
  outbox.resume([entry('a'), entry('b')]);
  outbox.resume([entry('b'), entry('a')]);
  expect(outbox.entries.map((one) => one.id)).toEqual(['a', 'b']);
});

test('pauses grow from half a second to thirty at most', () => {
  expect([pause(0, () => 0), pause(0, () => 1), pause(3, () => 1), pause(90, () => 1)]).toEqual([500, 1000, 8000, 30_000]);
});

test('words keep their plural forms and set foreign names apart', () => {
  const words = compile('wait = { $n ->\n    [one] a minute\n   *[other] { $n } minutes\n}\nhello = Hello { $name }!\nlauncher-open = Open\n');
  expect(words['launcher-open']).toBeUndefined();
  expect([1, 5, 1200].map((n) => fill(words.wait!, { n }, 'en'))).toEqual(['a minute', '5 minutes', '1,200 minutes']);
  expect(fill(words.hello!, { name: 'ليلى' }, 'en')).toBe('Hello \u2068ليلى\u2069!');
});

const chat = (id: number, more: Partial<ChatRow> = {}) => ({ id, state: 'waiting', offered_to: [7], waiting_since: `2026-11-22T09:00:0${id}Z`, version: 1, ...more }) as ChatRow;

test('the queue holds who waits and who talks, the longest wait first', () => {
  let rows = [chat(2), chat(1), chat(3)].reduce<ChatRow[]>((all, one) => putChat(all, one), []);
  expect(rows.map((one) => one.id)).toEqual([1, 2, 3]);
  rows = putChat(rows, chat(2, { state: 'missed', version: 2 }));
  expect(rows.map((one) => one.id)).toEqual([1, 3]);
  rows = putChat(rows, chat(3, { state: 'taken', version: 3 }));
  expect(putChat(rows, chat(3, { version: 2 })).find((one) => one.id === 3)?.state).toBe('taken');
});

test('a desk rings only for its own available agent', () => {
  const me = { agent_id: 7, name: 'Ann', state: 'available', chats: 0, most: 4, since: '' } as const;
  expect(rings(chat(1), me)).toBe(true);
  expect(rings(chat(1), { ...me, state: 'away' })).toBe(false);
  expect(rings(chat(1, { state: 'taken' }), me)).toBe(false);
  expect(rings(chat(1, { offered_to: [8] }), me)).toBe(false);
  expect(rings(chat(1), null)).toBe(false);
});
