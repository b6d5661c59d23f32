// The mock's contacts: logged by hand, forwarded, merged, blocked, and the judgement of recipients.
import type { Block, Logged, LoggedFirst } from '../src/api/contacts.ts';
import type { Address, Customer, Message, Recipient, Recipients, Row, Side, TimelineEntry } from '../src/api/types.ts';
import { Refusal, type Route } from './routes.ts';
import { hold, message, newCustomer, newRow, plain, recipients, US } from './writing.ts';
import type { World } from './world.ts';

type Asked = Parameters<Route[2]>[0];

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export class ContactsMock {
  sides = new Map<number, Side & { conversation: number }>();
  blocks: Block[] = [{ id: 88_301, kind: 'email', value: 'rudi@quengel.test', blocked_by: 101, created_at: new Date(Date.now() - 9 * 86_400_000).toISOString() }];
  merged = new Map<number, number>();
  timeline = new Map<number, TimelineEntry[]>();

  against(address: string): Block[] {
    return this.blocks.filter((block) => same(block.value, address) || (block.kind === 'domain' && address.endsWith(`@${block.value}`)));
  }

  blocked(customer: Customer | undefined): boolean {
    return customer?.identities.some((identity) => this.against(identity.value).length > 0) ?? false;
  }
}

function row({ world, params }: Asked): Row {
  const found = world.rows.get(Number(params[0]));
  if (!found) throw new Refusal(404, 'conversation_not_found', 'This conversation doesn’t exist.');
  return found;
}

function customer(world: World, id: unknown): Customer {
  const found = world.customers.get(world.contacts.merged.get(Number(id)) ?? Number(id));
  if (!found) throw new Refusal(404, 'customer_not_found', 'This customer doesn’t exist.');
  return found;
}

/** Puts a logged contact into its thread; gives back how to take it out. */
function log(world: World, found: Row, asked: Logged): { message: Message; undo: () => void } {
  const at = asked.occurred_at ?? new Date().toISOString();
  if (Date.parse(at) > Date.now() + 300_000) throw new Refusal(400, 'contact_in_future', 'This time hasn’t come yet.', undefined, { occurred_at: 'This time hasn’t come yet.' });
  const inward = asked.direction === 'in';
  const made: Message = {
    ...message(world, found, { ...asked }, 'message'),
    channel: asked.channel,
    direction: asked.direction,
    author: inward ? { kind: 'customer', id: found.requester.id, name: found.requester.name, verified: false } : { kind: 'agent', id: world.me.id, name: world.me.name, verified: true },
    contact: { occurred_at: at, duration_seconds: asked.duration_seconds ?? null, logged_by: world.me.id },
  };
  world.putMessage(made);
  const status = asked.then ?? (inward && ['pending', 'hold', 'solved'].includes(found.status) ? 'open' : !inward && found.status === 'new' ? 'open' : found.status);
  world.put({ ...found, status, preview: made.text.slice(0, 140), last_activity_at: made.created_at, last_author: inward ? 'customer' : 'agent' }, made, 'message.logged');
  world.contacts.timeline.set(found.requester.id, [{ id: made.id, at, kind: 'message', title: 'timeline-contact-logged', link: { conversation: found.id, number: found.number, channel: asked.channel, direction: asked.direction } }, ...(world.contacts.timeline.get(found.requester.id) ?? [])]);
  const undo = () => {
    world.messages.set(found.id, (world.messages.get(found.id) ?? []).filter((m) => m.id !== made.id));
    world.put({ ...world.rows.get(found.id)!, status: found.status }, { ...made, version: 2 }, 'message.withdrawn');
  };
  return { message: made, undo };
}

function logFirst({ world, body }: Asked): ReturnType<Route[2]> {
  const asked = body as unknown as LoggedFirst;
  const wanted = asked.requester as { id?: number; name?: string; phone?: string; email?: string; postal?: string };
  const value = wanted.phone ?? wanted.email ?? wanted.postal ?? '';
  const known = wanted.id ? customer(world, wanted.id) : [...world.customers.values()].find((one) => value !== '' && one.identities.some((i) => i.value === value));
  const who = known ?? newCustomer(world, value, wanted.name ?? '', wanted.phone ? 'phone' : wanted.email ? 'email' : 'postal');
  const subject = asked.subject ?? plain(asked.html).slice(0, 60);
  const made = newRow(world, who, { subject, channel: asked.channel, status: 'new', team_id: asked.team_id ?? null, assignee_id: asked.assignee_id ?? null });
  const logged = log(world, made, asked);
  const undo = world.undoable(() => world.put({ ...world.rows.get(made.id)!, deleted: true }, null, 'conversation.deleted'));
  return { status: 201, body: { id: made.id, number: made.number, message_id: logged.message.id }, undo };
}

function beside(world: World, found: Row, side: Side, body: Record<string, unknown>): Message {
  const ids = Array.isArray(body.message_ids) ? body.message_ids.map(Number) : [];
  const quoted = (world.messages.get(found.id) ?? []).filter((m) => ids.includes(m.id));
  if (quoted.some((m) => m.kind !== 'message')) throw new Refusal(400, 'quote_note', 'Notes are never forwarded.');
  const made: Message = {
    ...message(world, found, body, 'side'),
    side: { id: side.id, party: side.party },
    quoted_html: quoted.map((m) => m.html).join('') || null,
    recipients: { from: US, to: [side.party], cc: [], bcc: [] },
  };
  if (body.with_attachments !== false) made.attachments = [...made.attachments, ...quoted.flatMap((m) => m.attachments)];
  const held = hold(world, found, made, body.then as Row['status'] | undefined, 'side.held');
  if (side.party.address.startsWith('quick@')) setTimeout(() => third(world, found, side), 1500);
  return held;
}

/** A third party with nothing else to do answers at once. */
function third(world: World, found: Row, side: Side): void {
  const made: Message = {
    ...message(world, found, { html: '<p>The ring is in stock, we can send it today.</p>' }, 'side'),
    direction: 'in',
    author: { kind: 'third_party', id: null, name: side.party.name ?? side.party.address, verified: false },
    side: { id: side.id, party: side.party },
    recipients: { from: side.party, to: [US], cc: [], bcc: [] },
  };
  world.putMessage(made);
  world.put({ ...world.rows.get(found.id)!, status: 'open', unread: true, last_activity_at: made.created_at }, made, 'side.received');
}

function forward(asked: Asked): ReturnType<Route[2]> {
  const { world, body } = asked;
  const found = row(asked);
  const to = body.to as Address;
  if (same(to.address, found.requester.address ?? '')) throw new Refusal(400, 'side_to_customer', 'This address belongs to the customer.', undefined, { to: 'This address belongs to the customer.' });
  const side = { id: world.next(), party: { name: to.name ?? null, address: to.address }, subject: String(body.subject ?? `Fwd: ${found.subject}`), created_at: new Date().toISOString(), conversation: found.id };
  world.contacts.sides.set(side.id, side);
  return { status: 201, body: beside(world, found, side, body) };
}

/** The same judgement as the server's, in small. */
function judge(asked: Asked): Recipients {
  const found = row(asked);
  const { world, body } = asked;
  const proposed = recipients(world, found, body.audience === 'customer');
  const known = [...proposed.to, ...proposed.cc];
  const domain = (address: string) => address.split('@')[1] ?? '';
  const judged = (list: unknown, usual: Recipient[]): Recipient[] =>
    Array.isArray(list)
      ? list.map((address) => known.find((r) => same(r.address, String(address))) ?? { name: '', address: String(address), why: 'chosen', new: true, outside: domain(String(address)) !== domain(found.requester.address ?? '') })
      : usual;
  const to = judged(body.to, proposed.to);
  const cc = judged(body.cc, proposed.cc);
  const own = [...to, ...cc].find((r) => same(r.address, US.address));
  const problem = own ? { code: 'recipient_own', message: 'One of the addresses is our own.', field: 'to' } : null;
  return { ...proposed, to, cc, problem };
}

function merge({ world, params, body }: Asked): ReturnType<Route[2]> {
  const gone = customer(world, params[0]);
  const kept = customer(world, body.into);
  if (gone.id === kept.id) throw new Refusal(400, 'merge_itself', 'A customer can’t be merged with itself.');
  const moved = [...world.rows.values()].filter((r) => r.requester.id === gone.id);
  const whole: Customer = {
    ...kept, version: kept.version + 1, identities: [...kept.identities, ...gone.identities.map((i) => ({ ...i, primary: false }))],
    companies: [...kept.companies, ...gone.companies.filter((c) => !kept.companies.some((k) => k.id === c.id))],
    note: [kept.note, gone.note].filter(Boolean).join('\n\n'), merged: [...(kept.merged ?? []), { id: gone.id, name: gone.name }],
  };
  world.customers.set(kept.id, whole);
  world.contacts.merged.set(gone.id, kept.id);
  const give = (to: Customer) => moved.forEach((r) => world.put({ ...world.rows.get(r.id)!, requester: { ...r.requester, id: to.id, name: to.name } }, null, 'conversation.changed'));
  give(whole);
  const undo = world.undoable(() => {
    world.contacts.merged.delete(gone.id);
    world.customers.set(kept.id, kept);
    give(gone);
  });
  return { body: whole, undo };
}

function stop(world: World, values: { kind: string; value: string }[]): () => void {
  const made = values.map((one): Block => ({ id: world.next(), ...one, blocked_by: world.me.id, created_at: new Date().toISOString() }));
  if (made.length === 0) throw new Refusal(409, 'nothing_to_block', 'There is no address to block.');
  world.contacts.blocks = [...made, ...world.contacts.blocks];
  return () => { world.contacts.blocks = world.contacts.blocks.filter((block) => !made.includes(block)); };
}

function spamAndBlock(asked: Asked): ReturnType<Route[2]> {
  const { world, body } = asked;
  const found = row(asked);
  const address = found.requester.address ?? '';
  const back = stop(world, [body.domain ? { kind: 'domain', value: address.split('@')[1] ?? '' } : { kind: 'email', value: address }]);
  const after = world.put({ ...found, spam: true }, null, 'conversation.spam_changed');
  return { body: after, undo: world.undoable(() => { back(); world.put({ ...world.rows.get(found.id)!, spam: false }, null, 'conversation.spam_changed'); }) };
}

function setBlock({ world, params }: Asked): ReturnType<Route[2]> {
  const back = stop(world, customer(world, params[0]).identities.map(({ kind, value }) => ({ kind, value })));
  return { status: 204, undo: world.undoable(back) };
}

function dropBlock(world: World, gone: (block: Block) => boolean): ReturnType<Route[2]> {
  const before = world.contacts.blocks;
  world.contacts.blocks = before.filter((block) => !gone(block));
  return { status: 204, undo: world.undoable(() => { world.contacts.blocks = before; }) };
}

function paged<T>(all: T[], query: URLSearchParams, size = 10): { items: T[]; next: string | null } {
  const from = Number(query.get('cursor') ?? 0);
  return { items: all.slice(from, from + size), next: from + size < all.length ? String(from + size) : null };
}

const rowsOf = (world: World, id: number) => [...world.rows.values()].filter((r) => r.requester.id === id).sort((a, b) => b.last_activity_at.localeCompare(a.last_activity_at));

function timelineOf(world: World, id: number): TimelineEntry[] {
  const wrote = rowsOf(world, id).flatMap((r) => (world.messages.get(r.id) ?? []).filter((m) => m.direction === 'in' && m.kind === 'message' && !m.contact).map((m): TimelineEntry => ({ id: m.id, at: m.created_at, kind: 'message', title: 'timeline-message-received', link: { conversation: r.id, number: r.number, channel: m.channel } })));
  return [...(world.contacts.timeline.get(id) ?? []), ...wrote].sort((a, b) => b.at.localeCompare(a.at));
}

function panel({ world, params, query }: Asked): ReturnType<Route[2]> {
  const found = customer(world, params[0]);
  const rows = rowsOf(world, found.id).filter((r) => r.id !== Number(query.get('conversation')));
  return { body: { customer: found, blocked: world.contacts.blocked(found), local_time: null, conversations: paged(rows, query), timeline: paged(timelineOf(world, found.id), query) } };
}

export const contactRoutes: Route[] = [
  ['POST', /^conversations\/(\d+)\/contacts$/, (asked) => { const done = log(asked.world, row(asked), asked.body as unknown as Logged); return { status: 201, body: done.message, undo: asked.world.undoable(done.undo) }; }],
  ['POST', /^contacts$/, logFirst],
  ['POST', /^conversations\/(\d+)\/sides$/, forward],
  ['POST', /^sides\/(\d+)\/messages$/, ({ world, params, body }) => {
    const side = world.contacts.sides.get(Number(params[0]));
    if (!side) throw new Refusal(404, 'side_not_found', 'This doesn’t exist.');
    return { status: 201, body: beside(world, world.rows.get(side.conversation)!, side, body) };
  }],
  ['GET', /^conversations\/(\d+)\/recipients$/, (asked) => ({ body: recipients(asked.world, row(asked), asked.query.get('audience') === 'customer') })],
  ['POST', /^conversations\/(\d+)\/recipients$/, (asked) => ({ body: judge(asked) })],
  ['GET', /^customers\/(\d+)\/panel$/, panel],
  ['GET', /^customers\/(\d+)$/, ({ world, params }) => ({ body: customer(world, params[0]) })],
  ['GET', /^customers\/(\d+)\/timeline$/, ({ world, params, query }) => ({ body: paged(timelineOf(world, customer(world, params[0]).id), query) })],
  ['GET', /^customers\/(\d+)\/conversations$/, ({ world, params, query }) => ({ body: paged(rowsOf(world, customer(world, params[0]).id), query) })],
  ['POST', /^customers\/(\d+)\/merge$/, merge],
  ['POST', /^conversations\/(\d+)\/block$/, spamAndBlock],
  ['PUT', /^customers\/(\d+)\/block$/, setBlock],
  ['DELETE', /^customers\/(\d+)\/block$/, ({ world, params }) => { const values = customer(world, params[0]).identities.map((i) => i.value); return dropBlock(world, (block) => values.includes(block.value)); }],
  ['GET', /^blocks$/, ({ world, query }) => ({ body: paged(world.contacts.blocks, query) })],
  ['DELETE', /^blocks\/(\d+)$/, ({ world, params }) => dropBlock(world, (block) => block.id === Number(params[0]))],
];
