// The order of lists: nothing moves under the agent's eyes, and nothing is lost meanwhile.
import { expect, test } from 'vitest';
import type { Row, ViewId } from '~/api/types';
import { append, belongs, between, emptyList, type ListState, settle, thaw, type Touch } from '~/sync/lists';

const list = (ids: number[], rest: Partial<ListState> = {}): ListState => ({ ...emptyList, ids, ...rest });
const touch = (id: number, rest: Partial<Touch> = {}): Touch => ({ id, belongs: true, moved: true, own: false, ...rest });

const row = (rest: Partial<Row>): Row => ({
  id: 1, number: 1, version: 1, subject: '', status: 'open', spam: false, priority: null, type: null, channel: 'email', team_id: null, assignee_id: null, brand_id: null,
  requester: { id: 1, name: '', address: '', verified: false }, preview: '', last_author: 'customer', unread: false, tags: [], due_at: null,
  created_at: '', last_activity_at: '', deleted: false, ...rest,
});

test('a new row comes to the front', () => {
  expect(settle(list([1, 2]), [touch(3)], false).ids).toEqual([3, 1, 2]);
});

test('several rows of one tick keep their order, the latest first', () => {
  expect(settle(list([1, 2, 3]), [touch(4), touch(2), touch(5)], false).ids).toEqual([5, 2, 4, 1, 3]);
});

test('a row whose activity did not move stays in its place', () => {
  const before = list([1, 2, 3]);
  expect(settle(before, [touch(3, { moved: false })], false).ids).toBe(before.ids);
});

test('a row that no longer belongs goes', () => {
  expect(settle(list([1, 2, 3]), [touch(2, { belongs: false })], false).ids).toEqual([1, 3]);
});

test('while the agent looks nothing moves, and what came waits', () => {
  const after = settle(list([1, 2, 3]), [touch(4), touch(3), touch(1, { belongs: false })], true);
  expect(after.ids).toEqual([1, 2, 3]);
  expect(after.held).toEqual([4, 3]);
  expect(after.leaving).toEqual([1]);
  expect(thaw(after)).toEqual(list([3, 4, 2]));
});

test('what the agent did applies at once, looking or not', () => {
  expect(settle(list([1, 2, 3]), [touch(2, { belongs: false, own: true })], true).ids).toEqual([1, 3]);
});

test('an own answer does not pull the row away under the pointer', () => {
  expect(settle(list([1, 2, 3]), [touch(3, { own: true })], true).ids).toEqual([1, 2, 3]);
});

test('a held row that leaves again is forgotten', () => {
  const held = settle(list([1]), [touch(2)], true);
  expect(settle(held, [touch(2, { belongs: false })], true).held).toEqual([]);
});

test('a row that left and came back before the agent looked away stays', () => {
  const left = settle(list([1, 2]), [touch(2, { belongs: false })], true);
  expect(thaw(settle(left, [touch(2, { moved: false })], true)).ids).toEqual([1, 2]);
});

test('random events neither lose nor double a row', () => {
  let seed = 42;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n;
  let state = list([]);
  const inside = new Set<number>();
  for (let step = 0; step < 2000; step++) {
    const touches = Array.from({ length: 1 + random(4) }, () => touch(random(30), { belongs: random(3) > 0, own: random(8) === 0 }));
    const last = new Map(touches.map((t) => [t.id, t]));
    for (const t of last.values()) if (t.belongs) inside.add(t.id);
    else inside.delete(t.id);
    state = settle(state, [...last.values()], random(2) === 0);
    expect(new Set(state.ids).size).toBe(state.ids.length);
  }
  expect([...thaw(state).ids].sort()).toEqual([...inside].sort());
});

test('a further range leaves out what has moved to the front meanwhile', () => {
  expect(append(list([9, 1]), [9, 2], 'c')).toMatchObject({ ids: [9, 1, 2], next: 'c' });
});

test('views hold what the server says they hold', () => {
  const me = 7;
  const inViews = (r: Row) => (['mine', 'unassigned', 'all', 'solved'] as ViewId[]).filter((view) => belongs(view, r, me));
  expect(inViews(row({ assignee_id: 7 }))).toEqual(['mine', 'all']);
  expect(inViews(row({ assignee_id: 8 }))).toEqual(['all']);
  expect(inViews(row({}))).toEqual(['unassigned', 'all']);
  expect(inViews(row({ status: 'closed', assignee_id: 7 }))).toEqual(['solved']);
  expect(inViews(row({ spam: true }))).toEqual([]);
  expect(inViews(row({ deleted: true, status: 'solved' }))).toEqual([]);
});

test('a selection reaches from where it began, in both directions', () => {
  expect(between([1, 2, 3, 4], 2, 4)).toEqual([2, 3, 4]);
  expect(between([1, 2, 3, 4], 4, 2)).toEqual([2, 3, 4]);
  expect(between([1, 2], 9, 2)).toEqual([2]);
});
