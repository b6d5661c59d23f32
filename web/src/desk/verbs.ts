// What an agent does to conversations, in one place for keys, menus, palette and the bulk bar.
import type { Id, Priority, Row, Status, ViewId } from '~/api/types';
import { desk } from '~/sync/desk.svelte';
import { t } from '~/text/text.svelte';
import { panes } from './panes.svelte';
import type { Route } from './route';
import { router } from './router.svelte';
import { taste } from './taste.svelte';

export function openNumber(): number | null {
  const route = router.route;
  return 'number' in route ? route.number : null;
}

export function openId(): Id | null {
  const number = openNumber();
  return number === null ? null : (desk.threads.peek(number)?.data?.id ?? null);
}

/** The row under the cursor, as long as its list is on screen. */
export function underCursor(): Id | null {
  const { cursor } = panes;
  return cursor !== null && order().includes(cursor) ? cursor : null;
}

/** The selected rows, else the open conversation, else the row under the cursor: nothing that is out of sight. */
export function chosen(): Id[] {
  if (desk.rows.selected.size > 0) return [...desk.rows.selected];
  const number = openNumber();
  const cursor = underCursor();
  // A thread that still loads is known by its row alone.
  const id = number === null ? cursor : (openId() ?? (cursor !== null && desk.rows.present(cursor)?.number === number ? cursor : null));
  return id === null ? [] : [id];
}

export function hasChosen(): boolean {
  return chosen().length > 0;
}

export function order(): readonly Id[] {
  const route = router.route;
  return route.at === 'view' ? desk.rows.order(route.view) : [];
}

export function openRow(row: Row, replace = false): void {
  const route = router.route;
  const to: Route = route.at === 'search' ? { ...route, number: row.number } : { at: 'view', view: route.at === 'view' ? route.view : 'all', number: row.number };
  router.go(to, replace);
}

export function closeThread(): void {
  const route = router.route;
  if (route.at === 'view' || route.at === 'search') router.go({ ...route, number: null });
}

export function goView(view: ViewId): void {
  router.go({ at: 'view', view, number: null });
}

const label = (id: string, ids: readonly Id[], args: Record<string, string> = {}) => t(id, { ...args, n: ids.length });

export function setStatus(status: Status, ids = chosen()): void {
  const open = openId();
  const advance = (status === 'solved' || status === 'closed') && ids.length === 1 && ids[0] === open;
  const to = advance ? neighbour(open) : null;
  desk.change(ids, 'status', { status }, { status }, label('done-status', ids, { status: t(`status-${status}`) }));
  desk.rows.selected.clear();
  if (!advance || taste.after === 'stay' || router.route.at !== 'view') return;
  if (taste.after === 'next' && to) openRow(to, true);
  else closeThread();
}

/** The next conversation in the list, or the one before at its end. */
export function neighbour(id: Id | null): Row | null {
  const ids = order();
  const at = id === null ? -1 : ids.indexOf(id);
  const next = at < 0 ? undefined : (ids[at + 1] ?? ids[at - 1]);
  return next === undefined ? null : (desk.rows.shown(next) ?? null);
}

export function assign(agent: Id | null, team: Id | null | undefined, ids = chosen()): void {
  for (const id of ids) {
    const row = desk.rows.shown(id);
    if (!row) continue;
    const team_id = team === undefined ? row.team_id : team;
    const patch: Partial<Row> = { assignee_id: agent, team_id };
    if (agent !== null && row.status === 'new') patch.status = 'open';
    const name = desk.agent(agent)?.name ?? desk.team(team ?? null);
    desk.change([id], 'assignment', { assignee_id: agent, team_id }, patch, name ? t('done-assigned', { name, n: 1 }) : t('done-unassigned', { n: 1 }));
  }
  desk.rows.selected.clear();
}

export function setPriority(priority: Priority | null, ids = chosen()): void {
  desk.change(ids, 'priority', { priority }, { priority }, label('done-priority', ids, { priority: t(`priority-${priority ?? 'none'}`) }));
}

export function setTags(tags: string[], id: Id): void {
  desk.change([id], 'tags', { tags }, { tags }, t('done-tags'));
}

export function setSubject(subject: string, id: Id): void {
  desk.change([id], 'subject', { subject }, { subject }, t('done-subject'));
}

export function setSpam(spam: boolean, ids = chosen()): void {
  desk.change(ids, 'spam', { spam }, { spam }, label(spam ? 'done-spam' : 'done-not-spam', ids));
  desk.rows.selected.clear();
}

export function remove(ids = chosen()): void {
  const open = openId();
  desk.change(ids, 'deleted', {}, { deleted: true }, label('done-deleted', ids));
  desk.rows.selected.clear();
  if (open !== null && ids.includes(open)) closeThread();
}

export function markUnread(ids = chosen()): void {
  for (const id of ids) desk.outbox.add({ conversation: id, kind: 'change', what: 'read', body: { message_id: null }, patch: { unread: true }, base: {}, after: 0 });
  closeThread();
}

export function markRead(id: Id, message: Id): void {
  desk.outbox.add({ conversation: id, kind: 'change', what: 'read', body: { message_id: message }, patch: { unread: false }, base: {}, after: 0 });
}
