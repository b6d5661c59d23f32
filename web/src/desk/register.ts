// The desk's own actions: moving about, the list, the conversation. Features add theirs beside it.
import type { ViewId } from '~/api/types';
import { between } from '~/sync/lists';
import { desk } from '~/sync/desk.svelte';
import { type Action, registry } from './actions.svelte';
import { panes } from './panes.svelte';
import { VIEWS } from './route';
import { router } from './router.svelte';
import { screen } from './screen.svelte';
import { taste } from './taste.svelte';
import { assign, chosen, closeThread, goView, hasChosen, markUnread, openId, openNumber, openRow, order, remove, setSpam, setStatus, underCursor } from './verbs';

const inView = () => router.route.at === 'view';
const inList = () => inView() || router.route.at === 'search';
const isOpen = () => openNumber() !== null;
const meant = () => inList() && hasChosen();

/** Moves the cursor; the thread follows when one is open beside the list. */
function step(by: 1 | -1, extend = false): void {
  const ids = order();
  if (ids.length === 0) return;
  const at = panes.cursor === null ? -1 : ids.indexOf(panes.cursor);
  const to = ids[at < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, at + by))];
  if (to === undefined) return;
  if (extend) {
    panes.from ??= panes.cursor ?? to;
    desk.rows.selected.clear();
    for (const id of between(ids, panes.from, to)) desk.rows.selected.add(id);
  } else panes.from = null;
  panes.cursor = to;
  panes.jumps += 1;
  const row = desk.rows.shown(to);
  if (row && isOpen() && !extend) openRow(row, true);
}

function openCursor(): void {
  const id = underCursor();
  const row = id === null ? undefined : desk.rows.shown(id);
  if (row) openRow(row);
}

function toggle(): void {
  const id = underCursor() ?? openId();
  if (id === null) return;
  if (!desk.rows.selected.delete(id)) desk.rows.selected.add(id);
}

function turn(by: 1 | -1): void {
  const route = router.route;
  if (route.at !== 'view') return;
  const view = VIEWS[(VIEWS.indexOf(route.view) + by + VIEWS.length) % VIEWS.length];
  if (view) goView(view);
}

function escape(): void {
  if (panes.drawer) panes.drawer = false;
  else if (desk.rows.selected.size > 0) desk.rows.selected.clear();
  else if (isOpen()) closeThread();
  else if (!inView()) goView('mine');
}

const GO: Record<ViewId, string> = { mine: 'g m', unassigned: 'g u', all: 'g a', solved: 'g s' };

export const shellActions: Action[] = [
  { id: 'palette', title: 'action-palette', section: 'desk', keys: ['Ctrl+k'], anywhere: true, quiet: true, run: () => (panes.sheet = 'palette') },
  { id: 'keys', title: 'action-keys', section: 'desk', keys: ['?'], icon: 'keys', run: () => (panes.sheet = 'keys') },
  { id: 'search', title: 'action-search', section: 'go', keys: ['/'], icon: 'search', run: () => router.go({ at: 'search', query: '', number: null }) },
  { id: 'new', title: 'action-new', section: 'go', grant: 'conversation.start', keys: ['c'], icon: 'pen', run: () => router.go({ at: 'new' }) },
  { id: 'log-new', title: 'action-log-new', section: 'go', grant: 'message.log', keys: ['C'], icon: 'phone', run: () => router.go({ at: 'new', way: 'voice' }) },
  { id: 'blocked', title: 'action-blocked', section: 'go', grant: 'conversation.block', keys: ['g b'], icon: 'ban', run: () => (panes.sheet = 'blocked') },
  { id: 'go-inbox', title: 'action-go-inbox', section: 'go', keys: ['g i'], icon: 'inbox', quiet: true, run: () => goView('mine') },
  ...VIEWS.map((view): Action => ({ id: `go-${view}`, title: `action-go-${view}`, section: 'go', keys: [GO[view]], icon: 'inbox', run: () => goView(view) })),
  { id: 'go-preferences', title: 'action-go-preferences', section: 'go', keys: ['g p'], icon: 'sliders', run: () => router.go({ at: 'preferences' }) },
  { id: 'go-settings', title: 'action-go-settings', section: 'go', keys: ['g e'], icon: 'house', run: () => router.go({ at: 'settings', section: null }) },
  { id: 'next', title: 'action-next', section: 'list', keys: ['j'], quiet: true, when: inView, run: () => step(1) },
  { id: 'previous', title: 'action-previous', section: 'list', keys: ['k'], quiet: true, when: inView, run: () => step(-1) },
  { id: 'open', title: 'action-open', section: 'list', keys: ['o', 'Enter'], quiet: true, when: inView, run: openCursor },
  { id: 'select', title: 'action-select', section: 'list', keys: ['x'], quiet: true, when: inView, run: toggle },
  { id: 'extend-down', title: 'action-extend-down', section: 'list', keys: ['J'], quiet: true, when: inView, run: () => step(1, true) },
  { id: 'extend-up', title: 'action-extend-up', section: 'list', keys: ['K'], quiet: true, when: inView, run: () => step(-1, true) },
  { id: 'view-before', title: 'action-view-before', section: 'list', keys: ['['], quiet: true, when: inView, run: () => turn(-1) },
  { id: 'view-after', title: 'action-view-after', section: 'list', keys: [']'], quiet: true, when: inView, run: () => turn(1) },
  { id: 'solve', title: 'action-solve', section: 'conversation', grant: 'conversation.set_status', keys: ['e'], icon: 'check', when: meant, run: () => setStatus('solved') },
  { id: 'reopen', title: 'action-reopen', section: 'conversation', grant: 'conversation.set_status', icon: 'again', when: () => meant() && chosen().some((id) => desk.rows.shown(id)?.status === 'solved'), run: () => setStatus('open') },
  { id: 'pending', title: 'action-pending', section: 'conversation', grant: 'conversation.set_status', icon: 'clock', when: meant, run: () => setStatus('pending') },
  { id: 'hold', title: 'action-hold', section: 'conversation', grant: 'conversation.set_status', icon: 'clock', when: meant, run: () => setStatus('hold') },
  { id: 'assign-me', title: 'action-assign-me', section: 'conversation', grant: 'conversation.assign', keys: ['i'], icon: 'user', when: meant, run: () => assign(desk.me.id, undefined) },
  { id: 'assign', title: 'action-assign', section: 'conversation', grant: 'conversation.assign', keys: ['a'], icon: 'team', when: () => inList() && (isOpen() || desk.rows.selected.size > 0), run: () => (panes.picker = 'assign') },
  { id: 'priority', title: 'action-priority', section: 'conversation', grant: 'conversation.change', keys: ['p'], icon: 'flag', when: isOpen, run: () => pick('priority') },
  { id: 'tags', title: 'action-tags', section: 'conversation', grant: 'conversation.change', keys: ['t'], icon: 'tag', when: isOpen, run: () => pick('tags') },
  { id: 'spam', title: 'action-spam', section: 'conversation', grant: 'conversation.mark_spam', keys: ['!'], icon: 'ban', when: meant, run: () => setSpam(true) },
  { id: 'unread', title: 'action-unread', section: 'conversation', keys: ['u'], icon: 'mail', when: meant, run: () => markUnread() },
  { id: 'delete', title: 'action-delete', section: 'conversation', grant: 'conversation.delete', keys: ['#'], icon: 'trash', when: meant, run: () => remove() },
  { id: 'undo', title: 'action-undo', section: 'desk', keys: ['z'], icon: 'undo', when: () => desk.undoable, run: () => void desk.undo() },
  { id: 'panel', title: 'action-panel', section: 'desk', keys: ['\\'], icon: 'panel', when: isOpen, run: togglePanel },
  { id: 'theme', title: 'action-theme', section: 'desk', icon: 'sliders', run: () => taste.set({ theme: taste.theme === 'dark' ? 'light' : 'dark' }) },
  { id: 'escape', title: 'action-escape', section: 'desk', keys: ['Escape'], quiet: true, run: escape },
  { id: 'sign-out', title: 'action-sign-out', section: 'desk', icon: 'out', run: () => void desk.signOut() },
];

/** Pickers live in the customer panel; it opens with them. */
function pick(picker: 'priority' | 'tags'): void {
  if (screen.narrow) panes.drawer = true;
  else taste.set({ panel: true });
  panes.picker = picker;
}

export function togglePanel(): void {
  if (screen.narrow) panes.drawer = !panes.drawer;
  else taste.set({ panel: !taste.panel });
}

export function registerShell(): () => void {
  return registry.add(shellActions);
}
