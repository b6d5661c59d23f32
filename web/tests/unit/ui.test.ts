// Small pure parts of the interface: long lists, names, choices, addresses, drafts.
import { expect, test } from 'vitest';
import { isAddress, splitAddresses } from '../../src/desk/write/addresses';
import { type Kept, kept, newer } from '~/desk/features/composer/drafts';
import { isolated, pseudo } from '~/text/text.svelte';
import { matches } from '~/ui/choices';
import { unstyled } from '~/ui/foreign';
import { calledBy, initialsOf } from '~/ui/people';
import { reveal, span } from '~/ui/virtual';

test('only the rows in sight and a few more are drawn', () => {
  const seen = span(10_000, 68, 68 * 500, 900);
  expect(seen.from).toBe(494);
  expect(seen.to).toBe(520);
  expect(seen.offset).toBe(494 * 68);
  expect(seen.total).toBe(680_000);
});

test('every visible row is drawn at every scroll position', () => {
  for (let top = -50; top < 4000; top += 37) {
    const seen = span(40, 68, top, 700);
    const first = Math.max(0, Math.floor(Math.min(top, 40 * 68 - 700) / 68));
    expect(seen.from).toBeLessThanOrEqual(Math.max(0, first));
    expect(seen.to).toBeGreaterThanOrEqual(Math.min(40, first + Math.ceil(700 / 68)));
    expect(seen.from).toBeGreaterThanOrEqual(0);
    expect(seen.to).toBeLessThanOrEqual(40);
  }
});

test('an empty list draws nothing', () => {
  expect(span(0, 68, 0, 700)).toEqual({ from: 0, to: 0, offset: 0, total: 0 });
});

test('a row comes into sight with the least movement', () => {
  expect(reveal(0, 50, 120, 300)).toBe(0);
  expect(reveal(5, 50, 100, 300)).toBe(100);
  expect(reveal(9, 50, 100, 300)).toBe(200);
});

test('names of every script have initials', () => {
  expect(['Ann Becker', 'Deniz Aydın', '佐藤 美咲', 'ليلى المنصوري', 'tom.whitaker@fastmail.example', '김서연', '', '👩‍🚀 Zoe'].map(initialsOf)).toEqual(['AB', 'DA', '佐', 'ل', 'TE', '김', '?', 'Z']);
});

test('typed letters find by the beginning of words, without accents', () => {
  expect(matches({ label: 'Deniz Aydın' }, 'de ay')).toBe(true);
  expect(matches({ label: 'Étienne Girard' }, 'etie')).toBe(true);
  expect(matches({ label: 'Bo Lindqvist' }, 'qv')).toBe(false);
  expect(matches({ label: 'Bo Lindqvist' }, '')).toBe(true);
});

test('pasted addresses are taken apart and slips are caught', () => {
  expect(splitAddresses('Ann <ann@x.example>, bo@y.example;\n carla@z.example ')).toEqual(['ann@x.example', 'bo@y.example', 'carla@z.example']);
  expect(['a@b.example', 'jürgen@straße.example'].every(isAddress)).toBe(true);
  expect(['a', 'a@b', 'a b@c.example', '<x>@y.example', 'a@b.c'].some(isAddress)).toBe(false);
});

test('the younger draft wins, and an empty one is none', () => {
  const draft = (html: string, updated_at: string): Kept => ({ mode: 'reply', html, to: null, cc: null, updated_at });
  expect(newer(draft('old', '2026-01-01'), draft('new', '2026-01-02'))?.html).toBe('new');
  expect(newer(draft('', '2026-01-03'), draft('kept', '2026-01-02'))?.html).toBe('kept');
  expect(newer(null, null)).toBeNull();
});

test('a draft from the server is kept by its addresses', () => {
  const found = kept({ mode: 'reply', html: 'x', to: [{ name: 'Marta', address: 'm@x.example' }], cc: null, updated_at: '2026-01-01' });
  expect(found).toEqual({ mode: 'reply', html: 'x', to: ['m@x.example'], cc: null, updated_at: '2026-01-01' });
});

test('style attributes are put away in tags and nowhere else', () => {
  expect(unstyled('<p style="color:red" class="a">a style="b" <b STYLE=x>c</b></p>')).toBe('<p data-style="color:red" class="a">a style="b" <b data-style=x>c</b></p>');
});

test('only words that run against the sentence are isolated', () => {
  expect(isolated({ name: 'Ann', n: 3 }, false)).toEqual({ name: 'Ann', n: 3 });
  expect(isolated({ name: 'ليلى' }, false)).toEqual({ name: '\u2068ليلى\u2069' });
  expect(isolated({ name: 'Ann', hour: '12:30' }, true)).toEqual({ name: '\u2068Ann\u2069', hour: '12:30' });
});

test('the pseudo language is longer and still readable', () => {
  const made = pseudo('Reply to');
  expect(made.length).toBeGreaterThan('Reply to'.length);
  expect(made).not.toContain('Reply');
});

test('a visitor without a name is called a visitor, never by the mark of the chat', () => {
  const mark = 'visitor-b49fa11a8eaac798f22b4817';
  expect(calledBy('', mark, 'Visitor', 'Unknown')).toBe('Visitor');
  expect(calledBy(mark, null, 'Visitor', 'Unknown')).toBe('Visitor');
  expect(calledBy('Ann', mark, 'Visitor', 'Unknown')).toBe('Ann');
  expect(calledBy('', 'visitor-1@shop.example', 'Visitor', 'Unknown')).toBe('visitor-1@shop.example');
  expect(calledBy('', null, 'Visitor', 'Unknown')).toBe('Unknown');
});
