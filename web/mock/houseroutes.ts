// The mock's answers for the settings of account, people, mail and workspace.
import type { Group, GroupKind, Mailbox, MailboxInput, OutgoingInput, Role } from '../src/api/house.ts';
import type { Manner, Place, Source } from '../src/api/mailin.ts';
import type { HouseMock } from './house.ts';
import { Refusal, type Route } from './routes.ts';
import { letterRoutes } from './letters.ts';
import { sendingRoutes } from './sending.ts';
import type { World } from './world.ts';

type Versioned = { version: number };

/** What a change answers to somebody who saw another state. */
function check(seen: number | null, present: Versioned): void {
  if (seen !== null && seen !== present.version) throw new Refusal(409, 'version_conflict', 'Somebody else has changed this meanwhile.', present);
}

const here = <T>(found: T | undefined, code: string): T => {
  if (found === undefined) throw new Refusal(404, code, 'This doesn’t exist.');
  return found;
};

function address(text: unknown, field: string, code: string): string {
  if (!/^\S+@\S+\.\S+$/.test(String(text))) throw new Refusal(400, code, 'This is no e-mail address.', undefined, { [field]: 'This is no e-mail address.' });
  return String(text);
}

const page = <T>(items: T[]) => ({ body: { items, next: null } });

const account: Route[] = [
  ['GET', /^profile$/, ({ world }) => ({ body: world.house.member(world.me.id) })],
  ['PUT', /^profile$/, ({ world, body, version }) => {
    const before = world.house.member(world.me.id)!;
    check(version, before);
    const { name, locale, time_zone } = before;
    return { body: world.house.saveMember(before.id, body), undo: world.undoable(() => world.house.saveMember(before.id, { name, locale, time_zone: time_zone ?? null })) };
  }],
  ['GET', /^profile\/notifications$/, ({ world }) => ({ body: world.house.notifications })],
  ['PUT', /^profile\/notifications$/, ({ world, body, version }) => {
    const before = world.house.notifications;
    check(version, before);
    world.house.notifications = { ...(body as unknown as typeof before), version: before.version + 1 };
    return { body: world.house.notifications, undo: world.undoable(() => (world.house.notifications = before)) };
  }],
  ['PUT', /^profile\/password$/, ({ body }) => {
    if (body.current === 'wrong') throw new Refusal(400, 'password_wrong', 'This is not your present password.', undefined, { current: 'This is not your present password.' });
    return { status: 204 };
  }],
  ['GET', /^sessions$/, ({ world }) => ({ body: world.house.sessions })],
  ['DELETE', /^sessions$/, ({ world }) => { world.house.sessions = world.house.sessions.filter((one) => one.current); return { status: 204 }; }],
  ['DELETE', /^sessions\/(\d+)$/, ({ world, params }) => { world.house.sessions = world.house.sessions.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
  ['GET', /^tokens$/, ({ world }) => ({ body: world.house.tokens })],
  ['POST', /^tokens$/, ({ world, body }) => {
    const id = world.next();
    world.house.tokens = [...world.house.tokens, { id, name: String(body.name), created_at: new Date().toISOString() }];
    return { status: 201, body: { id, token: 'rpt_Vx3mQ8tLr5Zk2Wn7Hc4Yd9Bs6Gj1Pf' } };
  }],
  ['DELETE', /^tokens\/(\d+)$/, ({ world, params }) => { world.house.tokens = world.house.tokens.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
];

const people: Route[] = [
  ['GET', /^agents$/, ({ world }) => page(world.agents.map((agent) => world.house.member(agent.id)))],
  ['PUT', /^agents\/(\d+)$/, ({ world, params, body, version }) => {
    const before = here(world.house.member(Number(params[0])), 'agent_not_found');
    check(version, before);
    const { role, active } = before;
    return { body: world.house.saveMember(before.id, body), undo: world.undoable(() => world.house.saveMember(before.id, { role, active })) };
  }],
  ['POST', /^invitations$/, ({ world, body }) => {
    const email = address(body.email, 'email', 'email_invalid');
    if (world.agents.some((agent) => agent.email === email)) throw new Refusal(409, 'email_taken', 'There is an agent with this address already.', undefined, { email: 'taken' });
    const id = world.next();
    world.house.pending = [{ id, email, name: String(body.name), role: String(body.role), created_at: new Date().toISOString(), expires_at: new Date(Date.now() + 7 * 86_400_000).toISOString() }, ...world.house.pending];
    return { status: 201, body: { id, email } };
  }],
  ['GET', /^pending-invitations$/, ({ world }) => page(world.house.pending)],
  ['DELETE', /^pending-invitations\/(\d+)$/, ({ world, params }) => { world.house.pending = world.house.pending.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
  ['GET', /^roles$/, ({ world }) => ({ body: { items: world.house.roles, grants: world.house.grants } })],
  ['POST', /^roles$/, ({ world, body }) => {
    if (world.house.roles.some((one) => one.name === body.name)) throw new Refusal(409, 'role_exists', 'There is a role with this name already.', undefined, { name: 'taken' });
    const made = { ...body, id: world.next(), built_in: false, version: 1 } as Role;
    world.house.roles = [...world.house.roles, made];
    return { status: 201, body: made };
  }],
  ['PUT', /^roles\/(\d+)$/, ({ world, params, body, version }) => {
    const before = here(world.house.roles.find((one) => one.id === Number(params[0])), 'role_not_found');
    check(version, before);
    const put = (role: Role) => (world.house.roles = world.house.roles.map((one) => (one.id === role.id ? role : one)));
    const after = { ...before, ...body, version: before.version + 1 };
    put(after);
    return { body: after, undo: world.undoable(() => put({ ...before, version: after.version + 1 })) };
  }],
];

const groupOf = (house: HouseMock, params: string[]): [GroupKind, Group] => {
  const kind = params[0] as GroupKind;
  return [kind, here(house.groups[kind].find((one) => one.id === Number(params[1])), `${kind.slice(0, -1)}_not_found`)];
};

function putGroup(world: World, kind: GroupKind, group: Group): Group {
  world.house.groups[kind] = world.house.groups[kind].map((one) => (one.id === group.id ? group : one));
  return group;
}

const groups: Route[] = [
  ['GET', /^(teams|brands)$/, ({ world, params }) => ({ body: world.house.groups[params[0] as GroupKind] })],
  ['POST', /^(teams|brands)$/, ({ world, params, body }) => {
    const kind = params[0] as GroupKind;
    if (world.house.groups[kind].some((one) => one.name === body.name)) throw new Refusal(409, `${kind.slice(0, -1)}_exists`, 'There is one with this name already.', undefined, { name: 'taken' });
    const made: Group = { id: world.next(), name: String(body.name), archived: false, version: 1 };
    world.house.groups[kind] = [...world.house.groups[kind], made];
    return { status: 201, body: made };
  }],
  ['PATCH', /^(teams|brands)\/(\d+)$/, ({ world, params, body, version }) => {
    const [kind, before] = groupOf(world.house, params);
    check(version, before);
    const after = putGroup(world, kind, { ...before, ...body, version: before.version + 1 });
    return { body: after, undo: world.undoable(() => putGroup(world, kind, { ...before, version: after.version + 1 })) };
  }],
  ['GET', /^(teams|brands)\/(\d+)\/members$/, ({ world, params }) => ({ body: { agent_ids: world.house.members.get(groupOf(world.house, params)[1].id) ?? [] } })],
  ['PUT', /^(teams|brands)\/(\d+)\/members$/, ({ world, params, body, version }) => {
    const [kind, group] = groupOf(world.house, params);
    check(version, group);
    const before = world.house.members.get(group.id) ?? [];
    const put = (ids: number[], at: number) => { world.house.members.set(group.id, ids); putGroup(world, kind, { ...group, version: at }); };
    put(body.agent_ids as number[], group.version + 1);
    return { body: { agent_ids: body.agent_ids }, undo: world.undoable(() => put(before, group.version + 2)) };
  }],
];

/** The password never leaves the house. */
const shown = (kept: NonNullable<HouseMock['outgoing']>) => ({ ...kept, password: undefined });

/** A mailbox on another server opens, unless its name or its password says otherwise; the password is kept to itself. */
function opened(body: Record<string, unknown>): { place: Omit<Place, 'password'>; manner: Manner } {
  const { place: { password, ...place }, manner } = body as unknown as { place: Place; manner: Manner };
  if (place.host.startsWith('nowhere')) throw new Refusal(503, 'source_unreachable', `${place.host} can't be reached on port ${place.port}.`, undefined, { host: 'unreachable' });
  if (password === 'wrong') throw new Refusal(503, 'source_login', `${place.host} refuses the user name or the password: [AUTHENTICATIONFAILED]`, undefined, { password: 'refused' });
  return { place, manner };
}

const mail: Route[] = [
  ['GET', /^mailboxes$/, ({ world }) => page(world.house.mailboxes)],
  ['GET', /^mailboxes\/(\d+)\/acknowledgement$/, ({ world, params }) => ({ status: 200, body: world.house.confirmations.get(Number(params[0])) ?? { mailbox_id: Number(params[0]), on: false, text: '', language: 'en', version: 0 } })],
  ['PUT', /^mailboxes\/(\d+)\/acknowledgement$/, ({ world, params, body }) => {
    const id = Number(params[0]);
    const before = world.house.confirmations.get(id);
    const made = { mailbox_id: id, on: Boolean(body.on), text: String(body.text ?? ''), language: String(body.language), version: (before?.version ?? 0) + 1 };
    world.house.confirmations.set(id, made);
    return { status: 200, body: made, undo: world.undoable(() => (before ? world.house.confirmations.set(id, before) : world.house.confirmations.delete(id))) };
  }],
  ['POST', /^mailboxes$/, ({ world, body }) => {
    const wanted = address(body.address, 'address', 'address_invalid');
    const before = world.house.mailboxes;
    if (before.some((one) => one.address === wanted)) throw new Refusal(409, 'mailbox_exists', 'This address is in use already.', undefined, { address: 'taken' });
    const made: Mailbox = { ...(body as unknown as MailboxInput), id: world.next(), address: wanted, version: 1, created_at: new Date().toISOString() };
    world.house.mailboxes = [...before, made];
    return { status: 201, body: made, undo: world.undoable(() => (world.house.mailboxes = before)) };
  }],
  ['PUT', /^mailboxes\/(\d+)$/, ({ world, params, body, version }) => {
    const before = here(world.house.mailboxes.find((one) => one.id === Number(params[0])), 'mailbox_not_found');
    check(version, before);
    const put = (mailbox: Mailbox) => (world.house.mailboxes = world.house.mailboxes.map((one) => (one.id === mailbox.id ? mailbox : one)));
    const after = { ...before, ...body, version: before.version + 1 };
    put(after);
    return { body: after, undo: world.undoable(() => put({ ...before, version: after.version + 1 })) };
  }],
  ['DELETE', /^mailboxes\/(\d+)$/, ({ world, params }) => {
    const before = world.house.mailboxes;
    world.house.mailboxes = before.filter((one) => one.id !== Number(params[0]));
    return { status: 204, undo: world.undoable(() => (world.house.mailboxes = before)) };
  }],
  ['GET', /^outgoing-mail$/, ({ world }) => {
    if (!world.house.outgoing) throw new Refusal(404, 'outgoing_not_set', 'No outgoing server is named.');
    return { body: shown(world.house.outgoing) };
  }],
  ['PUT', /^outgoing-mail$/, ({ world, body }) => {
    const input = body as unknown as OutgoingInput;
    const before = world.house.outgoing;
    const kept = before && before.host === input.host && before.username === input.username ? before.password : '';
    const password = input.password ?? kept;
    world.house.outgoing = { ...input, password, has_password: password !== '' };
    return { body: shown(world.house.outgoing) };
  }],
  ['POST', /^outgoing-mail\/test$/, ({ world, body }) => {
    address(body.to, 'to', 'address_invalid');
    const refused = world.house.outgoing?.host.startsWith('refusing');
    return { body: refused ? { fate: 'refused', said: '535 5.7.8 Authentication credentials invalid' } : { fate: 'taken', said: '250 2.0.0 Ok: queued as 4cXt1k2Tz9' } };
  }],
  ['GET', /^mailbox-health$/, ({ world }) => page(world.house.mailboxes.map((mailbox) => ({
    mailbox, source: world.house.sources.get(mailbox.id) ?? null, hook: world.house.hooks.get(mailbox.id) ?? null,
    unfetched: world.house.unfetched.filter((one) => one.mailbox_id === mailbox.id).length,
  })))],
  ['POST', /^mailboxes\/(\d+)\/source\/preview$/, ({ body }) => {
    const { manner } = opened(body);
    return { body: { folders: [{ name: 'INBOX', sent: false }, { name: 'Sent', sent: true }, { name: 'Archive', sent: false }], mails: 20_000, history: manner.history_days > 0 ? 412 : 0, tells: true } };
  }],
  ['PUT', /^mailboxes\/(\d+)\/source$/, ({ world, params, body }) => {
    const id = Number(params[0]);
    const { place, manner } = opened(body);
    const now = new Date().toISOString();
    const made: Source = { ...place, trusted_certificate: place.trusted_certificate ?? null, ...manner, mailbox_id: id, connected_at: now, version: (world.house.sources.get(id)?.version ?? 0) + 1, tried_at: now, fetched_at: now, newest_at: null, failing_since: null, error_code: null, error: null, waiting: 0 };
    world.house.sources.set(id, made);
    return { body: made };
  }],
  ['DELETE', /^mailboxes\/(\d+)\/source$/, ({ world, params }) => { world.house.sources.delete(Number(params[0])); return { status: 204 }; }],
  ['POST', /^mailboxes\/(\d+)\/source\/fetch$/, () => ({ status: 204 })],
  ['PUT', /^mailboxes\/(\d+)\/hook$/, ({ world, params, body }) => {
    const [id, signed] = [Number(params[0]), body.signed === true];
    world.house.hooks.set(id, { mailbox_id: id, created_at: new Date().toISOString(), used_at: null, signed });
    return { body: { key: 'q7mXl2', url: 'https://desk.lindenlark.example/api/mail/in/q7mXl2vT0pZc9dJr4sYbWn8hKfA1uEgOiRtPzQxLkMw', signing_key: signed ? 'Zr8uQ1yVb3kTnP5mXc0sHdL7wJ2fGaE9oRiUtYqKxMv' : null } };
  }],
  ['DELETE', /^mailboxes\/(\d+)\/hook$/, ({ world, params }) => { world.house.hooks.delete(Number(params[0])); return { status: 204 }; }],
  ['GET', /^unfetched$/, ({ world }) => page(world.house.unfetched)],
  ['POST', /^unfetched\/(\d+)\/retry$/, ({ world, params }) => { world.house.unfetched = world.house.unfetched.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
  ['DELETE', /^unfetched\/(\d+)$/, ({ world, params }) => { world.house.unfetched = world.house.unfetched.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
  ['DELETE', /^parked\/(\d+)$/, ({ world, params }) => { world.house.parked = world.house.parked.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
  ['GET', /^parked$/, ({ world }) => page(world.house.parked)],
  ['POST', /^parked\/(\d+)\/retry$/, ({ world, params }) => { world.house.parked = world.house.parked.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
];

const workspace: Route[] = [
  ['GET', /^workspace$/, ({ world }) => ({ body: world.house.workspace })],
  ['PATCH', /^workspace$/, ({ world, body, version }) => {
    const before = world.house.workspace;
    check(version, before);
    const after = { ...before, ...body, version: before.version + 1 };
    world.house.workspace = after;
    return { body: after, undo: world.undoable(() => (world.house.workspace = { ...before, version: after.version + 1 })) };
  }],
  ['GET', /^conversation-rules$/, ({ world }) => ({ body: world.house.rules })],
  ['PUT', /^conversation-rules$/, ({ world, body }) => {
    const before = world.house.rules;
    world.house.rules = body as never;
    return { body: world.house.rules, undo: world.undoable(() => (world.house.rules = before)) };
  }],
];

export const houseRoutes: Route[] = [...account, ...people, ...groups, ...mail, ...sendingRoutes, ...letterRoutes, ...workspace];
