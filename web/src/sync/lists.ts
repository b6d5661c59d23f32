// The order of a list of conversations as pure arithmetic: what enters, what leaves, what waits because the agent looks at it.
import type { Id, Row, ViewId } from '~/api/types';

export interface ListState {
  /** Newest activity first. */
  ids: readonly Id[];
  /** New or moved rows that wait for the agent to look away. */
  held: readonly Id[];
  /** Rows that no longer belong, kept in place while the agent looks. */
  leaving: readonly Id[];
  /** Cursor of the next range, null at the end. */
  next: string | null;
}

export interface Touch {
  id: Id;
  belongs: boolean;
  /** The activity moved on, so the row goes to the front. */
  moved: boolean;
  /** Caused by this agent: applied even while the list is frozen. */
  own: boolean;
}

export const emptyList: ListState = { ids: [], held: [], leaving: [], next: null };

/** Whether a row is part of a view, by the same rule as the server's. */
export function belongs(view: ViewId, row: Row, me: Id): boolean {
  if (row.deleted || row.spam) return false;
  const done = row.status === 'solved' || row.status === 'closed';
  if (view === 'solved') return done;
  if (done) return false;
  if (view === 'mine') return row.assignee_id === me;
  return view === 'all' || row.assignee_id === null;
}

const without = (ids: readonly Id[], gone: ReadonlySet<Id>) => ids.filter((id) => !gone.has(id));

/** Applies a tick's touches. While frozen nothing moves, except what the agent did. */
export function settle(list: ListState, touches: readonly Touch[], frozen: boolean): ListState {
  const here = new Set(list.ids);
  const front: Id[] = [];
  const out = new Set<Id>();
  const held = new Set(list.held);
  const leaving = new Set(list.leaving);
  for (const touch of touches) {
    const known = here.has(touch.id);
    if (!touch.belongs) {
      held.delete(touch.id);
      if (!known) continue;
      if (frozen && !touch.own) leaving.add(touch.id);
      else out.add(touch.id);
      continue;
    }
    leaving.delete(touch.id);
    if (known && !touch.moved) continue;
    if (frozen && !touch.own) held.add(touch.id);
    else if (!known || !frozen) front.push(touch.id);
  }
  for (const id of [...front, ...out]) {
    held.delete(id);
    leaving.delete(id);
  }
  const moved = new Set([...front, ...out]);
  const ids = moved.size === 0 ? list.ids : [...unique(front.reverse()), ...without(list.ids, moved)];
  return { ids, held: [...held], leaving: [...leaving], next: list.next };
}

/** Lets what waited in: held rows come to the front, leaving rows go. */
export function thaw(list: ListState): ListState {
  if (list.held.length === 0 && list.leaving.length === 0) return list;
  const moved = new Set([...list.held, ...list.leaving]);
  return { ids: [...[...list.held].reverse(), ...without(list.ids, moved)], held: [], leaving: [], next: list.next };
}

/** Adds a further range from the server; rows that moved to the front meanwhile stay there. */
export function append(list: ListState, ids: readonly Id[], next: string | null): ListState {
  const here = new Set(list.ids);
  return { ...list, ids: [...list.ids, ...ids.filter((id) => !here.has(id))], next };
}

function unique(ids: readonly Id[]): Id[] {
  return [...new Set(ids)];
}

/** Extends or shrinks a selection between two rows, as Shift with j and k does. */
export function between(ids: readonly Id[], from: Id, to: Id): Id[] {
  const a = ids.indexOf(from);
  const b = ids.indexOf(to);
  if (a < 0 || b < 0) return b < 0 ? [] : [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
