// What a role may do: patterns over the names of permissions, and how a form changes them.

export interface Noun {
  noun: string;
  names: string[];
}

/** What concerns only oneself is everybody's, so no role has to give it. */
const OWN: ReadonlySet<string> = new Set(['profile', 'password', 'session']);

/** Permissions by what they are about: `conversation.reply` is about `conversation`. */
export function nouns(grants: readonly string[]): Noun[] {
  const by = new Map<string, string[]>();
  for (const name of [...grants].sort()) {
    const noun = name.split('.')[0] ?? name;
    if (OWN.has(noun)) continue;
    by.set(noun, [...(by.get(noun) ?? []), name]);
  }
  return [...by].map(([noun, names]) => ({ noun, names }));
}

/** Whether patterns give a permission. */
export function gives(patterns: readonly string[], name: string): boolean {
  return patterns.includes('*') || patterns.includes(name) || patterns.includes(`${name.split('.')[0] ?? ''}.*`);
}

/** How much of a noun is given. */
export function share(patterns: readonly string[], { noun, names }: Noun): 'all' | 'some' | 'none' {
  if (patterns.includes('*') || patterns.includes(`${noun}.*`)) return 'all';
  return names.some((name) => patterns.includes(name)) ? 'some' : 'none';
}

/** Everything, said noun by noun, so that single ones can be taken away. */
const spread = (patterns: readonly string[], all: readonly Noun[]) => (patterns.includes('*') ? all.map(({ noun }) => `${noun}.*`) : [...patterns]);

const without = (patterns: readonly string[], { noun, names }: Noun) => patterns.filter((one) => one !== `${noun}.*` && !names.includes(one));

/** Gives or takes all of a noun, with what a later version adds to it. */
export function setNoun(patterns: readonly string[], all: readonly Noun[], noun: Noun, on: boolean): string[] {
  const rest = without(spread(patterns, all), noun);
  return on ? [...rest, `${noun.noun}.*`].sort() : rest;
}

/** Gives or takes one permission; the others of its noun stay as they are. */
export function setOne(patterns: readonly string[], all: readonly Noun[], noun: Noun, name: string, on: boolean): string[] {
  const given = noun.names.filter((one) => (one === name ? on : gives(patterns, one)));
  return [...without(spread(patterns, all), noun), ...given].sort();
}
