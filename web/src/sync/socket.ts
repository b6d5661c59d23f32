// The live socket: resumes after its cursor, drops doubles by event id, comes back with a growing pause.
import type { Id, Signal } from '~/api/types';
import { backoff } from './backoff';

export interface Live {
  signal(signal: Signal): void;
  connected(yes: boolean): void;
}

const SILENCE = 50_000;
const REMEMBERED = 2_000;

/** Remembers the newest event ids; the server reads again from a little before the cursor. */
export class Seen {
  private ids = new Set<string>();
  isNew(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    if (this.ids.size > REMEMBERED) {
      const oldest = this.ids.values().next().value;
      if (oldest !== undefined) this.ids.delete(oldest);
    }
    return true;
  }
}

export class Socket {
  private ws: WebSocket | null = null;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private seen = new Seen();
  private stopped = true;

  constructor(
    private cursor: string,
    private readonly live: Live,
  ) {}

  start(): void {
    this.stopped = false;
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.turned);
    this.open();
  }

  stop(): void {
    this.stopped = true;
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.turned);
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    this.ws?.close();
    this.ws = null;
  }

  /** Tells the others where this agent is. Lost when the socket is down: presence is not worth a queue. */
  here(conversation_id: Id | null, doing: 'viewing' | 'typing'): void {
    this.say({ type: 'here', conversation_id, doing });
  }

  private say(word: object): void {
    if (this.ws?.readyState === WebSocket.OPEN) this.ws.send(JSON.stringify(word));
  }

  /** Whoever has the desk behind other tabs may be away: then mail tells what happens. */
  private turned = () => {
    this.say({ type: 'desk', shown: !document.hidden });
    this.hurry();
  };

  private hurry = () => {
    if (this.ws || this.stopped || document.hidden) return;
    clearTimeout(this.timer);
    this.open();
  };

  private open(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const { hidden } = document;
    const ws = new WebSocket(`${scheme}://${location.host}/api/live?cursor=${encodeURIComponent(this.cursor)}&hidden=${hidden}`);
    this.ws = ws;
    ws.onopen = () => {
      if (document.hidden !== hidden) this.turned();
    };
    ws.onmessage = (event) => this.hear(ws, String(event.data));
    ws.onclose = () => this.closed(ws);
    this.watch(ws);
  }

  private hear(ws: WebSocket, data: string): void {
    this.watch(ws);
    let signal: Signal;
    try {
      signal = JSON.parse(data) as Signal;
    } catch {
      return;
    }
    if (signal.type === 'hello') {
      this.attempt = 0;
      this.live.connected(true);
    }
    if ('cursor' in signal && signal.cursor) this.cursor = signal.cursor;
    if ('event_id' in signal && !this.seen.isNew(String(signal.event_id))) return;
    if (signal.type === 'bye') this.stopped = true;
    this.live.signal(signal);
  }

  /** A connection that went silent is dead, whatever the browser believes. */
  private watch(ws: WebSocket): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => ws.close(), SILENCE);
  }

  private closed(ws: WebSocket): void {
    if (this.ws !== ws) return;
    this.ws = null;
    clearTimeout(this.watchdog);
    this.live.connected(false);
    if (!this.stopped) this.timer = setTimeout(() => this.open(), backoff(this.attempt++));
  }
}
