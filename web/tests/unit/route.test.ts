// Addresses: every screen has one, and reading it back gives the screen.
import { expect, test } from 'vitest';
import { href, isOutside, parse, type Route } from '~/desk/route';

const routes: Route[] = [
  { at: 'view', view: 'mine', number: null },
  { at: 'view', view: 'solved', number: 4170 },
  { at: 'search', query: 'äöü & café #12', number: null },
  { at: 'search', query: 'a+b', number: 7 },
  { at: 'new' },
  { at: 'preferences' },
  { at: 'signin' },
  { at: 'forgot' },
  { at: 'reset', token: 'a/b c' },
  { at: 'invitation', token: 'xyz' },
];

test('every route survives the way to an address and back', () => {
  for (const route of routes) {
    const [path = '', search = ''] = href(route).split('?');
    expect(parse(path, search && `?${search}`), href(route)).toEqual(route);
  }
});

test('the bare desk is the agent’s own list', () => {
  expect(parse('/desk')).toEqual({ at: 'view', view: 'mine', number: null });
  expect(parse('/desk/')).toEqual({ at: 'view', view: 'mine', number: null });
});

test('numbers that are none are not taken for one', () => {
  for (const bad of ['0', '-1', '1.5', 'x', '99999999999999999999']) expect(parse(`/desk/all/${bad}`)).toEqual({ at: 'view', view: 'all', number: null });
});

test('unknown places are lost, not guessed', () => {
  for (const path of ['/desk/nowhere', '/desk/reset', '/elsewhere', '/desk/conversations/x']) expect(parse(path).at, path).toBe('lost');
});

test('only the door is open without a session', () => {
  expect(routes.filter(isOutside).map((r) => r.at)).toEqual(['signin', 'forgot', 'reset', 'invitation']);
});
