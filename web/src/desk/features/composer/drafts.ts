// Drafts: kept on this device at every key, on the server every two seconds.
import { ApiError, api } from '~/api/client';
import type { Address, Draft, DraftMode, Id } from '~/api/types';

export interface Kept {
  mode: DraftMode;
  html: string;
  to: string[] | null;
  cc: string[] | null;
  updated_at: string;
}

const PAUSE = 2_000;

const plain = (list: Address[] | null) => list?.map((party) => party.address) ?? null;
const parties = (list: string[]): Address[] => list.map((address) => ({ name: '', address }));

/** A draft as this device keeps it: addresses alone. */
export function kept(draft: Draft): Kept {
  return { mode: draft.mode, html: draft.html, to: plain(draft.to), cc: plain(draft.cc), updated_at: draft.updated_at };
}

/** The younger of the two; an empty one is none, and what goes beside is never an answer. */
export function newer(local: Kept | null, server: Kept | null): Kept | null {
  const found = [local, server].filter((d): d is Kept => d !== null && d.html !== '' && d.mode !== 'side');
  return found.sort((a, b) => b.updated_at.localeCompare(a.updated_at))[0] ?? null;
}

export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly key: string;
  private waiting: Kept | null = null;

  constructor(
    agent: Id,
    private readonly conversation: Id,
    private readonly saved: (state: 'saving' | 'saved' | 'local') => void,
  ) {
    this.key = `rapport.draft.${agent}.${conversation}`;
  }

  local(): Kept | null {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? 'null') as Kept | null;
    } catch {
      return null;
    }
  }

  put(draft: Omit<Kept, 'updated_at'>): void {
    const kept: Kept = { ...draft, updated_at: new Date().toISOString() };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or refused store: the server's copy has to do.
    }
    this.waiting = kept;
    this.timer ??= setTimeout(() => void this.flush(), PAUSE);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const draft = this.waiting;
    if (!draft) return;
    this.waiting = null;
    this.saved('saving');
    try {
      const { mode, html, to, cc } = draft;
      await api.keepDraft(this.conversation, { mode, html, ...(to ? { to: parties(to) } : {}), ...(cc ? { cc: parties(cc) } : {}) });
      this.saved('saved');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.saved('local');
    }
  }

  async drop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = null;
    localStorage.removeItem(this.key);
    await api.dropDraft(this.conversation).catch(() => undefined);
  }
}
