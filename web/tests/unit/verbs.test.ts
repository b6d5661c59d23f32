// What keys and palette act on: only what the agent has before the eyes.
import { beforeEach, expect, test, vi } from 'vitest';
import type { Row } from '~/api/types';
import type { Route } from '~/desk/route';

const at = vi.hoisted(() => ({ route: { at: 'view', view: 'mine', number: null } as Route, loaded: new Map<number, number>() }));
vi.mock('~/desk/router.svelte', () => ({ router: { get route() { return at.route; }, go: vi.fn() } }));
vi.mock('~/text/text.svelte', () => ({ t: (id: string) => id }));
vi.mock('~/sync/desk.svelte', async () => {
  const { Rows } = await vi.importActual<typeof import('~/sync/rows.svelte')>('~/sync/rows.svelte');
  const rows = new Rows(9, (row) => row);
  const threads = { peek: (number: number) => (at.loaded.has(number) ? { data: { id: at.loaded.get(number) } } : undefined) };
  return { desk: { rows, threads } };
});

import { panes } from '~/desk/panes.svelte';
import { chosen, underCursor } from '~/desk/verbs';
import { desk } from '~/sync/desk.svelte';

beforeEach(() => {
  for (const id of [1, 2, 3]) desk.rows.learn({ id, number: id + 100, version: 1 } as Row);
  desk.rows.lists.mine.state = { ids: [1, 2], held: [], leaving: [], next: null };
  desk.rows.lists.all.state = { ids: [1, 2, 3], held: [], leaving: [], next: null };
  desk.rows.selected.clear();
  at.loaded.clear();
  at.route = { at: 'view', view: 'mine', number: null };
  panes.cursor = 2;
});

test('the row under the cursor is meant while its list is on screen', () => {
  expect(chosen()).toEqual([2]);
});

test('in a search without an open conversation nothing is meant', () => {
  at.route = { at: 'search', query: '', number: null };
  expect(underCursor()).toBeNull();
  expect(chosen()).toEqual([]);
});

test('a row of another list is not meant', () => {
  at.route = { at: 'view', view: 'all', number: null };
  panes.cursor = 3;
  expect(chosen()).toEqual([3]);
  at.route = { at: 'view', view: 'mine', number: null };
  expect(chosen()).toEqual([]);
});

test('the open conversation goes before the cursor, also while it loads', () => {
  at.route = { at: 'view', view: 'mine', number: 103 };
  expect(chosen()).toEqual([]);
  at.loaded.set(103, 3);
  expect(chosen()).toEqual([3]);
  at.route = { at: 'view', view: 'mine', number: 102 };
  expect(chosen()).toEqual([2]);
});

test('selected rows go before everything', () => {
  at.route = { at: 'view', view: 'mine', number: 102 };
  desk.rows.selected.add(1);
  expect(chosen()).toEqual([1]);
});
