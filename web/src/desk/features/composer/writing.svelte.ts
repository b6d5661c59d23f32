// What is being written in one conversation: mode, recipients, files, draft, and sending it.
import { ApiError, api } from '~/api/client';
import { type Audience, contactsApi } from '~/api/contacts';
import type { Conversation, Recipients, Row, Status } from '~/api/types';
import type { Returned } from '~/sync/desk.svelte';
import { desk } from '~/sync/desk.svelte';
import { said } from '~/text/text.svelte';
import { DraftKeeper, kept, newer } from './drafts';
import { withTyped } from '~/desk/write/addresses';
import { asksFirst, MOST_IN_COPY } from '~/desk/write/facts';
import { Uploads } from '~/desk/write/uploads.svelte';

export type Mode = 'reply' | 'note';
type Field = 'to' | 'cc';

export class Writing {
  open = $state(false);
  mode = $state<Mode>('reply');
  empty = $state(true);
  saved = $state<'saving' | 'saved' | 'local' | null>(null);
  recipients = $state.raw<Recipients | null>(null);
  trouble = $state<string | null>(null);
  /** Everybody who takes part, or the customer alone. */
  audience = $state<Audience>('everybody');
  /** The agent wants to answer, but what stands here was written as a note. */
  guarded = $state(false);
  /** Set once the agent changed what the server proposed. */
  to = $state.raw<string[] | null>(null);
  cc = $state.raw<string[] | null>(null);
  /** What stands in the fields and is nobody's chip yet, and where it is no address. */
  readonly typed = $state({ to: '', cc: '' });
  readonly wrong = $state({ to: false, cc: false });
  /** The way that an answer takes; null where the server alone knows. */
  channel = $state<'chat' | 'email' | null>(null);
  /** The text to begin with; the editor owns it from then on. */
  html = '';
  /** The newest message when writing began. */
  since = 0;
  readonly uploads = new Uploads();
  private readonly keeper: DraftKeeper;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  constructor(private readonly conversation: Conversation) {
    this.keeper = new DraftKeeper(desk.me.id, conversation.id, (state) => (this.saved = state));
    const draft = newer(this.keeper.local(), conversation.draft && kept(conversation.draft));
    if (draft && draft.mode !== 'side') this.resume({ conversation: conversation.id, ...draft, mode: draft.mode });
  }

  shown(field: Field): string[] {
    return this[field] ?? this.recipients?.[field].map((r) => r.address) ?? [];
  }
  get ready(): boolean {
    return !this.empty && !this.uploads.busy && !this.guarded && (this.mode === 'note' || this.channel === 'chat' || (!this.overfull && (this.shown('to').length > 0 || this.recipients === null)));
  }
  get overfull(): boolean {
    return this.shown('cc').length > MOST_IN_COPY;
  }

  resume(found: Returned & { mode: Mode }): void {
    this.guarded = false;
    this.mode = found.mode;
    this.uploads.resume(found.files ?? []);
    this.html = found.html;
    this.empty = found.html === '';
    this.to = found.to;
    this.cc = found.cc;
    this.begin(found.mode);
  }

  begin(mode: Mode): void {
    if (asksFirst(this.mode, mode, this.empty && this.uploads.ids.length === 0)) {
      this.guarded = true;
      mode = 'note';
    } else this.guarded = false;
    this.mode = mode;
    if (!this.open) this.since = desk.threads.open(this.conversation.number).messages.at(-1)?.id ?? 0;
    this.open = true;
    if (mode === 'reply' && this.channel !== 'chat' && !this.recipients) void this.ask();
  }

  /** The agent said what the text of a note is meant to be. */
  decide(mode: Mode): void {
    this.guarded = false;
    this.mode = mode;
    this.changed(this.html, this.empty);
    this.begin(mode);
  }

  /** The agent chose another way for this answer. */
  by(channel: 'chat' | 'email'): void {
    this.channel = channel;
    this.recipients = null;
    this.begin('reply');
  }

  /** Who would get the answer: the server decides, the agent sees it first. */
  async ask(): Promise<void> {
    this.trouble = null;
    const turn = ++this.asked;
    const { audience, to, cc } = this;
    const channel = this.channel ? { channel: this.channel } : {};
    try {
      const found = to || cc
        ? await contactsApi.judge(this.conversation.id, { ...channel, audience, ...(to ? { to } : {}), ...(cc ? { cc } : {}) })
        : await api.recipients(this.conversation.id, { ...channel, audience });
      if (turn === this.asked) this.recipients = found;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Addresses that stand in the fields stay there; only the judgement is missing.
      if (turn === this.asked && !this.recipients) this.trouble = said(error.failure);
    }
  }

  /** Customer only, or everybody again: what the agent typed gives way to the server's proposal. */
  toggleAudience(): void {
    this.audience = this.audience === 'everybody' ? 'customer' : 'everybody';
    this.to = this.cc = null;
    void this.ask();
  }

  changed(html: string, empty: boolean): void {
    this.html = html;
    this.empty = empty;
    this.keeper.put({ mode: this.mode, html, to: this.to, cc: this.cc });
    desk.at(this.conversation.id, 'typing');
  }

  address(field: 'to' | 'cc', addresses: string[]): void {
    this[field] = addresses;
    clearTimeout(this.asking);
    this.asking = setTimeout(() => void this.ask(), 250);
    this.keeper.put({ mode: this.mode, html: this.html, to: this.to, cc: this.cc });
  }

  /** Takes what stands in a field; nothing that was meant for somebody is left out in silence. */
  take(field: Field): boolean {
    const found = withTyped(this.shown(field), this.typed[field]);
    this.wrong[field] = found === null;
    if (!found) return false;
    if (this.typed[field].trim()) this.address(field, found);
    this.typed[field] = '';
    return true;
  }

  /** Whether everybody who was named can get the answer. */
  takeAll(): boolean {
    return this.mode === 'note' || this.channel === 'chat' || [this.take('to'), this.take('cc')].every(Boolean);
  }

  send(row: Row, html: string, mentions: number[], then: Status | null): void {
    const after = desk.threads.open(row.number).messages.at(-1)?.id ?? 0;
    const files = this.uploads.ids.length ? { upload_ids: this.uploads.ids } : {};
    const reply = this.mode === 'reply';
    const body = reply
      ? { html, ...(this.channel ? { channel: this.channel } : {}), ...(this.channel !== 'chat' && this.audience !== 'everybody' ? { audience: this.audience } : {}), ...(this.channel !== 'chat' && this.to ? { to: this.to } : {}), ...(this.channel !== 'chat' && this.cc ? { cc: this.cc } : {}), ...(then ? { then } : {}), ...files }
      : { html, mentions, ...files };
    const patch: Partial<Row> = reply && then ? { status: then } : {};
    desk.outbox.add({ conversation: row.id, kind: reply ? 'reply' : 'note', what: '', body, patch, base: {}, after });
    // Talking goes on where it was.
    const stay = reply && this.channel === 'chat' && then === null;
    this.finish();
    if (stay) this.begin('reply');
  }

  /** Closes the composer and forgets the draft. */
  finish(): void {
    void this.keeper.drop();
    this.html = '';
    this.empty = true;
    this.to = this.cc = null;
    this.recipients = null;
    this.typed.to = this.typed.cc = '';
    this.wrong.to = this.wrong.cc = false;
    this.audience = 'everybody';
    this.guarded = false;
    this.saved = null;
    this.uploads.clear();
    this.open = false;
    desk.at(this.conversation.id);
  }

  /** Folds it away and keeps the draft. */
  fold(): void {
    void this.keeper.flush();
    this.open = false;
  }

  leave(): void {
    void this.keeper.flush();
  }
}
