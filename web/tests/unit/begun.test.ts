// What was begun in a form comes back in this tab, also where the browser keeps nothing.
import { afterEach, expect, test, vi } from 'vitest';
import { begun, keepBegun } from '../../src/desk/write/begun';

function shelf(): Storage {
  const held = new Map<string, string>();
  return { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key), key: (i: number) => [...held.keys()][i] ?? null } as Storage;
}

afterEach(() => vi.unstubAllGlobals());

test('what was begun comes back under its name alone, and is gone once it is sent', () => {
  const kept = shelf();
  vi.stubGlobal('sessionStorage', kept);
  keepBegun('1.beside.5.0', { html: '<p>Do you have it?</p>' });
  expect(begun('1.beside.5.0')).toEqual({ html: '<p>Do you have it?</p>' });
  expect(begun('2.beside.5.0')).toBeNull();
  // The one that signing out clears.
  expect(kept.key(0)).toMatch(/^rapport\.draft\./);
  keepBegun('1.beside.5.0', null);
  expect(begun('1.beside.5.0')).toBeNull();
  expect(kept.key(0)).toBeNull();
});

test('a browser that refuses storage still has it until the page goes', () => {
  const refuse = () => {
    throw new Error('refused');
  };
  vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  keepBegun('1.start.email.0', { subject: 'Loan machine' });
  expect(begun('1.start.email.0')).toEqual({ subject: 'Loan machine' });
  keepBegun('1.start.email.0', null);
  expect(begun('1.start.email.0')).toBeNull();
});
