// The mock's answers, one line per route of the contract.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Draft, Hit, Message, Row, ViewId } from '../src/api/types.ts';
import { chatRoutes } from './chatdesk.ts';
import { contactRoutes } from './contacts.ts';
import { trustRoutes } from './trust.ts';
import { houseRoutes } from './houseroutes.ts';
import { plain, sendNote, sendReply, startConversation, withdraw } from './writing.ts';
import type { World } from './world.ts';

export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
    readonly present?: unknown,
    readonly fields?: Record<string, string>,
  ) {}
}

interface Asked {
  world: World;
  params: string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
  raw: Buffer;
  type: string;
  /** What the asker saw, as `If-Match` says. */
  version: number | null;
}

interface Answer {
  status?: number;
  body?: unknown;
  undo?: string;
}

type Run = (asked: Asked) => Answer;
export type Route = [method: string, path: RegExp, run: Run];

function row(asked: Asked): Row {
  const found = asked.world.rows.get(Number(asked.params[0]));
  if (!found) throw new Refusal(404, 'not_found', 'This conversation doesn’t exist.');
  return found;
}

/** A change with its inverse. */
function change(what: (asked: Asked) => Partial<Row>): Run {
  return (asked) => {
    const before = row(asked);
    const patch = what(asked);
    const after = asked.world.put({ ...before, ...patch }, null, 'conversation.changed');
    const back = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key as keyof Row]]));
    return { body: after, undo: asked.world.undoable(() => asked.world.put({ ...asked.world.rows.get(before.id)!, ...back }, null, 'conversation.changed')) };
  };
}

function page(rows: Row[], query: URLSearchParams): Answer {
  const from = Number(query.get('cursor') ?? 0);
  return { body: { items: rows.slice(from, from + 50), next: from + 50 < rows.length ? String(from + 50) : null } };
}

function search(asked: Asked): Answer {
  const text = (asked.query.get('q') ?? '').toLocaleLowerCase().trim();
  const hits: Hit[] = [];
  for (const customer of asked.world.customers.values()) {
    const address = customer.identities[0]?.value ?? '';
    if (`${customer.name} ${address}`.toLocaleLowerCase().includes(text)) hits.push({ kind: 'customer', customer: { id: customer.id, name: customer.name, address } });
  }
  for (const found of [...asked.world.rows.values()].sort((a, b) => b.last_activity_at.localeCompare(a.last_activity_at))) {
    const all = [found.subject, found.requester.name, `#${found.number}`, ...(asked.world.messages.get(found.id) ?? []).map((m) => m.text)];
    const where = all.find((part) => part.toLocaleLowerCase().includes(text));
    if (where === undefined) continue;
    const body = all.slice(3).find((part) => part.toLocaleLowerCase().includes(text)) ?? found.preview;
    const at = body.toLocaleLowerCase().indexOf(text);
    const snippet = at < 0 ? [{ text: body, hit: false }] : [
      { text: `${at > 40 ? '…' : ''}${body.slice(Math.max(0, at - 40), at)}`, hit: false },
      { text: body.slice(at, at + text.length), hit: true },
      { text: body.slice(at + text.length, at + 120), hit: false },
    ];
    hits.push({ kind: 'conversation', row: found, snippet });
  }
  const people = hits.filter((h) => h.kind === 'customer').slice(0, 3);
  // As the server does it: the conversation of this number comes first, and once more when the number stands in its words.
  const numbered: Hit[] = [...asked.world.rows.values()].filter((row) => row.number === Number(text.replace(/^#/, ''))).map((row) => ({ kind: 'conversation', row, snippet: [] }));
  return { body: { items: [...numbered, ...people, ...hits.filter((h) => h.kind === 'conversation').slice(0, 30)], next: null, partial: false } };
}

const empty: Answer = { status: 204 };

const routes: Route[] = [
  ['GET', /^session$/, ({ world }) => { if (!world.signedIn) throw new Refusal(401, 'unauthenticated', 'Sign in first.'); return { body: world.boot() }; }],
  ['POST', /^session$/, ({ world, body }) => { if (body.password === 'wrong') throw new Refusal(401, 'wrong_credentials', 'Address or password is wrong.'); world.signedIn = true; return { body: world.boot() }; }],
  ['DELETE', /^session$/, ({ world }) => { world.signedIn = false; return empty; }],
  ['POST', /^password-resets(\/.+)?$/, () => empty],
  ['GET', /^invitations\/(.+)$/, ({ params }) => { if (params[0] === 'old') throw new Refusal(404, 'token_invalid', 'This link is no longer valid.'); return { body: { email: 'deniz@lindenlark.example', workspace: 'Linden & Lark' } }; }],
  ['POST', /^invitations\/(.+)$/, ({ world }) => { world.signedIn = true; return { body: world.boot() }; }],
  ['GET', /^views$/, ({ world }) => ({ body: world.views() })],
  ['GET', /^conversations$/, ({ world, query }) => page(world.list((query.get('view') ?? 'all') as ViewId), query)],
  ['POST', /^conversations$/, ({ world, body }) => ({ status: 201, body: startConversation(world, body) })],
  ['GET', /^conversations\/by-number\/(\d+)$/, ({ world, params }) => {
    const found = [...world.rows.values()].find((r) => r.number === Number(params[0]));
    if (!found) throw new Refusal(404, 'not_found', 'This conversation doesn’t exist.');
    return { body: world.whole(found) };
  }],
  ['GET', /^conversations\/(\d+)$/, (asked) => ({ body: asked.world.whole(row(asked)) })],
  ['GET', /^conversations\/(\d+)\/messages$/, (asked) => {
    const end = Number(asked.query.get('cursor'));
    const from = Math.max(0, end - 30);
    return { body: { items: (asked.world.messages.get(row(asked).id) ?? []).slice(from, end), next: from > 0 ? String(from) : null } };
  }],
  ['POST', /^conversations\/(\d+)\/messages$/, (asked) => ({ status: 201, body: asked.body.channel === 'chat' ? asked.world.chat.answer(row(asked), String(asked.body.html), plain(String(asked.body.html))) : sendReply(asked.world, row(asked), asked.body) })],
  ['POST', /^conversations\/(\d+)\/notes$/, (asked) => ({ status: 201, body: sendNote(asked.world, row(asked), asked.body) })],
  ['PUT', /^conversations\/(\d+)\/status$/, change(({ body }) => ({ status: body.status as Row['status'] }))],
  ['PUT', /^conversations\/(\d+)\/assignment$/, change((asked) => ({ assignee_id: asked.body.assignee_id as number, team_id: asked.body.team_id as number, ...(asked.body.assignee_id && row(asked).status === 'new' ? { status: 'open' as const } : {}) }))],
  ['PUT', /^conversations\/(\d+)\/(priority|subject|type|tags|spam|due|fields)$/, change(({ body }) => body as Partial<Row>)],
  ['PUT', /^conversations\/(\d+)\/read$/, (asked) => { asked.world.put({ ...row(asked), unread: asked.body.message_id === null }, null, 'conversation.read'); return empty; }],
  ['DELETE', /^conversations\/(\d+)$/, change(() => ({ deleted: true }))],
  ['POST', /^conversations\/(\d+)\/restoration$/, change(() => ({ deleted: false }))],
  ['POST', /^conversations\/(\d+)\/join$/, (asked) => { const from = row(asked); asked.world.put({ ...from, status: 'closed' }, null, 'conversation.joined'); return { body: asked.world.rows.get(Number(asked.body.into)), undo: asked.world.undoable(() => asked.world.put({ ...asked.world.rows.get(from.id)!, status: from.status }, null, 'conversation.split')) }; }],
  ['PUT', /^conversations\/(\d+)\/draft$/, (asked) => { const draft = { to: null, cc: null, ...asked.body, updated_at: new Date().toISOString() } as Draft; asked.world.drafts.set(row(asked).id, draft); return { body: draft }; }],
  ['DELETE', /^conversations\/(\d+)\/draft$/, (asked) => { asked.world.drafts.delete(row(asked).id); return empty; }],
  ['GET', /^messages\/(\d+)\/original$/, ({ world, params }) => {
    const found = [...world.messages.values()].flat().find((m) => m.id === Number(params[0]));
    if (!found) throw new Refusal(404, 'raw_mail_missing', 'The mail is gone.');
    const from = found.recipients?.from?.address ?? '';
    const fields = [{ name: 'From', value: `${found.author.name} <${from}>` }, { name: 'Subject', value: 'Grüße ﷺ' }, { name: 'Date', value: 'Mon, 2 Mar 2026 09:00:00 +0000' }, { name: 'Received', value: `from mail.example by desk.example; ${'with a very long trace '.repeat(6)}` }];
    const text = `${fields.map((f) => `${f.name}: ${f.value}`).join('\n')}\n\n${found.text}\n<script>alert(1)</script>\n`;
    return { body: { received_at: found.created_at, size: text.length, sender: from, fields, text, cut: false } };
  }],
  ['POST', /^messages\/(\d+)\/withdrawal$/, ({ world, params }) => ({ body: withdraw(world, Number(params[0])) })],
  ['POST', /^messages\/(\d+)\/resend$/, ({ world, params }) => {
    const found = [...world.messages.values()].flat().find((m) => m.id === Number(params[0]));
    if (!found) throw new Refusal(404, 'not_found', 'This message doesn’t exist.');
    // What was put off is on its way again, and what it failed with stands until its end is known.
    const late = found.delivery?.state === 'queued' ? found.delivery : null;
    if (late && Date.parse(late.next_at ?? '') <= Date.now()) throw new Refusal(409, 'not_resendable', 'Only a message that failed can be sent again.');
    const sent: Message = { ...found, version: found.version + 1, delivery: late ? { ...late, next_at: new Date().toISOString() } : { state: 'delivered', hold_until: null, error: null, attempts: 2 } };
    world.putMessage(sent);
    return { body: sent };
  }],
  ['POST', /^undos\/(.+)$/, ({ world, params }) => { world.undos.get(params[0] ?? '')?.(); return empty; }],
  ['POST', /^uploads$/, ({ world, query, raw, type }) => {
    const id = world.next();
    const name = query.get('name') ?? 'file';
    world.files.set(String(id), { type, bytes: raw });
    return { status: 201, body: { id, name, type, size: raw.length, url: `/api/files/${id}/${encodeURIComponent(name)}` } };
  }],
  ['GET', /^customers$/, ({ world, query }) => {
    const q = (query.get('q') ?? '').toLocaleLowerCase();
    return { body: { items: [...world.customers.values()].filter((c) => `${c.name} ${c.identities[0]?.value ?? ''}`.toLocaleLowerCase().includes(q)).slice(0, 20), next: null } };
  }],
  ['PUT', /^customers\/(\d+)$/, ({ world, params, body }) => { const known = world.customers.get(Number(params[0]))!; const saved = { ...known, ...body, version: known.version + 1 }; world.customers.set(known.id, saved); return { body: saved }; }],
  ['GET', /^search$/, search],
];

export function answer(world: World, request: IncomingMessage, raw: Buffer, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://mock');
  const path = url.pathname.slice('/api/'.length);
  const file = /^files\/(\w+)\//.exec(path);
  const found = file && world.files.get(file[1] ?? '');
  if (found) {
    response.writeHead(200, { 'content-type': found.type, 'x-content-type-options': 'nosniff' }).end(found.bytes);
    return;
  }
  const type = request.headers['content-type'] ?? '';
  const seen = /^"(\d+)"$/.exec(request.headers['if-match'] ?? '');
  const version = seen ? Number(seen[1]) : null;
  const reply = (status: number, body: unknown, undo?: string) => {
    response.writeHead(status, { 'content-type': 'application/json', ...(undo ? { 'rapport-undo': undo } : {}) });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  };
  try {
    const open = /^(session|password-resets|invitations)\b/.test(path);
    if (!world.signedIn && !open) throw new Refusal(401, 'sign_in_first', 'Sign in first.');
    for (const [method, pattern, run] of [...trustRoutes, ...contactRoutes, ...routes, ...chatRoutes, ...houseRoutes]) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (!match) continue;
      const body = type.includes('json') && raw.length ? (JSON.parse(raw.toString()) as Record<string, unknown>) : {};
      const made = run({ world, params: match.slice(1), query: url.searchParams, body, raw, type, version });
      return reply(made.status ?? 200, made.body, made.undo);
    }
    throw new Refusal(404, 'not_found', 'There is nothing at this address.');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply(error.status, { error: { kind: 'invalid', code: error.code, message: error.message, present: error.present, fields: error.fields, request_id: 'mock' } });
  }
}
