// The live socket: a desk that nobody sees says so, so that mail tells its agent what happens.
import { afterEach, expect, test, vi } from 'vitest';
import { Socket } from '~/sync/socket';

class Wire {
  static readonly OPEN = 1;
  static all: Wire[] = [];
  readyState = 0;
  said: unknown[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor(readonly url: string) {
    Wire.all.push(this);
  }
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  close(): void {
    this.onclose?.();
  }
  opens(): void {
    this.readyState = Wire.OPEN;
    this.onopen?.();
  }
}

const page = Object.assign(new EventTarget(), { hidden: false });
const turn = (hidden: boolean) => {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
};

function started(hidden: boolean): { socket: Socket; wire: Wire } {
  page.hidden = hidden;
  Wire.all = [];
  vi.stubGlobal('document', page);
  vi.stubGlobal('WebSocket', Wire);
  vi.stubGlobal('location', { protocol: 'https:', host: 'desk.example' });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  const socket = new Socket('c1', { signal: () => undefined, connected: () => undefined });
  socket.start();
  const [wire] = Wire.all;
  if (!wire) throw new Error('no socket was opened');
  return { socket, wire };
}

afterEach(() => vi.unstubAllGlobals());

test('a page that begins behind other tabs says so, and whenever that changes', () => {
  const { socket, wire } = started(true);
  expect(wire.url).toBe('wss://desk.example/api/live?cursor=c1&hidden=true');
  wire.opens();
  expect(wire.said).toEqual([]);
  turn(false);
  turn(true);
  expect(wire.said).toEqual([{ type: 'desk', shown: true }, { type: 'desk', shown: false }]);
  socket.stop();
  turn(false);
  expect(wire.said).toHaveLength(2);
});

test('what changed while the socket was opening is said when it is open', () => {
  const { socket, wire } = started(false);
  turn(true);
  expect(wire.said).toEqual([]);
  wire.opens();
  expect(wire.said).toEqual([{ type: 'desk', shown: false }]);
  socket.stop();
});
