// The desk's side of the mock's chat: queue, availability, settings, hours.
import type { ChatRow, WidgetInput } from '../src/api/chat.ts';
import { type Guest } from './chat.ts';
import { Refusal, type Route } from './routes.ts';
import type { World } from './world.ts';

function chatOf(world: World, id: string | undefined): { guest: Guest; chat: ChatRow } {
  const guest = world.chat.chats.get(Number(id));
  if (!guest?.chat) throw new Refusal(404, 'not_found', 'This chat doesn’t exist.');
  return { guest, chat: guest.chat };
}

const time = () => new Date().toISOString();

const change = (patch: (world: World, body: Record<string, unknown>) => Partial<ChatRow>, event: string) =>
  ({ world, params, body }: Parameters<Route[2]>[0]) => {
    const { guest, chat } = chatOf(world, params[0]);
    const before = { ...chat };
    const after = world.chat.changed(guest, patch(world, body), event);
    return { body: after, undo: world.undoable(() => world.chat.changed(guest, { state: before.state, taker_id: before.taker_id }, 'chat.changed')) };
  };

export const chatRoutes: Route[] = [
  ['GET', /^chat\/desk$/, ({ world }) => ({ body: { me: world.chat.me, agents: world.chat.agents(), chats: world.chat.rows(), rules: world.chat.rules } })],
  ['PUT', /^chat\/availability$/, ({ world, body }) => { world.chat.me = { ...world.chat.me, state: body.state as 'available' }; return { body: world.chat.me }; }],
  ['POST', /^chats\/(\d+)\/take$/, (asked) => {
    const { chat } = chatOf(asked.world, asked.params[0]);
    if (chat.preview.includes('already taken')) throw new Refusal(409, 'chat_taken', 'Somebody else has taken it.', asked.world.chat.changed(chatOf(asked.world, asked.params[0]).guest, { state: 'taken', taker_id: 102 }, 'chat.taken'));
    const made = change(() => ({ state: 'taken', taker_id: asked.world.me.id, taken_at: time() }), 'chat.taken')(asked);
    const row = asked.world.rows.get(chat.conversation_id);
    if (row) asked.world.put({ ...row, assignee_id: asked.world.me.id, status: 'open' }, null, 'conversation.assigned');
    return made;
  }],
  ['POST', /^chats\/(\d+)\/return$/, change(() => ({ state: 'waiting', taker_id: null, offered_to: [] }), 'chat.returned')],
  ['POST', /^chats\/(\d+)\/pass$/, change(() => ({ state: 'waiting', taker_id: null, offered_to: [] }), 'chat.passed')],
  ['POST', /^chats\/(\d+)\/end$/, change(() => ({ state: 'ended', ended_at: time() }), 'chat.ended')],
  ['POST', /^chats\/(\d+)\/typing$/, ({ world, params, body }) => { world.chat.tell(chatOf(world, params[0]).guest, { type: 'typing', on: body.on, name: 'Ann' }); return { status: 204 }; }],
  ['POST', /^chats\/(\d+)\/seen$/, ({ world, params, body }) => {
    const { guest } = chatOf(world, params[0]);
    guest.agentRead = Number(body.message_id);
    world.chat.tell(guest, { type: 'read', agent_read: guest.agentRead });
    return { status: 204 };
  }],
  ['GET', /^conversations\/(\d+)\/chat$/, ({ world, params }) => {
    const found = world.chat.of(Number(params[0]));
    if (!found) throw new Refusal(404, 'chat_none', 'There is no chat.');
    return { body: found };
  }],
  ['PUT', /^conversations\/(\d+)\/chat\/ban$/, ({ world, params }) => {
    const guest = [...world.chat.chats.values()].find((one) => one.chat?.conversation_id === Number(params[0]))!;
    guest.banned = true;
    return { status: 204, undo: world.undoable(() => (guest.banned = false)) };
  }],
  ['DELETE', /^conversations\/(\d+)\/chat\/ban$/, ({ world, params }) => {
    for (const guest of world.chat.chats.values()) if (guest.chat?.conversation_id === Number(params[0])) guest.banned = false;
    return { status: 204 };
  }],
  ['GET', /^chat\/widgets$/, ({ world }) => ({ body: { items: world.chat.widgets, next: null } })],
  ['POST', /^chat\/widgets$/, ({ world, body }) => { const made = world.chat.widget(String(body.name), `w${world.next()}`); world.chat.widgets.push(made); return { status: 201, body: made }; }],
  ['PUT', /^chat\/widgets\/(\d+)$/, ({ world, params, body }) => {
    const input = body as unknown as WidgetInput;
    const bad = input.origins.find((origin) => !/^https?:\/\/[^/]+$/.test(origin));
    if (bad) throw new Refusal(400, 'origin_invalid', 'An origin looks like https://shop.example.', undefined, { origins: bad });
    world.chat.widgets = world.chat.widgets.map((one) => (one.id === Number(params[0]) ? { ...one, ...input, version: one.version + 1 } : one));
    return { body: world.chat.widgets.find((one) => one.id === Number(params[0])) };
  }],
  ['DELETE', /^chat\/widgets\/(\d+)$/, ({ world, params }) => {
    const before = world.chat.widgets;
    world.chat.widgets = before.filter((one) => one.id !== Number(params[0]));
    return { status: 204, undo: world.undoable(() => (world.chat.widgets = before)) };
  }],
  ['POST', /^chat\/widgets\/(\d+)\/key$/, ({ world, params }) => {
    const key = `w${world.next()}`;
    world.chat.widgets = world.chat.widgets.map((one) => (one.id === Number(params[0]) ? { ...one, key, snippet: one.snippet.replace(one.key, key) } : one));
    return { body: world.chat.widgets.find((one) => one.id === Number(params[0])) };
  }],
  ['POST', /^chat\/widgets\/(\d+)\/secret$/, ({ world, params }) => {
    world.chat.widgets = world.chat.widgets.map((one) => (one.id === Number(params[0]) ? { ...one, has_secret: true } : one));
    return { body: { secret: 'rsk_7Qm2vT9xLd4Hn8Wc3Zp6Ks1Yb5Gf0Rj' } };
  }],
  ['DELETE', /^chat\/widgets\/(\d+)\/secret$/, ({ world, params }) => {
    world.chat.widgets = world.chat.widgets.map((one) => (one.id === Number(params[0]) ? { ...one, has_secret: false } : one));
    return { status: 204 };
  }],
  ['GET', /^chat\/rules$/, ({ world }) => ({ body: world.chat.rules })],
  ['PUT', /^chat\/rules$/, ({ world, body }) => {
    const before = world.chat.rules;
    world.chat.rules = body as never;
    return { body: world.chat.rules, undo: world.undoable(() => (world.chat.rules = before)) };
  }],
  ['GET', /^teams\/(\d+)\/hours$/, ({ world, params }) => ({ body: world.chat.hours.get(Number(params[0])) ?? { team_id: Number(params[0]), schedule: null, version: 1, open: true, next_open: null } })],
  ['PUT', /^teams\/(\d+)\/hours$/, ({ world, params, body }) => {
    const saved = { team_id: Number(params[0]), schedule: body.schedule as never, version: 2, open: true, next_open: null };
    world.chat.hours.set(saved.team_id, saved);
    return { body: saved };
  }],
];
