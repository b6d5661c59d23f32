// What a search found: each conversation and each customer once.
import { expect, test } from 'vitest';
import type { Hit, Row } from '~/api/types';
import { hitKey, once } from '~/sync/hits';

const conversation = (id: number, text = ''): Hit => ({ kind: 'conversation', row: { id, number: id + 100 } as Row, snippet: text ? [{ text, hit: true }] : [] });
const customer = (id: number): Hit => ({ kind: 'customer', customer: { id, name: 'June', address: 'june@example.org' } });

test('a conversation found by its number and by its words stands once, where it came first', () => {
  const found = once([conversation(1), conversation(2, '15 cups'), conversation(1, '#15')]);
  expect(found.map(hitKey)).toEqual(['c1', 'c2']);
});

test('a later page adds only what is new', () => {
  expect(once([conversation(1), customer(3), customer(3), conversation(1, 'again'), conversation(4)]).map(hitKey)).toEqual(['c1', 'p3', 'c4']);
});

test('a customer and a conversation of the same id are two', () => {
  expect(once([conversation(1), customer(1)])).toHaveLength(2);
});
