// What may be chosen: whatever is in use, and what was chosen before it was archived.
import type { Named } from '~/api/types';

export function offered(list: readonly (Named & { archived?: boolean })[], chosen: number | null): readonly Named[] {
  return list.filter((one) => !one.archived || one.id === chosen);
}
