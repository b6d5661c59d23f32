// The outbox: every write waits here until the server has taken it, survives a reload, and never goes out twice.
import { ApiError, api } from '~/api/client';
import type { Id, Message, Row } from '~/api/types';
import { backoff } from './backoff';
import { keep } from './keep';
import { type Entry, mayRepeat, nextEntries } from './overlay';

export interface Taken {
  /** The row as it stands now, to send the right version. */
  present(id: Id): Row | undefined;
  row(row: Row, undo: string | null, entry: Entry): void;
  message(message: Message, undo: string | null, entry: Entry): void;
  refused(entry: Entry, error: ApiError): void;
}

export class Outbox {
  entries = $state.raw<readonly Entry[]>([]);
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly owner: Id,
    private readonly taken: Taken,
  ) {}

  of(conversation: Id): Entry[] {
    return this.entries.filter((entry) => entry.conversation === conversation);
  }

  /** Takes up what an earlier page left behind. */
  async resume(): Promise<void> {
    const kept = await keep.get<Entry[]>(`outbox.${this.owner}`);
    if (!kept?.length) return;
    this.set([...kept.map((entry): Entry => (entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry)), ...this.entries]);
    this.send();
  }

  add(entry: Omit<Entry, 'key' | 'at' | 'state' | 'reason'>): Entry {
    const whole: Entry = { ...entry, key: crypto.randomUUID(), at: new Date().toISOString(), state: 'waiting', reason: null };
    this.set([...this.entries, whole]);
    this.send();
    return whole;
  }

  drop(key: string): void {
    this.set(this.entries.filter((entry) => entry.key !== key));
  }

  /** Sends everything that may go now; also called when the connection is back. */
  send(): void {
    clearTimeout(this.timer);
    for (const entry of nextEntries(this.entries)) void this.deliver(entry);
  }

  private async deliver(entry: Entry): Promise<void> {
    this.mark(entry.key, { state: 'sending' });
    try {
      await this.write(entry);
      this.attempt = 0;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.offline || error.status === 429) {
        this.mark(entry.key, { state: 'waiting' });
        this.timer = setTimeout(() => this.send(), backoff(this.attempt++));
        return;
      }
      this.refuse(entry, error);
    }
    this.send();
  }

  private async write(entry: Entry): Promise<void> {
    if (entry.kind === 'change') {
      const before = this.taken.present(entry.conversation);
      // Reading changes nothing that another agent could have changed.
      const { body, undo } = await this.change(entry, entry.what === 'read' ? undefined : before?.version);
      this.drop(entry.key);
      const present = this.taken.present(entry.conversation) ?? before;
      if (body ?? present) this.taken.row(body ?? ({ ...present, ...entry.patch } as Row), undo, entry);
      return;
    }
    const send = entry.kind === 'reply' ? api.reply : api.note;
    const { body, undo } = await send(entry.conversation, entry.body, entry.key);
    this.drop(entry.key);
    this.taken.message(body, undo, entry);
  }

  /** Repeats a change after a conflict when nobody else touched the same field. */
  private async change(entry: Entry, version: number | undefined, again = true): ReturnType<typeof api.change> {
    try {
      return entry.what === 'deleted' ? await api.remove(entry.conversation) : await api.change(entry.conversation, entry.what, entry.body, version);
    } catch (error) {
      const present = error instanceof ApiError && error.status === 409 ? error.failure.present : undefined;
      if (!again || !present || !mayRepeat(entry, present)) throw error;
      return this.change(entry, present.version, false);
    }
  }

  private refuse(entry: Entry, error: ApiError): void {
    if (entry.kind === 'change') this.drop(entry.key);
    else this.mark(entry.key, { state: 'refused', reason: error.code });
    this.taken.refused(entry, error);
  }

  private mark(key: string, change: Partial<Entry>): void {
    this.set(this.entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }

  private set(entries: readonly Entry[]): void {
    this.entries = entries;
    void keep.set(`outbox.${this.owner}`, entries);
  }
}
