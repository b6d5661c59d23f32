// The visitor's socket: says hello with the last line, comes back with a growing pause, notices a dead line.
import type { WebPage } from '../protocol';
import { pause } from './outbox';
import type { Heard } from './types';

const SILENCE = 75_000;

interface Wishes {
  /** What to say first, asked for at every connection. */
  hello(): { token: string; cursor: number | null; page: WebPage | null };
  heard(frame: Heard): void;
  linked(yes: boolean): void;
}

export class Live {
  private ws: WebSocket | null = null;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heardAt = 0;
  private stopped = true;

  constructor(
    private readonly url: string,
    private readonly wishes: Wishes,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    this.open();
  }

  stop(): void {
    this.stopped = true;
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    clearTimeout(this.timer);
    const ws = this.ws;
    this.ws = null;
    ws?.close();
  }

  /** Opens it anew, with another token. */
  again(): void {
    this.stop();
    this.start();
  }

  /** Lost when the line is down: typing and reading are not worth a queue. */
  say(frame: Record<string, unknown>): void {
    if (this.ws?.readyState === WebSocket.OPEN) this.ws.send(JSON.stringify(frame));
  }

  // A tab that slept for a day wakes with a socket that only looks open.
  private hurry = () => {
    if (this.stopped || document.hidden) return;
    if (this.ws && Date.now() - this.heardAt < SILENCE) return;
    clearTimeout(this.timer);
    this.attempt = 0;
    this.open();
  };

  private open(): void {
    const old = this.ws;
    const ws = new WebSocket(this.url);
    this.ws = ws;
    old?.close();
    this.heardAt = Date.now();
    ws.onopen = () => ws.send(JSON.stringify({ type: 'hello', ...this.wishes.hello() }));
    ws.onmessage = (event) => this.hear(ws, String(event.data));
    ws.onclose = () => this.closed(ws);
    this.watch(ws);
  }

  private hear(ws: WebSocket, data: string): void {
    if (this.ws !== ws) return;
    this.heardAt = Date.now();
    let frame: Heard;
    try {
      frame = JSON.parse(data) as Heard;
    } catch {
      return;
    }
    if (frame.type === 'hello') {
      this.attempt = 0;
      this.wishes.linked(true);
    }
    this.wishes.heard(frame);
  }

  private watch(ws: WebSocket): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.ws !== ws) return;
      if (Date.now() - this.heardAt >= SILENCE) {
        ws.close();
        // A half-open line may never tell that it closed.
        this.closed(ws);
      } else this.watch(ws);
    }, 10_000);
  }

  private closed(ws: WebSocket): void {
    if (this.ws !== ws) return;
    this.ws = null;
    clearTimeout(this.timer);
    this.wishes.linked(false);
    if (!this.stopped) this.timer = setTimeout(() => this.open(), pause(this.attempt++));
  }
}
