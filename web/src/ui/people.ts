// How a name becomes initials and a colour, for every script.

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function first(word: string | undefined): string {
  if (!word) return '';
  for (const { segment } of segments.segment(word)) return segment;
  return '';
}

/** Whether this is only the mark by which the chat knows somebody without a name; nobody should have to read it. */
export const isVisitorMark = (text: string) => /^(visitor|user)-[0-9a-f]{24}$/.test(text);

/** What somebody is called: by name, else by address; a visitor without either is a visitor. */
export function calledBy(name: string | null, address: string | null, visitor: string, unknown: string): string {
  const known = name || address || '';
  return isVisitorMark(known) ? visitor : known || unknown;
}

/** Two letters for alphabets, one sign for scripts whose names have no spaces. */
export function initialsOf(name: string): string {
  const words = name.replace(/[^\p{L}\p{N}\s@.-]/gu, ' ').split(/[\s@._-]+/).filter(Boolean);
  const one = first(words[0]);
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}]/u.test(one)) return one;
  const two = words.length > 1 ? first(words.at(-1)) : '';
  return (one + two).toLocaleUpperCase() || '?';
}

/** One of sixteen hues, by the sum of the name's characters. */
export function hueOf(name: string): number {
  let sum = 7;
  for (const c of name) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) % 9973;
  return (sum % 16) * 22.5;
}
