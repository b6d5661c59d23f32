// The languages say the same things, and every text that the code asks for exists.
import { readdirSync, readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';

const LOCALES = ['en', 'de', 'ar'];

function bundle(locale: string): FluentBundle {
  const made = new FluentBundle(locale);
  for (const part of ['desk', 'settings']) {
    // No key may stand in both: the second would be lost.
    expect(made.addResource(new FluentResource(readFileSync(`../locales/${locale}/${part}.ftl`, 'utf8')))).toEqual([]);
  }
  return made;
}

const keysOf = (locale: string) => [...bundle(locale)._messages.keys()].sort();

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts)$/.test(file))
  .map((file) => readFileSync(`src/${file}`, 'utf8'))
  .join('\n');

test('every language has the same keys as English', () => {
  for (const locale of LOCALES) expect(keysOf(locale), locale).toEqual(keysOf('en'));
});

test('every key that the code asks for by its whole name exists', () => {
  const known = new Set(keysOf('en'));
  const asked = [...source.matchAll(/\bt\(\s*'([a-z0-9_-]+)'/g), ...source.matchAll(/title: '([a-z0-9-]+)'/g)].map((m) => m[1] ?? '');
  expect(asked.length).toBeGreaterThan(100);
  expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
});

test('every key that the code builds from a known list exists', () => {
  const known = new Set(keysOf('en'));
  const lists: Record<string, string[]> = {
    status: ['new', 'open', 'pending', 'hold', 'solved', 'closed'],
    priority: ['low', 'normal', 'high', 'urgent', 'none'],
    view: ['mine', 'unassigned', 'all', 'solved'],
    empty: ['mine-title', 'mine-text', 'unassigned-title', 'unassigned-text', 'all-title', 'all-text', 'solved-title', 'solved-text'],
    delivery: ['held', 'queued', 'sending', 'delivered', 'failed', 'unknown'],
    draft: ['saving', 'saved', 'local'],
    mark: ['claimed-sender', 'not-participant', 'same-message-id', 'automatic'],
    send: ['only', 'pending', 'solved'],
    section: ['conversation', 'write', 'go', 'list', 'desk'],
    door: ['signin', 'forgot', 'reset', 'invitation'].flatMap((d) => ['title', 'text', 'button', 'done'].map((p) => `${d}-${p}`)),
  };
  const missing = Object.entries(lists).flatMap(([area, names]) => names.map((name) => `${area}-${name}`)).filter((key) => !known.has(key));
  expect(missing).toEqual([]);
});

test('no language leaves an argument out that English names', () => {
  const argumentsOf = (locale: string, key: string) => [...new Set(JSON.stringify(bundle(locale).getMessage(key)?.value).matchAll(/"type":"var","name":"(\w+)"/g))].map((m) => m[1]).sort();
  for (const key of keysOf('en')) {
    const wanted = [...new Set(argumentsOf('en', key))];
    for (const locale of LOCALES) expect([...new Set(argumentsOf(locale, key))], `${locale} ${key}`).toEqual(wanted);
  }
});
