// The frame's words: one language at a time, already compiled.
import type { Compiled } from '../../../build/words';

const files = import.meta.glob<Record<string, Compiled>>('../../../../locales/*/{widget,widget-more}.ftl', { query: '?compiled', import: 'default' });

export type Args = Record<string, string | number>;

let words: Record<string, Compiled> = {};
export let tag = 'en';
/** The same language as the visitor writes its dates. */
export let region = 'en';

/** The first of the wanted languages that there are words for. */
export function pick(wanted: readonly string[]): string {
  for (const one of wanted) {
    const found = ['en', 'de', 'ar'].find((known) => one.toLowerCase().split('-')[0] === known);
    if (found) return found;
  }
  return 'en';
}

async function bring(part: string): Promise<void> {
  words = { ...words, ...(await files[`../../../../locales/${tag}/${part}.ftl`]?.()) };
}

/** The words of the parts that are seldom needed. */
export const speakMore = (): Promise<void> => bring('widget-more');

export async function speak(wanted: readonly string[]): Promise<void> {
  tag = pick(wanted);
  region = navigator.languages.find((one) => one.toLowerCase().split('-')[0] === tag) ?? tag;
  await bring('widget');
  document.documentElement.lang = tag;
  document.documentElement.dir = tag === 'ar' ? 'rtl' : 'ltr';
}

/** Fills a text's places; words that run against the sentence are set apart, so that they turn nothing round. */
export function fill(pattern: Compiled, args: Args, language: string): string {
  let text = typeof pattern === 'string' ? pattern : '';
  if (typeof pattern !== 'string') {
    const form = new Intl.PluralRules(language).select(Number(args[pattern[0]]));
    text = pattern[1][form] ?? pattern[1].other ?? '';
  }
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = args[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString(language) : `\u2068${value}\u2069`;
  });
}

export function t(id: string, args: Args = {}): string {
  return fill(words[id] ?? id, args, tag);
}

export function said(code: string): string {
  return t(words[`error-${code}`] ? `error-${code}` : 'error');
}
