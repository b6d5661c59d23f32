// One line to choose, and how typed letters find it.

export interface Choice<T> {
  id: string;
  label: string;
  value: T;
  group?: string;
  /** Further words to find it by. */
  also?: string;
  picked?: boolean;
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Every typed word must begin some word of the choice. */
export function matches(choice: { label: string; also?: string }, query: string): boolean {
  const text = ` ${plain(`${choice.label} ${choice.also ?? ''}`)}`;
  return plain(query).split(/\s+/).filter(Boolean).every((word) => text.includes(` ${word}`) || (word.length > 2 && text.includes(word)));
}
