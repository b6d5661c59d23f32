// The pure rules behind the settings: steps, permissions, outgoing mail, devices.
import { expect, test } from 'vitest';
import { deviceName } from '../../src/desk/features/settings/account/device';
import { blank, losesPassword, portFor, toForm, toInput } from '../../src/desk/features/settings/email/outgoing';
import { folderLine, foldersIn } from '../../src/desk/features/settings/email/source';
import { gives, nouns, setNoun, setOne, share } from '../../src/desk/features/settings/people/roles';
import { type Facts, placeOf, steps } from '../../src/desk/features/settings/start/steps';

const empty: Facts = { mailboxes: 0, outgoing: undefined, tested: null, teams: [], hours: 0, agents: [{ active: true }], pending: [], widgets: 0 };
const stateOf = (facts: Partial<Facts>, id: string) => steps({ ...empty, ...facts }).find((step) => step.id === id)?.state;
const server = { host: 'mail.example', port: 587, security: 'starttls', username: 'ann', has_password: true, from: null, trusted_certificate: null } as const;

test('in an empty workspace every step is open', () => {
  expect(steps(empty).map((step) => step.state)).toEqual(Array(6).fill('open'));
});

test('what could not be asked is unknown, not open', () => {
  const unknown: Facts = { mailboxes: null, outgoing: null, tested: null, teams: null, hours: null, agents: null, pending: null, widgets: null };
  expect(new Set(steps(unknown).map((step) => step.state))).toEqual(new Set(['unknown']));
});

test('a test of outgoing mail stands for one server and one account', () => {
  expect(stateOf({ outgoing: server }, 'outgoing')).toBe('half');
  expect(stateOf({ outgoing: server, tested: placeOf(server) }, 'outgoing')).toBe('done');
  expect(stateOf({ outgoing: { ...server, host: 'other.example' }, tested: placeOf(server) }, 'outgoing')).toBe('half');
});

test('an archived team and a deactivated colleague do not count', () => {
  expect(stateOf({ teams: [{ archived: true }] }, 'team')).toBe('open');
  expect(stateOf({ agents: [{ active: true }, { active: false }] }, 'colleagues')).toBe('open');
  expect(stateOf({ pending: [{ id: 1 }] }, 'colleagues')).toBe('half');
  expect(stateOf({ agents: [{ active: true }, { active: true }] }, 'colleagues')).toBe('done');
});

const all = nouns(['team.create', 'conversation.reply', 'conversation.note', 'team.change', 'password.change']);
const conversation = all[0]!;

test('permissions are sorted by what they are about, without what is everybody’s own', () => {
  expect(all).toEqual([{ noun: 'conversation', names: ['conversation.note', 'conversation.reply'] }, { noun: 'team', names: ['team.change', 'team.create'] }]);
});

test('a pattern gives what it stands for, and nothing else', () => {
  expect(gives(['conversation.*'], 'conversation.reply')).toBe(true);
  expect(gives(['conversation.note'], 'conversation.reply')).toBe(false);
  expect(gives(['*'], 'team.create')).toBe(true);
  expect(share(['conversation.note'], conversation)).toBe('some');
  expect(share(['team.*'], conversation)).toBe('none');
});

test('taking one permission away keeps the others of its noun', () => {
  expect(setOne(['conversation.*', 'team.*'], all, conversation, 'conversation.note', false)).toEqual(['conversation.reply', 'team.*']);
  expect(setOne(['*'], all, conversation, 'conversation.note', false)).toEqual(['conversation.reply', 'team.*']);
  expect(setOne([], all, conversation, 'conversation.note', true)).toEqual(['conversation.note']);
});

test('a whole noun is given as a pattern, and taken with all its parts', () => {
  expect(setNoun(['conversation.note'], all, conversation, true)).toEqual(['conversation.*']);
  expect(setNoun(['conversation.note', 'team.create'], all, conversation, false)).toEqual(['team.create']);
  expect(setNoun(['*'], all, conversation, false)).toEqual(['team.*']);
});

test('for every choice of boxes the form shows what it will save', () => {
  for (const name of conversation.names) for (const before of [[], ['*'], ['conversation.*'], [name], ['conversation.gone']]) for (const on of [true, false]) {
    const after = setOne(before, all, conversation, name, on);
    expect(gives(after, name), `${before.join()} ${name} ${on}`).toBe(on);
    for (const other of conversation.names.filter((one) => one !== name)) expect(gives(after, other)).toBe(gives(before, other));
  }
});

test('an empty password field keeps the stored one, and only a wish forgets it', () => {
  const form = toForm(server);
  expect('password' in toInput(form)).toBe(false);
  expect(toInput({ ...form, forget: true }).password).toBe('');
  expect(toInput({ ...form, forget: true, password: 'new' }).password).toBe('new');
  expect(toInput({ ...form, username: '  ' }).username).toBeNull();
});

test('the port follows the protection until somebody chooses another', () => {
  expect(portFor('tls', { security: 'starttls', port: 587 })).toBe(465);
  expect(portFor('none', { security: 'tls', port: 465 })).toBe(25);
  expect(portFor('tls', { security: 'starttls', port: 2525 })).toBe(2525);
});

test('a stored password does not go to another server', () => {
  const kept = toForm(server);
  expect(losesPassword(kept, kept)).toBe(false);
  expect(losesPassword({ ...kept, host: 'other.example' }, kept)).toBe(true);
  expect(losesPassword({ ...kept, username: 'bo', password: 'typed' }, kept)).toBe(false);
  expect(losesPassword({ ...blank, host: 'x' }, blank)).toBe(false);
});

test('a browser is named as people know it', () => {
  expect(deviceName('Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0')).toBe('Firefox, Linux');
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0')).toBe('Edge, Windows');
  expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1')).toBe('Safari, iPhone');
  expect(deviceName('curl/8.5.0')).toBe('curl/8.5.0');
  expect(deviceName(' ')).toBeNull();
});

test('folders stand in one line and come out of it as they were, whatever their names are', () => {
  const table: [string, string[]][] = [
    ['INBOX', ['INBOX']],
    [' INBOX ,Sales/North, ', ['INBOX', 'Sales/North']],
    ['"Sales, North", INBOX', ['Sales, North', 'INBOX']],
    ['"the ""old"" one"', ['the "old" one']],
    ['never "closed, x', ['never "closed', 'x']],
    ['"Sales, North', ['"Sales', 'North']],
    ['', []],
  ];
  for (const [line, names] of table) expect(foldersIn(line), line).toEqual(names);
  for (const names of [['INBOX', 'Sales, North'], ['a "b", c', '"', ' led by a space', 'ends, "so"'], ['Größe, ﷺ']]) expect(foldersIn(folderLine(names))).toEqual(names);
});
