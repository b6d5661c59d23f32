// The frame's end of the bridge: the host's storage and wishes, or memory when there is no host.
import type { Kept, ToFrame, ToHost, Waiting } from '../protocol';

export class Bridge {
  /** The page that holds us, as its loader named it; every message is checked against it. */
  private readonly origin = decodeURIComponent(location.hash.slice(1));
  readonly alone = parent === self || !this.origin;

  constructor(private readonly heard: (message: ToFrame) => void) {
    if (this.alone) {
      heard({ rapport: 'start', kept: {}, open: true, page: null, trail: [] });
      return;
    }
    addEventListener('message', (event: MessageEvent) => {
      if (event.source === parent && event.origin === this.origin) this.heard(event.data as ToFrame);
    });
    this.send({ rapport: 'ready' });
  }

  private send(message: ToHost): void {
    // A page without an origin, such as a file, can only be told by name of nobody.
    if (!this.alone) parent.postMessage(message, this.origin === 'null' ? '*' : this.origin);
  }

  close(): void {
    this.send({ rapport: 'close' });
  }
  badge(unread: number): void {
    this.send({ rapport: 'badge', unread });
  }
  keep(change: Omit<Kept, 'outbox'>): void {
    this.send({ rapport: 'keep', change });
  }
  put({ id, text, upload_ids, files, at, conversation_id }: Waiting): void {
    this.send({ rapport: 'put', entry: { id, text, upload_ids, files, at, ...(conversation_id ? { conversation_id } : {}) } });
  }
  drop(id: string): void {
    this.send({ rapport: 'drop', id });
  }
  tell(name: string, detail?: unknown): void {
    this.send({ rapport: 'event', name, detail });
  }
}
