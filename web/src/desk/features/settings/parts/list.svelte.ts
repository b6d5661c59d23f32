// A list in the settings: loaded once, changed by single deeds, and true again after a conflict.
import { ApiError } from '~/api/client';
import type { Failure } from '~/api/types';
import { said } from '~/text/text.svelte';

export class List<T> {
  items = $state.raw<readonly T[] | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);

  constructor(private readonly ask: () => Promise<readonly T[]>) {
    void this.load();
  }

  get trouble(): string | null {
    return this.failure ? said(this.failure) : null;
  }

  /** What the server says against one field. */
  wrong(field: string): string | null {
    return this.failure?.fields?.[field] === undefined ? null : said(this.failure);
  }

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.items = await this.ask();
    });
  }

  /** Does something; a refusal is shown, and after a conflict the present state. Tells whether it worked. */
  async attempt(run: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.failure = null;
    try {
      await run();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'version_conflict') this.items = await this.ask().catch(() => this.items);
      this.failure = error.failure;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
