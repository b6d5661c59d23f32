// The visitor's side of one chat: session, thread, outbox and socket in one place; views only read and ask.
import type { ToFrame, Visited, Waiting, WebPage } from '../protocol';
import { Api, Refused } from './api';
import { Bridge } from './bridge';
import type { Child } from './draw';
import { begin, hasGap, type Lines, put, unread } from './lines';
import { Live } from './live';
import { Outbox } from './outbox';
import type * as Later from './later';
import type { Chat, Config, Earlier, Heard, Message, Session, State, Visitor } from './types';
import type { Item } from './uploads';
import { speakMore } from './words';

export type Phase = 'starting' | 'ready' | 'broken' | 'banned' | 'gone';
export type Screen = 'thread' | 'earlier' | 'conversation' | 'thanks';

const CLOSED: State = { open: false, available: false, answer_seconds: null, back_at: null, mode: 'offline' };

export class ChatRoom {
  phase: Phase = 'starting';
  screen: Screen = 'thread';
  open = false;
  linked = true;
  state: State = CLOSED;
  chat: Chat | null = null;
  visitor: Visitor | null = null;
  verified: Session['verified'] = null;
  lines: Lines = { messages: [], cursor: 0 };
  more = false;
  agentRead = 0;
  typing: string | null = null;
  muted = false;
  /** A sentence's id for the foot of the thread, with its arguments. */
  notice: { id: string; args?: Record<string, string> } | null = null;
  earlier: Earlier[] | null = null;
  other: (Earlier & { messages: Message[] }) | null = null;
  /** What the form before the chat brought; goes with every message until the server knows it. */
  answers: { name?: string; email?: string; fields?: Record<string, string> } | null = null;
  goOn: number | null = null;
  /** The visitor wants to leave an address. */
  leaves = false;
  /** What is written and not sent yet. */
  draft = '';
  files: readonly Item[] = [];
  fileTrouble: { id: string; args: Record<string, string | number> } | null = null;
  /** Parts that are seldom needed; null until they were asked for. */
  later: typeof Later | null = null;
  readonly api: Api;
  readonly outbox: Outbox;
  readonly bridge: Bridge;
  private readonly live: Live;
  private page: WebPage | null = null;
  private trail: Visited[] = [];
  private seen = 0;
  private readTo = 0;
  private typed = 0;
  private ends: ReturnType<typeof setTimeout> | undefined;
  private starting: Promise<void> | null = null;

  constructor(
    readonly config: Config,
    readonly changed: () => void,
  ) {
    this.api = new Api(config.api);
    this.outbox = new Outbox({
      send: (entry) => this.deliver(entry),
      changed,
      keep: (entry) => this.bridge.put(entry),
      drop: (id) => this.bridge.drop(id),
      later: (run, ms) => setTimeout(run, ms),
    });
    this.live = new Live(`${location.origin.replace(/^http/, 'ws')}${config.api}/live`, {
      hello: () => ({ token: this.api.token ?? '', cursor: this.lines.cursor, page: this.page }),
      heard: (frame) => this.hear(frame),
      linked: (yes) => this.linkedTo(yes),
    });
    this.bridge = new Bridge((message) => this.told(message));
    if (this.bridge.alone) this.told({ rapport: 'start', kept: {}, open: true, page: null, trail: [] });
    document.addEventListener('visibilitychange', () => this.look());
  }

  // ——— The host page

  private told(message: ToFrame): void {
    switch (message.rapport) {
      case 'start':
        this.api.token = message.kept.token ?? null;
        this.seen = message.kept.seen ?? 0;
        this.muted = message.kept.muted ?? false;
        this.page = message.page;
        this.trail = message.trail;
        this.open = message.open;
        this.outbox.resume(message.kept.outbox ?? []);
        if (this.open || this.api.token) void this.enter();
        break;
      case 'open':
        this.open = message.open;
        if (this.open) void this.enter();
        this.look();
        break;
      case 'page':
        this.page = message.page;
        this.trail = message.trail;
        this.live.say({ type: 'page', ...message.page });
        break;
      case 'identify':
        this.outbox.between(() => this.need((later) => later.identify(this, message.identity)));
        break;
      case 'kept':
        // Another tab of this browser is further: its session is ours.
        if (message.kept.token && message.kept.token !== this.api.token && this.phase === 'ready') {
          this.api.token = message.kept.token;
          void this.enter(true);
        }
        break;
    }
    this.changed();
  }

  close(): void {
    this.bridge.close();
  }

  /** A view that comes when it is first needed. */
  seldom(part: 'Address' | 'BeforeForm' | 'Conversation' | 'Earlier' | 'OfflineForm' | 'Thanks'): Child {
    if (this.later) return this.later[part]({ room: this });
    if (!this.notice) void this.need(() => undefined);
    return null;
  }

  /** Brings the parts that are seldom needed, then does something with them. */
  async need(run: (later: typeof Later) => unknown): Promise<void> {
    try {
      if (!this.later) {
        await speakMore();
        this.later = await import('./later');
      }
      await run(this.later);
    } catch {
      // Without a connection they can't come.
      this.notice = { id: 'offline' };
    }
    this.changed();
  }

  // ——— The session

  /** Begins or renews the session; one at a time. */
  enter(fresh = false): Promise<void> {
    if (this.config.preview) return this.pretend();
    if (this.phase === 'banned' || this.phase === 'gone') return Promise.resolve();
    if (this.phase === 'ready' && !fresh) return Promise.resolve();
    this.starting ??= this.begin().finally(() => (this.starting = null));
    return this.starting;
  }

  private async begin(): Promise<void> {
    try {
      const { token } = this.api;
      const session = await this.api.send<Session>('POST', '/session', token ? { token } : {});
      // Meanwhile the visitor was named, or another tab was further.
      if (this.api.token !== token) return this.begin();
      this.take(session);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(error);
      if (error.passing && this.phase !== 'ready') {
        this.phase = 'broken';
        setTimeout(() => void this.enter(), Math.max(error.wait * 1000, 5_000));
      }
    }
    this.changed();
  }

  take(session: Session): void {
    const renewed = session.token !== this.api.token;
    this.api.token = session.token;
    if (renewed) this.bridge.keep({ token: session.token });
    this.state = session.state;
    this.chat = session.chat;
    this.visitor = session.visitor;
    this.verified = session.verified;
    this.lines = begin(session.messages, session.cursor);
    this.more = session.more;
    this.agentRead = session.agent_read ?? 0;
    if (this.seen > session.cursor) this.seen = 0;
    this.phase = 'ready';
    this.settleOutbox();
    this.live.again();
    this.outbox.flush();
    this.look();
  }

  private pretend(): Promise<void> {
    this.state = { open: true, available: true, answer_seconds: null, back_at: null, mode: 'chat' };
    this.phase = 'ready';
    this.notice = { id: 'preview' };
    this.changed();
    return Promise.resolve();
  }

  /** What a refusal means for the whole chat. */
  private refused(error: Refused): void {
    if (error.status === 403 && error.code === 'visitor_banned') this.leave('banned');
    else if (error.status === 404 && error.code === 'chat_unknown') this.leave('gone');
    else if (error.status === 401) {
      this.api.token = null;
      this.bridge.keep({ token: null });
      if (this.phase === 'ready') void this.enter(true);
    }
  }

  private leave(phase: Phase): void {
    this.phase = phase;
    this.live.stop();
    this.bridge.badge(0);
  }

  /** A request of the running chat; a notice when it is refused, and null. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T | null> {
    try {
      return await this.api.send<T>(method, path, body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(error);
      this.notice = { id: error.code };
      this.changed();
      return null;
    }
  }

  // ——— The socket

  private linkedTo(yes: boolean): void {
    this.linked = yes;
    if (yes) this.outbox.flush();
    this.changed();
  }

  private hear(frame: Heard): void {
    switch (frame.type) {
      case 'hello':
        this.state = frame.state;
        this.chat = frame.chat;
        this.agentRead = Math.max(this.agentRead, frame.agent_read);
        break;
      case 'message':
        this.add([frame.message]);
        if (frame.message.direction === 'out') this.arrived();
        break;
      case 'chat':
        this.chat = frame.chat;
        this.bridge.tell('chat', { state: frame.chat?.state ?? null });
        break;
      case 'state':
        this.state = frame.state;
        break;
      case 'typing':
        this.types(frame.on ? frame.name : null);
        break;
      case 'read':
        this.agentRead = Math.max(this.agentRead, frame.agent_read);
        break;
      case 'resync':
        void this.enter(true);
        break;
      case 'bye':
        this.bye(frame.reason);
        break;
    }
    if (frame.type !== 'ping') this.changed();
  }

  private bye(reason: string): void {
    if (reason === 'visitor_banned') this.leave('banned');
    else if (reason === 'chat_unknown') this.leave('gone');
    else if (reason === 'visitor_unknown') {
      this.live.stop();
      this.refused(new Refused(401, reason, 0));
    }
  }

  private types(name: string | null): void {
    clearTimeout(this.ends);
    this.typing = name;
    if (name !== null) this.ends = setTimeout(() => { this.typing = null; this.changed(); }, 6_000);
  }

  private add(found: readonly Message[]): void {
    this.lines = put(this.lines, found);
    for (const message of found) if (message.client_id) this.outbox.taken(message.client_id);
    if (hasGap(this.lines)) void this.catchUp();
    this.look();
  }

  private async catchUp(): Promise<void> {
    const found = await this.ask<{ messages: Message[] }>('GET', `/messages?after=${this.lines.cursor}`);
    if (!found) return;
    this.lines = put(this.lines, found.messages);
    this.look();
    this.changed();
  }

  private arrived(): void {
    this.types(null);
    if (!this.muted && (!this.open || document.hidden)) void this.need((later) => later.ring());
  }

  /** Tells what has been on screen, and what hasn't. */
  look(): void {
    const last = this.lines.messages.findLast((message) => message.direction === 'out');
    if (this.open && !document.hidden) {
      if (last && last.line > this.seen) {
        this.seen = last.line;
        this.bridge.keep({ seen: this.seen });
      }
      if (last && last.id > this.readTo && this.linked) {
        this.readTo = last.id;
        this.live.say({ type: 'read', message_id: last.id });
      }
    }
    this.bridge.badge(this.open ? 0 : unread(this.lines, this.seen));
  }

  // ——— Writing

  private settleOutbox(): void {
    for (const message of this.lines.messages) if (message.client_id) this.outbox.taken(message.client_id);
  }

  write(text: string): void {
    if (this.config.preview) return;
    const files = this.takeFiles();
    const entry: Waiting = { id: crypto.randomUUID(), text, upload_ids: files.map((file) => file.id), files: files.map((file) => file.name), at: new Date().toISOString() };
    if (this.goOn !== null) entry.conversation_id = this.goOn;
    this.notice = null;
    this.outbox.add(entry);
    this.stopTyping();
  }

  get busy(): boolean {
    return this.files.some((item) => item.state === 'sending');
  }

  /** Gives the files that are there to a message and forgets them. */
  takeFiles(): Item[] {
    const there = this.files.filter((item) => item.state === 'there');
    this.files = this.files.filter((item) => item.state !== 'there');
    this.fileTrouble = null;
    return there;
  }

  private async deliver({ id, text, upload_ids, conversation_id }: Waiting): Promise<void> {
    if (!this.api.token) await this.enter(true);
    const where = this.config.trail ? { ...(this.page ? { page: this.page } : {}), ...(this.trail.length ? { trail: this.trail } : {}) } : {};
    try {
      const sent = { id, text, ...(upload_ids.length ? { upload_ids } : {}), ...(conversation_id ? { conversation_id } : {}), ...this.answers, ...where };
      const answer = await this.api.send<{ message: Message; chat: Chat; state: State }>('POST', '/messages', sent);
      this.chat = answer.chat;
      this.state = answer.state;
      if (!this.visitor || this.answers?.email) this.visitor = { name: this.answers?.name ?? this.visitor?.name ?? '', email: this.answers?.email ?? this.visitor?.email ?? null, email_sent: this.answers?.email ? 'left' : (this.visitor?.email_sent ?? null) };
      this.answers = null;
      this.add([answer.message]);
      this.changed();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.refused(error);
        await this.enter(true);
        // With a new session the same message is tried again.
        throw new Refused(0, error.code, 1);
      }
      if (error instanceof Refused) this.refused(error);
      throw error;
    }
  }

  type(empty: boolean): void {
    if (empty) return this.stopTyping();
    if (Date.now() - this.typed < 2_000) return;
    this.typed = Date.now();
    this.live.say({ type: 'typing', on: true });
  }

  private stopTyping(): void {
    if (this.typed) this.live.say({ type: 'typing', on: false });
    this.typed = 0;
  }

  older(): void {
    if (this.more) void this.need((later) => later.older(this));
  }
}
