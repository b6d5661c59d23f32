// A server for `npm run dev` and the look and axe checks: the contract's answers from a story kept in memory.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Plugin } from 'vite';
import { WebSocketServer } from 'ws';
import { answer } from './routes.ts';
import { isVisitor, page, visit, visitor } from './visitors.ts';
import { World } from './world.ts';

/** The same policy as the real server's, so that a breach shows at once. */
const POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; require-trusted-types-for 'script'";

type Next = () => void;
interface Host {
  middlewares: { use(run: (request: IncomingMessage, response: ServerResponse, next: Next) => void): void };
  httpServer: { on(event: 'upgrade', run: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): unknown } | null;
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function serve(host: Host, strict: boolean): void {
  const world = new World();
  host.middlewares.use((request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (page(url, request.headers.host ?? '', response)) return;
    if (strict) response.setHeader('content-security-policy', POLICY);
    if (!url.pathname.startsWith('/api/')) return next();
    void body(request).then((raw) => (isVisitor(url.pathname) ? visitor(world.chat, request, raw, response) : answer(world, request, raw, response)));
  });
  const sockets = new WebSocketServer({ noServer: true });
  host.httpServer?.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/api/live')) sockets.handleUpgrade(request, socket, head, (ws) => world.join(ws));
    const chat = /^\/api\/chat\/(\w+)\/live$/.exec(request.url ?? '');
    if (chat) sockets.handleUpgrade(request, socket, head, (ws) => visit(world.chat, chat[1] ?? '', ws));
  });
}

export function mock(): Plugin {
  return {
    name: 'mock-server',
    configureServer: (server) => serve(server as unknown as Host, false),
    configurePreviewServer: (server) => serve(server as unknown as Host, true),
  };
}
