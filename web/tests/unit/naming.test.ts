// A visitor who is named while files and words are on their way.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '~/widget/frame/api';
import type { ChatRoom } from '~/widget/frame/chat';
import { identify } from '~/widget/frame/deeds';
import { Outbox } from '~/widget/frame/outbox';
import { addFiles } from '~/widget/frame/uploads';
import type { Waiting } from '~/widget/protocol';

const entry = (id: string): Waiting => ({ id, text: id, upload_ids: [], files: [], at: '2026-11-22T09:00:00Z' });

/** A chat whose server answers as it is told to, and what happened in it, in order. */
function room(answer: (path: string, token: string | null) => Promise<unknown>) {
  const told: string[] = [];
  const asked: string[] = [];
  const here = {
    config: { largest_file: 10_000_000 },
    files: [] as unknown[],
    fileTrouble: null,
    enter: () => Promise.resolve(),
    changed: () => undefined,
    take: (session: { token: string }) => (here.api.token = session.token),
    bridge: { tell: (what: string, more?: { code: string }) => told.push(more ? `${what} ${more.code}` : what) },
    api: {
      token: 'nameless',
      send(_: string, path: string) {
        asked.push(`${path.split('?')[0]} as ${this.token}`);
        return answer(path, this.token);
      },
    },
    outbox: null as unknown as Outbox,
  };
  here.outbox = new Outbox({ send: ({ id }) => Promise.resolve(void asked.push(`${id} as ${here.api.token}`)), changed: () => undefined, keep: () => undefined, drop: () => undefined, later: () => undefined });
  return { room: here as unknown as ChatRoom, told, asked, name: () => here.outbox.between(() => identify(here as unknown as ChatRoom, 'word')) };
}

const after = <T>(ms: number, value: T) => new Promise<T>((done) => setTimeout(() => done(value), ms));
const file = () => new File(['x'], 'lamp.png');

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test('a file that is on its way arrives before the visitor is named, one that comes then waits for the name', async () => {
  const chat = room((path) => after(1_000, path === '/identity' ? { token: 'named' } : { id: 1 }));
  void addFiles(chat.room, [file()]);
  await vi.advanceTimersByTimeAsync(10);
  chat.name();
  await vi.advanceTimersByTimeAsync(10);
  void addFiles(chat.room, [file()]);
  await vi.advanceTimersByTimeAsync(10);
  chat.room.outbox.add(entry('words'));
  await vi.advanceTimersByTimeAsync(900);
  expect(chat.asked, 'the name waits for the file').toEqual(['/uploads as nameless']);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(chat.asked).toEqual(['/uploads as nameless', '/identity as nameless', '/uploads as named', 'words as named']);
  expect(chat.room.files.map((item) => item.state)).toEqual(['there', 'there']);
});

test('a file that is refused holds no name back', async () => {
  const chat = room((path) => (path === '/identity' ? after(10, { token: 'named' }) : Promise.reject(new Refused(413, 'file_too_large', 0))));
  void addFiles(chat.room, [file()]);
  chat.name();
  await vi.advanceTimersByTimeAsync(100);
  expect([chat.told, chat.room.files]).toEqual([['identified'], []]);
});

const outages: [string, () => Promise<unknown>, string][] = [
  ['a proxy that asks for ten minutes', () => Promise.reject(new Refused(503, 'error', 600)), 'error error'],
  ['a line that is gone', () => Promise.reject(new Refused(0, 'offline', 0)), 'error offline'],
  ['a server that never answers', () => new Promise(() => undefined), 'error offline'],
  ['one that answers slowly, and then not', () => after(25_000, 0).then(() => Promise.reject(new Refused(502, 'error', 0))), 'error offline'],
];

test.each(outages)('words wait a minute at most for a name: %s', async (_, answer, expected) => {
  const chat = room(answer);
  chat.name();
  chat.room.outbox.add(entry('words'));
  await vi.advanceTimersByTimeAsync(60_001);
  expect(chat.told).toEqual([expected]);
  expect(chat.asked.at(-1)).toBe('words as nameless');
});

test('a short outage costs no name', async () => {
  let times = 0;
  const chat = room(() => (++times < 3 ? Promise.reject(new Refused(503, 'error', 2)) : Promise.resolve({ token: 'named' })));
  chat.name();
  chat.room.outbox.add(entry('words'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect([chat.told, chat.asked.at(-1)]).toEqual([['identified'], 'words as named']);
});

test('what is wrong with the word is told at once', async () => {
  const chat = room(() => Promise.reject(new Refused(401, 'identity_forged', 0)));
  chat.name();
  await vi.advanceTimersByTimeAsync(10);
  expect(chat.told).toEqual(['error identity_forged']);
});
