// The languages say the same things, and every text that the code asks for exists.
import { readdirSync, readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';

const LOCALES = ['en', 'de', 'ar'];

/** The desk and the chat widget speak with words of their own. */
const FAMILIES = [
  { parts: ['desk', 'settings', 'setup', 'sending', 'contacts', 'mail', 'trust'], code: (file: string) => !file.startsWith('widget/') },
  { parts: ['widget', 'widget-more'], code: (file: string) => file.startsWith('widget/') },
];

function bundle(locale: string, parts = ['desk', 'settings', 'setup', 'sending', 'contacts', 'mail', 'trust']): FluentBundle {
  const made = new FluentBundle(locale);
  // No key may stand in two files of a family: the second would be lost.
  for (const part of parts) expect(made.addResource(new FluentResource(readFileSync(`../locales/${locale}/${part}.ftl`, 'utf8')))).toEqual([]);
  return made;
}

const keysOf = (locale: string, parts?: string[]) => [...bundle(locale, parts)._messages.keys()].sort();

const sourceOf = (wanted: (file: string) => boolean) =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|tsx?)$/.test(file) && wanted(file))
    .map((file) => readFileSync(`src/${file}`, 'utf8'))
    .join('\n');

test('every language has the same keys as English', () => {
  for (const { parts } of FAMILIES) for (const locale of LOCALES) expect(keysOf(locale, parts), locale).toEqual(keysOf('en', parts));
});

test('every key that the code asks for by its whole name exists', () => {
  for (const { parts, code } of FAMILIES) {
    const known = new Set(keysOf('en', parts));
    const source = sourceOf(code);
    const asked = [...source.matchAll(/\bt\(\s*'([a-z0-9_-]+)'/g), ...source.matchAll(/title: '([a-z0-9-]+)'/g)].map((m) => m[1] ?? '');
    expect(asked.length).toBeGreaterThan(40);
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
  }
});

test('every key that the code builds from a known list exists', () => {
  const known = new Set(keysOf('en'));
  const lists: Record<string, string[]> = {
    status: ['new', 'open', 'pending', 'hold', 'solved', 'closed'],
    priority: ['low', 'normal', 'high', 'urgent', 'none'],
    view: ['mine', 'unassigned', 'all', 'solved'],
    empty: ['mine-title', 'mine-text', 'unassigned-title', 'unassigned-text', 'all-title', 'all-text', 'solved-title', 'solved-text'],
    delivery: ['held', 'queued', 'sending', 'delivered', 'read', 'failed', 'unknown'],
    draft: ['saving', 'saved', 'local'],
    contact: ['in', 'out'].flatMap((d) => ['voice', 'walk-in', 'letter'].map((c) => `${d}-${c}`)),
    left: ['own_address', 'list', 'nobody_reads', 'too_many', 'twice', 'customer_only'],
    audience: ['everybody', 'customer'],
    start: ['by-email', 'by-voice', 'by-walk-in', 'by-letter'],
    block: ['email', 'phone', 'chat', 'social', 'postal', 'external', 'domain'],
    mark: ['other-sender', 'claimed-sender', 'not-participant', 'same-message-id', 'automatic'],
    send: ['only', 'pending', 'solved'],
    section: ['conversation', 'write', 'chat', 'go', 'list', 'desk'],
    door: ['signin', 'forgot', 'reset', 'invitation'].flatMap((d) => ['title', 'text', 'button', 'done'].map((p) => `${d}-${p}`)),
  };
  const missing = Object.entries(lists).flatMap(([area, names]) => names.map((name) => `${area}-${name}`)).filter((key) => !known.has(key));
  expect(missing).toEqual([]);
});

test('no language leaves an argument out that English names', () => {
  const bundles = new Map(FAMILIES.flatMap(({ parts }) => LOCALES.map((locale) => [`${locale} ${parts}` as string, bundle(locale, parts)] as const)));
  const argumentsOf = (family: string, key: string) => [...new Set([...JSON.stringify(bundles.get(family)?.getMessage(key)?.value).matchAll(/"type":"var","name":"(\w+)"/g)].map((m) => m[1]))].sort();
  for (const { parts } of FAMILIES) {
    for (const key of keysOf('en', parts)) {
      const wanted = argumentsOf(`en ${parts}`, key);
      for (const locale of LOCALES) expect(argumentsOf(`${locale} ${parts}`, key), `${locale} ${key}`).toEqual(wanted);
    }
  }
});
