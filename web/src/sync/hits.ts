// What a search found, each once: a page of the server knows nothing of the pages before it.
import type { Hit } from '~/api/types';

export const hitKey = (hit: Hit): string => (hit.kind === 'conversation' ? `c${hit.row.id}` : `p${hit.customer.id}`);

/** Hits in their order, each where it stood first. */
export function once(hits: readonly Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => !seen.has(hitKey(hit)) && seen.add(hitKey(hit)));
}
