// Keys: single ones, chords and sequences.
import { expect, test } from 'vitest';
import { isChord, KeyReader, pressName } from '~/desk/keys';

const press = (key: string, rest: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...rest });

test('a press has one name, whatever the keyboard', () => {
  expect(pressName(press('j'))).toBe('j');
  expect(pressName(press('?', { shiftKey: true }))).toBe('?');
  expect(pressName(press('J', { shiftKey: true }))).toBe('J');
  expect(pressName(press('k', { ctrlKey: true }))).toBe('Ctrl+k');
  expect(pressName(press('k', { metaKey: true }))).toBe('Ctrl+k');
  expect(pressName(press('Enter', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Enter');
  expect(pressName(press(' '))).toBe('Space');
  expect(pressName(press('Shift', { shiftKey: true }))).toBeNull();
});

test('a sequence needs both keys in time', () => {
  const reader = new KeyReader();
  const bindings = new Set(['g i', 'g m', 'i', 'j']);
  expect(reader.read('g', bindings, 0)).toBeNull();
  expect(reader.waiting).toBe(true);
  expect(reader.read('i', bindings, 300)).toBe('g i');
  expect(reader.read('g', bindings, 1000)).toBeNull();
  expect(reader.read('i', bindings, 9000)).toBe('i');
});

test('a wrong second key counts as itself', () => {
  const reader = new KeyReader();
  const bindings = new Set(['g i', 'j']);
  reader.read('g', bindings, 0);
  expect(reader.read('j', bindings, 100)).toBe('j');
  expect(reader.waiting).toBe(false);
});

test('an unknown key clears what was begun', () => {
  const reader = new KeyReader();
  const bindings = new Set(['g i']);
  reader.read('g', bindings, 0);
  expect(reader.read('q', bindings, 10)).toBeNull();
  expect(reader.read('i', bindings, 20)).toBeNull();
});

test('chords are told from single keys', () => {
  expect([isChord('Ctrl+k'), isChord('k'), isChord('Escape')]).toEqual([true, false, false]);
});
