// The widget's side of the mock: loader, frame, the visitor's API and socket.
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import { type ChatMock, configOf, type Guest } from './chat.ts';

const VISITOR = /^\/api\/chat\/(demo|closed|form|banned|busy|old|light)\/([a-z]+)(?:\/(\d+))?$/;

export const isVisitor = (path: string) => VISITOR.test(path);

/** The frame's policy, as the real server sends it. */
export const FRAME_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self' ws: wss:; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; frame-ancestors *";

/** Loader and frame; false when the path is neither. */
export function page(url: URL, host: string, response: ServerResponse): boolean {
  const key = url.searchParams.get('key') ?? '';
  if (url.pathname === '/widget.js') {
    const config = configOf(key);
    const loader = config && { key, name: config.name, color: config.color, ink: config.ink, position: 'right', launcher: key === 'light' ? 'Chat with us' : '', frame: `http://${host}/chat/${key}`, trail: true, version: 1 };
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    response.end(`${loader ? `(self.rapportWidgets=self.rapportWidgets||{})[${JSON.stringify(key)}]=${JSON.stringify(loader)};\n` : ''}${readFileSync('dist/widget.js', 'utf8')}`);
    return true;
  }
  const frame = /^\/chat\/(\w+)$/.exec(url.pathname);
  const config = frame && configOf(frame[1] ?? '');
  if (!config) return false;
  const script = `<script type="application/json" id="config">${JSON.stringify({ ...config, ...(url.searchParams.has('preview') ? { preview: true } : {}) })}</script>`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': FRAME_POLICY, 'cache-control': 'no-cache' });
  response.end(readFileSync('dist/frame.html', 'utf8').replace('<!--rapport-config-->', script));
  return true;
}

interface Asked {
  chat: ChatMock;
  guest: Guest;
  body: Record<string, never>;
  url: URL;
  id: number;
}

class No {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {}
}

const session = ({ chat, guest }: Asked) => ({
  token: guest.token,
  visitor: guest.lines.length ? { name: guest.name, email: guest.email, email_sent: guest.email ? 'left' : null } : null,
  state: chat.stateOf(guest.key), chat: chat.chatOf(guest), messages: guest.lines.slice(-30), more: guest.lines.length > 30, cursor: guest.lines.length, agent_read: guest.agentRead,
  verified: guest.verified ? { name: guest.name, email: guest.email } : null,
});

const routes: Record<string, (asked: Asked) => [number, unknown]> = {
  'POST session': (asked) => [200, session(asked)],
  'POST identity': (asked) => {
    if (String(asked.body.identity) === 'forged') throw new No(401, 'identity_forged');
    Object.assign(asked.guest, { verified: true, name: 'Marta Okonkwo', email: 'marta.okonkwo@greyheron.example' });
    return [200, session(asked)];
  },
  'POST messages': ({ chat, guest, body }) => {
    const text = String(body.text ?? '');
    if (text.includes('too much')) throw new No(429, 'too_many_requests');
    if (guest.key === 'banned') throw new No(403, 'visitor_banned');
    Object.assign(guest, { ...(body.name ? { name: body.name } : {}), ...(body.email ? { email: body.email } : {}), ...(body.page ? { page: body.page } : {}), ...(body.trail ? { trail: body.trail } : {}) });
    const repeated = guest.lines.some((line) => line.client_id === String(body.id));
    const message = chat.said(guest, String(body.id), text);
    return [201, { message, chat: chat.chatOf(guest), state: chat.stateOf(guest.key), cursor: guest.lines.length, repeated }];
  },
  'GET messages': ({ guest, url }) => {
    const after = url.searchParams.get('after');
    if (after !== null) return [200, { messages: guest.lines.filter((line) => line.line > Number(after)), more: false }];
    const before = guest.lines.filter((line) => line.line < Number(url.searchParams.get('before')));
    return [200, { messages: before.slice(-30), more: before.length > 30 }];
  },
  'POST uploads': ({ chat, url }) => [201, { id: chat.guests.size + 1, name: url.searchParams.get('name'), type: 'application/octet-stream', size: 1, url: '/api/files/1/file' }],
  'PUT contact': ({ guest, body }) => {
    guest.email = String(body.email);
    return [200, { name: guest.name, email: guest.email, email_sent: 'left' }];
  },
  'POST offline': () => [201, { sent: true }],
  'POST end': ({ chat, guest }) => {
    chat.changed(guest, { state: 'ended', ended_at: new Date().toISOString() }, 'chat.ended');
    return [200, { chat: chat.chatOf(guest) }];
  },
  'POST transcript': ({ guest }) => {
    if (!guest.email) throw new No(409, 'no_address');
    return [202, { to: guest.email.replace(/^(.).*@/, '$1…@') }];
  },
  'GET conversations': ({ chat, guest, id }) => {
    if (!guest.verified) throw new No(403, 'verified_only');
    if (!id) return [200, { items: [{ id: 1, number: 4170, subject: 'Group head leaks', status: 'open', channel: 'email', last_at: new Date().toISOString(), preview: 'A loan machine goes out tonight.' }] }];
    return [200, { messages: [{ ...chat.line(guest, 'in', 'The group head leaks again.', null), line: 0 }, { ...chat.line(guest, 'out', 'A loan machine goes out tonight.', null), line: 0 }] }];
  },
};

export function visitor(chat: ChatMock, request: IncomingMessage, raw: Buffer, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://mock');
  const [, key = '', verb = '', id] = VISITOR.exec(url.pathname) ?? [];
  const json = (request.headers['content-type'] ?? '').includes('json') && raw.length > 0;
  const body = (json ? JSON.parse(raw.toString()) : {}) as Record<string, never>;
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? (body.token ? String(body.token) : undefined);
  try {
    const run = routes[`${request.method} ${verb}`];
    if (!run) throw new No(404, 'not_found');
    const [status, answer] = run({ chat, guest: chat.guest(key, token), body, url, id: Number(id ?? 0) });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  } catch (error) {
    if (!(error instanceof No)) throw error;
    response.writeHead(error.status, { 'content-type': 'application/json', ...(error.status === 429 ? { 'retry-after': '2' } : {}) });
    response.end(JSON.stringify({ error: { kind: 'invalid', code: error.code, message: error.code } }));
  }
}

export function visit(chat: ChatMock, key: string, ws: WebSocket): void {
  let guest: Guest | null = null;
  ws.on('close', () => {
    guest?.sockets.delete(ws);
    if (guest) chat.aside(guest, { type: 'chat_online', online: guest.sockets.size > 0 });
  });
  ws.on('message', (data) => {
    const said = JSON.parse(String(data)) as { type: string; token?: string; cursor?: number | null; on?: boolean; message_id?: number; url?: string; title?: string };
    if (said.type === 'hello') {
      guest = chat.guest(key, said.token);
      guest.sockets.add(ws);
      ws.send(JSON.stringify({ type: 'hello', cursor: guest.lines.length, state: chat.stateOf(key), chat: chat.chatOf(guest), agent_read: guest.agentRead }));
      for (const line of guest.lines.slice(said.cursor ?? guest.lines.length)) ws.send(JSON.stringify({ type: 'message', message: line, cursor: line.line }));
      chat.aside(guest, { type: 'chat_online', online: true });
    } else if (guest && said.type === 'typing') chat.aside(guest, { type: 'chat_typing', on: said.on });
    else if (guest && said.type === 'read') {
      guest.read = said.message_id ?? 0;
      chat.aside(guest, { type: 'chat_read', message_id: guest.read });
    } else if (guest && said.type === 'page') {
      guest.page = { url: said.url ?? '', title: said.title ?? '' };
      chat.aside(guest, { type: 'chat_page', page: guest.page });
    }
  });
}
