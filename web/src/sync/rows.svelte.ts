// The store of conversation rows: one reactive cell per row, one order per view, patches applied in ticks.
import { SvelteSet } from 'svelte/reactivity';
import { ApiError, api } from '~/api/client';
import type { Failure, Id, Row, View, ViewId } from '~/api/types';
import { keep } from './keep';
import { append, belongs, emptyList, type ListState, settle, thaw, type Touch } from './lists';

const TICK = 180;

export class Cell {
  row = $state.raw() as Row;
  constructor(row: Row) {
    this.row = row;
  }
}

export class ViewList {
  state = $state.raw<ListState>(emptyList);
  phase = $state<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  more = $state(false);
  failure = $state.raw<Failure | null>(null);
}

interface Waiting {
  row: Row;
  own: boolean;
  moved: boolean;
}

export class Rows {
  readonly lists: Record<ViewId, ViewList> = { mine: new ViewList(), unassigned: new ViewList(), all: new ViewList(), solved: new ViewList() };
  readonly selected = new SvelteSet<Id>();
  counts = $state.raw<readonly View[]>([]);
  private readonly cells = new Map<Id, Cell>();
  private waiting = new Map<Id, Waiting>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = false;
  /** Rows that this agent acted on, with the time until which their news counts as the agent's own. */
  private expected = new Map<Id, number>();

  constructor(
    private readonly me: Id,
    private readonly overlay: (row: Row) => Row,
  ) {}

  /** The row as the agent should see it, with own changes under way. */
  shown(id: Id): Row | undefined {
    const cell = this.cells.get(id);
    return cell && this.overlay(cell.row);
  }

  present(id: Id): Row | undefined {
    return this.cells.get(id)?.row;
  }

  /** Takes a row without touching any order: from a thread, a search, a range. */
  learn(row: Row): void {
    const cell = this.cells.get(row.id);
    if (!cell) this.cells.set(row.id, new Cell(row));
    else if (row.version >= cell.row.version) cell.row = row;
  }

  /** Takes a live row; the agent's own doing applies at once, the rest in the next tick. */
  put(row: Row, own = false): void {
    const known = this.cells.get(row.id)?.row;
    if (known && known.version > row.version) return;
    own ||= (this.expected.get(row.id) ?? 0) > Date.now();
    const before = this.waiting.get(row.id);
    const moved = !known || row.last_activity_at > known.last_activity_at || (before?.moved ?? false);
    this.waiting.set(row.id, { row, own: own || (before?.own ?? false), moved });
    if (own) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), TICK);
  }

  /** The agent did something to this row; what the server says of it next is applied at once. */
  expect(id: Id): void {
    this.expected.set(id, Date.now() + 5_000);
  }

  /** A change of this agent began or was refused: membership follows the overlay. */
  retouch(id: Id): void {
    const row = this.present(id);
    if (!row) return;
    this.apply([{ row, own: true, moved: false }]);
  }

  gone(id: Id): void {
    this.waiting.delete(id);
    this.selected.delete(id);
    for (const list of Object.values(this.lists)) {
      list.state = settle(list.state, [{ id, belongs: false, moved: false, own: true }], false);
    }
    this.cells.delete(id);
  }

  /** Called while the pointer or the focus is on the list: its order stays. */
  look(yes: boolean): void {
    this.looking = yes;
  }

  thaw(view: ViewId): void {
    this.lists[view].state = thaw(this.lists[view].state);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { row } of waiting) this.learn(row);
    this.apply(waiting);
  }

  private apply(changes: readonly Waiting[]): void {
    for (const view of Object.keys(this.lists) as ViewId[]) {
      const list = this.lists[view];
      if (list.phase !== 'ready') continue;
      const touches = changes.map(({ row, own, moved }): Touch => ({ id: row.id, own, moved, belongs: belongs(view, this.overlay(row), this.me) }));
      list.state = settle(list.state, touches, this.looking);
    }
  }

  /** Loads the first range of a view; what an earlier visit kept shows until the answer is here. */
  async load(view: ViewId, fresh = false): Promise<void> {
    const list = this.lists[view];
    if (list.phase === 'loading' || (list.phase === 'ready' && !fresh)) return;
    if (list.phase !== 'ready') list.phase = 'loading';
    list.failure = null;
    try {
      const page = await api.rows(view);
      for (const row of page.items) this.learn(row);
      list.state = { ids: page.items.map((row) => row.id), held: [], leaving: [], next: page.next };
      list.phase = 'ready';
      void keep.set(`view.${this.me}.${view}`, page);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      list.failure = error.failure;
      const kept = list.phase === 'loading' ? await keep.get<{ items: Row[]; next: string | null }>(`view.${this.me}.${view}`) : undefined;
      if (kept && error.offline) {
        for (const row of kept.items) this.learn(row);
        list.state = { ids: kept.items.map((row) => row.id), held: [], leaving: [], next: kept.next };
        list.phase = 'ready';
      } else if (list.phase === 'loading') list.phase = 'failed';
    }
  }

  async further(view: ViewId): Promise<void> {
    const list = this.lists[view];
    if (list.more || !list.state.next || list.phase !== 'ready') return;
    list.more = true;
    try {
      const page = await api.rows(view, list.state.next);
      for (const row of page.items) this.learn(row);
      list.state = append(list.state, page.items.map((row) => row.id), page.next);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Scrolling on asks again.
    } finally {
      list.more = false;
    }
  }

  /** After a resync everything loaded is asked for anew. */
  reload(): void {
    for (const view of Object.keys(this.lists) as ViewId[]) {
      if (this.lists[view].phase === 'ready') void this.load(view, true);
      else if (this.lists[view].phase === 'failed') void this.load(view);
    }
  }

  /** What another view would need to know: the order that the agent sees. */
  order(view: ViewId): readonly Id[] {
    return this.lists[view].state.ids;
  }
}
