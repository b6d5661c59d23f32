// A form of settings: loaded once, edited freely, saved with what can be taken back.
import { ApiError, type Answer } from '~/api/client';
import type { Failure } from '~/api/types';
import { desk } from '~/sync/desk.svelte';
import { said, t } from '~/text/text.svelte';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

interface Wishes<T> {
  load: () => Promise<T>;
  save: (value: T) => Promise<Answer<T>>;
  /** What the undo notice says. */
  label: string;
  /** Which one, where several have the same label. */
  of?: number;
  /** A conflict carries the present state in the form's own shape: it is shown instead of what was typed. */
  present?: boolean;
}

/** The forms of this visit, by agent and setting: what was typed and not saved is there again on coming back. */
const visited = new Map<string, unknown>();

export class Form<T extends object> {
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  value = $state() as T;
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  saved = $state(false);
  /** Grows whenever a state comes that nobody typed here; an editor that keeps its own text begins anew with it. */
  round = $state(0);
  private kept = $state.raw() as T;

  constructor(private readonly wishes: Wishes<T>) {
    void this.load();
  }

  get dirty(): boolean {
    return this.phase === 'ready' && JSON.stringify(this.value) !== JSON.stringify(this.kept);
  }

  get trouble(): string | null {
    return this.failure && this.phase === 'ready' ? said(this.failure) : null;
  }

  /** What the server says against one field. */
  wrong(field: string): string | null {
    const found = this.failure?.fields?.[field];
    return found === undefined ? null : said({ code: this.failure?.code ?? '', message: found });
  }

  async load(): Promise<void> {
    this.phase = 'loading';
    try {
      this.show(await this.wishes.load());
      this.resume();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.failure = error.failure;
      this.phase = 'failed';
    }
  }

  /** What was left unsaved, over the same state of the server; somebody else's change meanwhile is stronger. */
  private resume(): void {
    const name = `${desk.me.id}.${this.wishes.label}.${this.wishes.of ?? ''}`;
    const before = visited.get(name) as Form<T> | undefined;
    visited.set(name, this);
    if (!before || before === this || !before.dirty || JSON.stringify(before.kept) !== JSON.stringify(this.kept)) return;
    this.value = copy(before.value);
    this.round += 1;
  }

  take(value: T): void {
    this.kept = copy(value);
    this.value = copy(value);
    this.failure = null;
    this.phase = 'ready';
  }

  reset(): void {
    this.show(this.kept);
  }

  private show(value: T): void {
    this.take(value);
    this.round += 1;
  }

  async save(): Promise<void> {
    this.busy = true;
    this.failure = null;
    this.saved = false;
    try {
      const { body, undo } = await this.wishes.save(copy(this.value));
      this.take(body);
      this.saved = true;
      desk.did(t(this.wishes.label), undo, () => void this.load());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const present: unknown = error.failure.present;
      if (this.wishes.present && present) this.show(present as T);
      this.failure = error.failure;
    } finally {
      this.busy = false;
    }
  }
}
