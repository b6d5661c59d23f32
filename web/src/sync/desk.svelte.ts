// The desk's state: who is signed in, what the server said, what the agent changed, and how to take it back.
import { ApiError, api, onSignedOut } from '~/api/client';
import type { Agent, Attachment, Boot, DraftMode, Failure, Id, Message, Named, Row, Signal } from '~/api/types';
import { Chats } from './chats.svelte';
import { keep } from './keep';
import { type Entry, shownRow } from './overlay';
import { Outbox } from './outbox.svelte';
import { Rows } from './rows.svelte';
import { Socket } from './socket';
import { Threads } from './threads.svelte';

/** Something that was sent and is back on the writing desk. */
export interface Returned {
  conversation: Id;
  mode: DraftMode;
  html: string;
  to: string[] | null;
  cc: string[] | null;
  /** The files that went with it. */
  files?: readonly Attachment[];
  /** What was taken back. */
  message?: Message;
}

export interface Undo {
  label: string;
  run(): Promise<void>;
}

/** What the shell does with news that need words: the store itself speaks no language. */
export interface Voice {
  done(label: string, undo: Undo | null): void;
  refused(failure: Failure): void;
  /** An answer is held on the server and can still be taken back. */
  sent(message: Message, undo: Undo): void;
}

class Work {
  readonly outbox: Outbox;
  readonly rows: Rows;
  readonly threads: Threads;
  readonly chats = new Chats();

  constructor(readonly boot: Boot, desk: Desk) {
    this.outbox = new Outbox(boot.agent.id, {
      present: (id) => this.rows.present(id),
      row: (row, undo, entry) => desk.taken(row, undo, entry),
      message: (message, undo, entry) => desk.sent(message, undo, entry),
      refused: (entry, error) => desk.refused(entry, error),
    });
    this.rows = new Rows(boot.agent.id, (row) => shownRow(row, this.outbox.entries));
    this.rows.counts = boot.views;
    this.threads = new Threads((row) => this.rows.learn(row));
  }
}

export class Desk {
  phase = $state<'starting' | 'out' | 'in' | 'broken'>('starting');
  failure = $state.raw<Failure | null>(null);
  connected = $state(true);
  /** The connection has been lost for long enough to say so. */
  offline = $state(false);
  /** A newer desk is on the server. */
  outdated = $state(false);
  boot = $state.raw<Boot | null>(null);
  undos = $state.raw<readonly Undo[]>([]);
  /** Waits for the composer of its conversation. */
  returned = $state.raw<Returned | null>(null);
  /** The number of the conversation on screen. */
  open: number | null = null;
  voice: Voice | null = null;
  private work = $state.raw<Work | null>(null);
  private socket: Socket | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private labels = new Map<string, string>();
  /** Taken back while still on the way: undone as soon as the server has answered. */
  private recalled = new Set<string>();

  constructor() {
    onSignedOut(() => this.leave());
  }

  private get here(): Work {
    if (!this.work) throw new Error('the desk is used before anybody signed in');
    return this.work;
  }
  get rows(): Rows { return this.here.rows; }
  get threads(): Threads { return this.here.threads; }
  get outbox(): Outbox { return this.here.outbox; }
  get chats(): Chats { return this.here.chats; }
  get me(): Agent { return this.here.boot.agent; }
  get session(): Boot { return this.boot ?? this.here.boot; }

  agent(id: Id | null): Agent | undefined {
    return this.session.agents.find((agent) => agent.id === id);
  }
  team(id: Id | null): string | undefined {
    return this.session.teams.find((team) => team.id === id)?.name;
  }
  /** Those that something may be given to. */
  get teams(): Named[] { return this.session.teams.filter((team) => !team.archived); }
  /** Unknown grants are refused, except for a server that names none. */
  may(grant: string): boolean {
    return this.session.grants.length === 0 || this.session.grants.includes(grant) || this.session.grants.includes('*');
  }

  async start(): Promise<void> {
    try {
      this.enter(await api.session());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) this.phase = 'out';
      else {
        this.failure = error.failure;
        this.phase = 'broken';
      }
    }
  }

  enter(boot: Boot): void {
    this.boot = boot;
    this.work = new Work(boot, this);
    this.phase = 'in';
    this.socket = new Socket(boot.cursor, { signal: (signal) => this.hear(signal), connected: (yes) => this.linked(yes) });
    this.socket.start();
    void this.outbox.resume();
    void this.chats.load();
  }

  async signOut(): Promise<void> {
    await api.signOut().catch(() => undefined);
    this.leave();
    // Nothing of this agent stays on a shared machine; the server has the drafts.
    void keep.clear();
    for (const shelf of [localStorage, sessionStorage]) for (const key of Object.keys(shelf)) if (key.startsWith('rapport.draft.')) shelf.removeItem(key);
  }

  private leave(): void {
    if (this.phase !== 'in') return;
    this.socket?.stop();
    this.socket = null;
    this.work?.chats.leave();
    this.work = null;
    this.boot = null;
    this.undos = [];
    this.phase = 'out';
  }

  at(conversation: Id | null, doing: 'viewing' | 'typing' = 'viewing'): void {
    this.socket?.here(conversation, doing);
  }

  private linked(yes: boolean): void {
    if (yes && !this.connected) this.outbox.send();
    this.connected = yes;
    clearTimeout(this.silence);
    if (yes) this.offline = false;
    else this.silence = setTimeout(() => (this.offline = true), 2_500);
  }

  private hear(signal: Signal): void {
    switch (signal.type) {
      case 'conversation':
        this.rows.put(signal.row);
        // A contact that was logged by mistake has no delivery that could tell of it.
        this.threads.hear(signal.row, signal.event === 'message.withdrawn' ? null : signal.message);
        if (signal.event === 'message.withdrawn' && signal.message) this.threads.withdrawn(signal.message);
        break;
      case 'gone':
        this.rows.gone(signal.id);
        break;
      case 'views':
        this.rows.counts = signal.views;
        break;
      case 'presence':
        this.threads.presence(signal.conversation_id, signal.agents.filter((a) => a.id !== this.me.id));
        break;
      case 'chat':
      case 'chat_availability':
      case 'aside':
        this.chats.hear(signal);
        break;
      case 'resync':
        void this.chats.load();
        this.rows.reload();
        this.threads.doubt(this.open);
        void api.views().then((views) => (this.rows.counts = views), () => undefined);
        break;
      case 'bye':
        this.leave();
        break;
    }
  }

  /** Changes rows at once on screen, through the outbox on the server. `label` names it in the undo notice. */
  change(ids: readonly Id[], what: string, body: Record<string, unknown>, patch: Partial<Row>, label: string): void {
    for (const id of ids) {
      const row = this.rows.shown(id);
      if (!row) continue;
      const base = Object.fromEntries((Object.keys(patch) as (keyof Row)[]).map((field) => [field, row[field]])) as Partial<Row>;
      const entry = this.outbox.add({ conversation: id, kind: 'change', what, body, patch, base, after: 0 });
      this.labels.set(entry.key, label);
      this.rows.retouch(id);
    }
  }

  /** Tells of something done, with the way back when there is one. */
  did(label: string, undo: string | null, after: () => void = () => undefined, row: Id | null = null): void {
    const back = async (id: string) => {
      if (row !== null) this.rows.expect(row);
      await api.undo(id);
      after();
    };
    const step = undo ? { label, run: () => back(undo) } : null;
    if (step) this.undos = [...this.undos.slice(-49), step];
    this.voice?.done(label, step);
  }

  taken(row: Row, undo: string | null, entry: Entry): void {
    this.rows.put(row, true);
    this.threads.hear(row, null);
    const label = this.labels.get(entry.key);
    this.labels.delete(entry.key);
    if (label === undefined) return;
    const step = undo ? { label, run: () => this.takeBack(undo, entry.conversation) } : null;
    if (step && this.recalled.delete(entry.key)) {
      void this.undo(step);
      return;
    }
    if (step) this.undos = [...this.undos.slice(-49), step];
    this.voice?.done(label, step);
  }

  sent(message: Message, _undo: string | null, entry: Pick<Entry, 'conversation' | 'patch' | 'key'>): void {
    const row = this.rows.present(entry.conversation);
    if (row) {
      this.threads.hear(row, message);
      // The status that went with the message shows until the live event brings the whole row.
      this.rows.put({ ...row, ...entry.patch }, true);
    }
    if (message.delivery?.state === 'held') {
      const undo = { label: 'undo-send', run: () => this.withdraw(message) };
      if (this.recalled.delete(entry.key)) {
        void this.undo(undo);
        return;
      }
      this.undos = [...this.undos.slice(-49), undo];
      this.voice?.sent(message, undo);
    }
  }

  refused(entry: Entry, error: ApiError): void {
    this.labels.delete(entry.key);
    const present = error.failure.present;
    if (present) this.rows.put(present, true);
    if (entry.kind === 'change') this.rows.retouch(entry.conversation);
    this.voice?.refused(error.failure);
  }

  private async takeBack(undo: string, id: Id): Promise<void> {
    this.rows.expect(id);
    await api.undo(undo);
  }

  async withdraw(message: Message): Promise<void> {
    this.rows.expect(message.conversation_id);
    try {
      const draft = await api.withdraw(message.id);
      this.threads.withdrawn(message);
      this.undos = this.undos.filter((undo) => undo.label !== 'undo-send');
      const list = (field: 'to' | 'cc') => (draft?.[field] ?? message.recipients?.[field])?.map((a) => a.address) ?? null;
      this.returned = { conversation: message.conversation_id, mode: draft?.mode ?? 'reply', html: draft?.html ?? message.html, to: list('to'), cc: list('cc'), files: draft?.attachments ?? [], message };
    } catch (error) {
      if (error instanceof ApiError) this.voice?.refused(error.failure);
      else throw error;
    }
  }

  /** Sends what failed once more, or what was put off at once; tells why that can't be. */
  async resend(message: Message): Promise<Failure | null> {
    try {
      const sent = await api.resend(message.id);
      const row = this.rows.present(message.conversation_id);
      if (row) this.threads.hear(row, sent);
      return null;
    } catch (error) {
      if (error instanceof ApiError) return error.failure;
      throw error;
    }
  }

  /** What could be taken back now: something on its way, or something done. */
  get undoable(): boolean {
    return this.flying !== undefined || this.undos.length > 0;
  }

  private get flying(): Entry | undefined {
    return this.outbox.entries.findLast((entry) => entry.state !== 'refused' && entry.what !== 'read');
  }

  private recall(entry: Entry): void {
    if (entry.state === 'sending') {
      this.recalled.add(entry.key);
      return;
    }
    this.outbox.drop(entry.key);
    if (entry.kind === 'change') this.rows.retouch(entry.conversation);
    else this.giveBack(entry);
  }

  /** Puts what was never sent back on the writing desk. */
  giveBack(entry: Entry): void {
    const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : null);
    this.outbox.drop(entry.key);
    this.returned = { conversation: entry.conversation, mode: entry.kind === 'note' ? 'note' : 'reply', html: String(entry.body.html ?? ''), to: list(entry.body.to), cc: list(entry.body.cc) };
  }

  async undo(step?: Undo): Promise<void> {
    if (!step && this.flying) return this.recall(this.flying);
    step ??= this.undos.at(-1);
    if (!step) return;
    this.undos = this.undos.filter((undo) => undo !== step);
    try {
      await step.run();
    } catch (error) {
      if (error instanceof ApiError) this.voice?.refused(error.failure);
      else throw error;
    }
  }
}

export const desk = new Desk();
