// What the panes share: the row under the keyboard, the open drawer, which dialog is up.
import type { Id } from '~/api/types';

export type Sheet = 'palette' | 'keys' | 'blocked' | null;
export type Picker = 'assign' | 'status' | 'priority' | 'tags' | null;

class Panes {
  /** The row that j and k stand on. */
  cursor = $state<Id | null>(null);
  /** Grows with every move by key: the list then shows and focuses the row. */
  jumps = $state(0);
  /** Where Shift began to extend a selection. */
  from: Id | null = null;
  drawer = $state(false);
  sheet = $state<Sheet>(null);
  picker = $state<Picker>(null);
}

export const panes = new Panes();
