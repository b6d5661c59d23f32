// Turns a Fluent file into a small object at build time, so that the widget carries no parser.
import { readFileSync } from 'node:fs';
import { FluentResource } from '@fluent/bundle';
import type { Plugin } from 'vite';

/** A text with `{name}` places, or the name that chooses a plural form and the forms. */
export type Compiled = string | [choice: string, forms: Record<string, string>];

type Element = string | { type: string; name?: string; selector?: Element; variants?: { key: { value: string | number }; value: Pattern }[] };
type Pattern = string | Element[];

function flat(pattern: Pattern): string {
  if (typeof pattern === 'string') return pattern;
  return pattern.map((part) => (typeof part === 'string' ? part : part.type === 'var' ? `{${part.name}}` : fail(part))).join('');
}

function fail(part: unknown): never {
  throw new Error(`The widget's words know arguments and plurals of a whole text, not ${JSON.stringify(part)}.`);
}

function one(pattern: Pattern): Compiled {
  const only = Array.isArray(pattern) && pattern.length === 1 ? pattern[0] : undefined;
  if (typeof only !== 'object' || only.type !== 'select') return flat(pattern);
  const chosen = only.selector;
  if (typeof chosen !== 'object' || chosen.type !== 'var') return fail(only);
  return [chosen.name ?? '', Object.fromEntries((only.variants ?? []).map((variant) => [String(variant.key.value), flat(variant.value)]))];
}

/** The texts of a Fluent file whose id begins with a word; without one, all but the launcher's, which the loader has. */
export function compile(source: string, prefix = ''): Record<string, Compiled> {
  const body = new FluentResource(source).body as { id: string; value: Pattern | null }[];
  return Object.fromEntries(body.filter((entry) => entry.value !== null && (prefix ? entry.id.startsWith(prefix) : !entry.id.startsWith('launcher-'))).map((entry) => [entry.id, one(entry.value ?? '')]));
}

/** `file.ftl?compiled` is a module of the frame's texts; `file.ftl?compiled=launcher` of those whose id begins so. */
export function compiledWords(): Plugin {
  return {
    name: 'compiled-words',
    enforce: 'pre',
    load(id) {
      const found = /^(.*\.ftl)\?compiled(?:=(\w+))?$/.exec(id);
      if (!found) return null;
      this.addWatchFile(found[1] ?? '');
      return `export default ${JSON.stringify(compile(readFileSync(found[1] ?? '', 'utf8'), found[2]))}`;
    },
  };
}
