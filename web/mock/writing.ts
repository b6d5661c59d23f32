// What the mock does when something is written: hold, deliver, take back, begin.
import type { Customer, Draft, Message, Recipients, Row, Started } from '../src/api/types.ts';
import { Refusal } from './routes.ts';
import { HOLD, type World } from './world.ts';

export const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();

export const US = { name: 'Linden & Lark', address: 'hello@lindenlark.example' };

export function recipients(world: World, row: Row, only = false): Recipients {
  const last = (world.messages.get(row.id) ?? []).findLast((m) => m.direction === 'in' && m.kind === 'message');
  const cc = last?.recipients?.cc ?? [];
  return {
    channel: 'email',
    from: US,
    to: [{ name: row.requester.name, address: row.requester.address ?? '', why: 'wrote_last', new: false, outside: false }],
    cc: only ? [] : cc.map((a, i) => ({ ...a, why: 'was_copied', new: i > 0, outside: i > 0 })),
    left_out: [...(only ? cc.map((a) => ({ address: a.address, why: 'customer_only' })) : []), ...(row.number % 5 === 0 ? [{ address: US.address, why: 'own_address' }] : [])],
    problem: null,
  };
}

export function message(world: World, row: Row, body: Record<string, unknown>, kind: Message['kind']): Message {
  const html = String(body.html ?? '');
  const ids = Array.isArray(body.upload_ids) ? body.upload_ids.map(Number) : [];
  return {
    id: world.next(),
    conversation_id: row.id,
    kind,
    direction: 'out',
    channel: kind === 'note' ? 'note' : 'email',
    author: { kind: 'agent', id: world.me.id, name: world.me.name, verified: true },
    html,
    text: plain(html),
    quoted_html: null,
    attachments: ids.map((id) => ({ id, name: `upload-${id}`, type: world.files.get(String(id))?.type ?? '', size: world.files.get(String(id))?.bytes.length ?? 0, url: `/api/files/${id}/file`, inline: false })),
    recipients: null,
    delivery: null,
    marks: [],
    repeats: 0,
    mentions: Array.isArray(body.mentions) ? body.mentions.map(Number) : [],
    created_at: new Date().toISOString(),
    version: 1,
  };
}

export function sendNote(world: World, row: Row, body: Record<string, unknown>): Message {
  const made = message(world, row, body, 'note');
  world.putMessage(made);
  world.put(row, made, 'note.written');
  return made;
}

export function sendReply(world: World, row: Row, body: Record<string, unknown>): Message {
  const to = recipients(world, row, body.audience === 'customer');
  const addresses = (list: unknown, usual: { name: string | null; address: string }[]) => (Array.isArray(list) ? list.map((address) => ({ name: usual.find((u) => u.address === address)?.name ?? null, address: String(address) })) : usual);
  const made: Message = { ...message(world, row, body, 'message'), recipients: { from: US, to: addresses(body.to, to.to), cc: addresses(body.cc, to.cc), bcc: [] } };
  return hold(world, row, made, body.then as Row['status'] | undefined, 'message.held');
}

/** Keeps a message back for the seconds in which it can be undone. */
export function hold(world: World, row: Row, written: Message, then: Row['status'] | undefined, event: string): Message {
  const made: Message = {
    ...written,
    delivery: { state: 'held', hold_until: new Date(Date.now() + HOLD * 1000).toISOString(), error: null, attempts: 0 },
  };
  world.putMessage(made);
  world.drafts.delete(row.id);
  const status = then ?? (row.status === 'new' ? 'open' : row.status);
  world.put({ ...row, status, preview: made.text.slice(0, 140), last_author: 'agent', last_activity_at: made.created_at, unread: false }, made, event);
  const timer = setTimeout(() => deliver(world, made), HOLD * 1000);
  world.held.set(made.id, { message: made, status: row.status, timer });
  return made;
}

function deliver(world: World, held: Message): void {
  world.held.delete(held.id);
  const step = (state: 'sending' | 'delivered', version: number) => {
    const next: Message = { ...held, version, delivery: { state, hold_until: null, error: null, attempts: 1 } };
    world.putMessage(next);
    const row = world.rows.get(held.conversation_id);
    if (row) world.put(row, next, `message.${state}`);
  };
  step('sending', 2);
  setTimeout(() => step('delivered', 3), 1_200);
}

export function withdraw(world: World, id: number): Draft {
  const held = world.held.get(id);
  if (!held) throw new Refusal(409, 'already_sent', 'The message is already on its way.');
  clearTimeout(held.timer);
  world.held.delete(id);
  const { message } = held;
  const all = world.messages.get(message.conversation_id) ?? [];
  world.messages.set(message.conversation_id, all.filter((m) => m.id !== id));
  const side = message.kind === 'side';
  const draft: Draft = { mode: side ? 'side' : 'reply', html: message.html, to: side ? (message.recipients?.to ?? null) : null, cc: null, attachments: message.attachments, updated_at: new Date().toISOString() };
  world.drafts.set(message.conversation_id, draft);
  const row = world.rows.get(message.conversation_id);
  if (row) world.put({ ...row, status: held.status }, { ...message, version: 2, delivery: { state: 'withdrawn', hold_until: null, error: null, attempts: 0 } }, 'message.withdrawn');
  return draft;
}

export function startConversation(world: World, body: Record<string, unknown>): Started {
  const asked = body.requester as { id?: number; name?: string; address?: string };
  const customer = (asked.id ? world.customers.get(asked.id) : undefined) ?? newCustomer(world, asked.address ?? '', asked.name ?? '');
  const row = newRow(world, customer, { subject: String(body.subject), channel: 'email', status: 'open', team_id: (body.team_id as number | undefined) ?? null, assignee_id: (body.assignee_id as number | undefined) ?? null });
  sendReply(world, row, body);
  return { id: row.id, number: row.number };
}

export function newRow(world: World, customer: Customer, more: Pick<Row, 'subject' | 'channel' | 'status' | 'team_id' | 'assignee_id'>): Row {
  const id = world.next();
  const number = Math.max(...[...world.rows.values()].map((r) => r.number)) + 1;
  const now = new Date().toISOString();
  const row: Row = {
    ...more, id, number, version: 1, spam: false, priority: null, type: null, brand_id: 1,
    requester: { id: customer.id, name: customer.name, address: customer.identities[0]?.value ?? '', verified: false },
    preview: '', last_author: 'agent', unread: false, tags: [], due_at: null, created_at: now, last_activity_at: now, deleted: false,
  };
  world.rows.set(id, row);
  return row;
}

export function newCustomer(world: World, address: string, name = '', kind = 'email'): Customer {
  const made: Customer = {
    id: world.next(), name: name || (address.split('@')[0] ?? address), version: 1, language: null, time_zone: null, preferred_channel: null, note: '', tags: [], attributes: {},
    identities: [{ id: world.next(), kind, value: address, verified: false, primary: true }], companies: [], created_at: new Date().toISOString(),
  };
  world.customers.set(made.id, made);
  return made;
}
