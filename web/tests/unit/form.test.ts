// What was typed into a form of settings and not saved.
import { expect, test, vi } from 'vitest';
import { Form } from '../../src/desk/features/settings/parts/form.svelte';

const me = vi.hoisted(() => ({ id: 1 }));
vi.mock('~/sync/desk.svelte', () => ({ desk: { me, did: () => undefined } }));

interface Name {
  name: string;
}
let server: Name = { name: 'Linden & Lark' };

async function open(of = 7): Promise<Form<Name>> {
  const form = new Form<Name>({
    load: () => Promise.resolve(server),
    save: (value) => Promise.resolve({ body: (server = value), undo: null }),
    label: 'done-workspace',
    of,
  });
  await vi.waitFor(() => expect(form.phase).toBe('ready'));
  return form;
}

test('what was typed and not saved is there again, for its agent and its setting alone', async () => {
  (await open()).value.name = 'Lark';
  const again = await open();
  expect([again.value.name, again.dirty]).toEqual(['Lark', true]);
  expect((await open(8)).value.name).toBe('Linden & Lark');
  me.id = 2;
  expect((await open()).value.name).toBe('Linden & Lark');
  me.id = 1;
});

test('what was discarded or saved is not there again', async () => {
  const form = await open();
  form.value.name = 'Lark';
  form.reset();
  expect((await open()).dirty).toBe(false);
  const next = await open();
  next.value.name = 'Lark & Co';
  await next.save();
  const last = await open();
  expect([last.value.name, last.dirty]).toEqual(['Lark & Co', false]);
});

test('a change that somebody else made meanwhile is stronger than what was left', async () => {
  (await open()).value.name = 'Mine';
  server = { name: 'Theirs' };
  const form = await open();
  expect([form.value.name, form.dirty]).toEqual(['Theirs', false]);
});
