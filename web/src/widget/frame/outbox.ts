// What was written and not yet taken: first in, first out, tried until the server has it, never a double.
import type { Waiting } from '../protocol';
import { Refused } from './api';

export interface Pending extends Waiting {
  state: 'waiting' | 'sending' | 'refused';
  code?: string;
}

interface Wishes {
  /** Sends one; throws Refused. */
  send(entry: Waiting): Promise<void>;
  changed(): void;
  keep(entry: Waiting): void;
  drop(id: string): void;
  later(run: () => void, ms: number): void;
}

/** Doubling from one second to thirty, spread so that a thousand visitors don't knock together. */
export function pause(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 5));
  return Math.round(full / 2 + (full / 2) * random());
}

export class Outbox {
  entries: readonly Pending[] = [];
  private attempt = 0;
  private asked = false;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly wishes: Wishes) {}

  add(entry: Waiting): void {
    this.wishes.keep(entry);
    this.entries = [...this.entries, { ...entry, state: 'waiting' }];
    this.wishes.changed();
    this.flush();
  }

  /** Takes up what an earlier page or another tab left; what is here already stays as it is. */
  resume(kept: readonly Waiting[]): void {
    const here = new Set(this.entries.map((entry) => entry.id));
    const found = kept.filter((entry) => !here.has(entry.id)).map((entry): Pending => ({ ...entry, state: 'waiting' }));
    if (found.length === 0) return;
    this.entries = [...found, ...this.entries];
    this.wishes.changed();
  }

  /** The server has it: by its answer, or by the socket that was faster. */
  taken(id: string): void {
    if (!this.entries.some((entry) => entry.id === id)) return;
    this.entries = this.entries.filter((entry) => entry.id !== id);
    this.wishes.drop(id);
    this.wishes.changed();
  }

  again(id: string): void {
    this.mark(id, 'waiting');
    this.attempt = 0;
    this.flush();
  }

  /** Runs between two deliveries, so that who writes never changes under a message. */
  between(run: () => Promise<unknown>): void {
    this.turn = this.turn.then(run, run);
  }

  flush(): void {
    if (this.asked) return;
    this.asked = true;
    this.between(() => this.send());
  }

  /** Sends what waits, one after the other; what passes is tried again, a refusal stays with its reason. */
  private async send(): Promise<void> {
    this.asked = false;
    const next = this.entries.find((entry) => entry.state !== 'refused');
    if (!next) return;
    this.mark(next.id, 'sending');
    try {
      await this.wishes.send(next);
      this.attempt = 0;
      this.taken(next.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.passing) {
        this.mark(next.id, 'waiting', error.status === 0 ? undefined : error.code);
        return this.wishes.later(() => this.flush(), Math.max(error.wait * 1000, pause(this.attempt++)));
      }
      this.mark(next.id, 'refused', error.code);
    }
    this.flush();
  }

  private mark(id: string, state: Pending['state'], code?: string): void {
    this.entries = this.entries.map((entry) => (entry.id === id ? { ...entry, state, ...(code ? { code } : {}) } : entry));
    this.wishes.changed();
  }
}
