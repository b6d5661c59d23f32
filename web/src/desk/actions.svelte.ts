// The one registry of what an agent can do: keys, palette, `?` sheet and menus all read it.
import { untrack } from 'svelte';
import { isChord, isTyping, KeyReader, pressName } from './keys';
import { desk } from '~/sync/desk.svelte';
import { taste } from './taste.svelte';

export type Section = 'chat' | 'go' | 'list' | 'conversation' | 'write' | 'desk';

export interface Action {
  id: string;
  /** Message id of its name. */
  title: string;
  section: Section;
  keys?: readonly string[];
  icon?: string;
  /** Works while typing as well; only for chords and Escape. */
  anywhere?: boolean;
  /** Left out of the palette: movement that makes sense only as a key. */
  quiet?: boolean;
  /** The permission that the server will ask for; without it the action isn't offered. */
  grant?: string;
  when?: () => boolean;
  run: () => void;
}

/** Whether an action is on offer now: the one test for keys, palette, sheet and menus. */
export function offered(action: Action): boolean {
  return (!action.grant || desk.may(action.grant)) && (action.when?.() ?? true);
}

class Registry {
  private held = $state.raw<readonly Action[]>([]);
  private reader = new KeyReader();
  /** Set while a dialog is open: only its own keys work. */
  private modal = 0;

  get all(): readonly Action[] {
    return this.held;
  }

  /** Adds a feature's actions and gives back the way to take them out. */
  add(actions: readonly Action[]): () => void {
    // Adding happens in effects, which must not depend on what else is here.
    untrack(() => (this.held = [...this.held, ...actions]));
    return () => {
      this.held = this.held.filter((action) => !actions.includes(action));
    };
  }

  /** A dialog opens; the answer closes it. */
  hush(): () => void {
    let over = false;
    this.modal += 1;
    return () => {
      if (!over) this.modal -= 1;
      over = true;
    };
  }

  find(id: string): Action | undefined {
    return this.held.find((action) => action.id === id);
  }

  run(id: string): void {
    const action = this.find(id);
    if (action && offered(action)) action.run();
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || this.modal > 0) return;
    const name = pressName(event);
    if (!name) return;
    const typing = isTyping(event.target);
    const active = new Map<string, Action>();
    for (const action of this.held) {
      if (typing && !action.anywhere) continue;
      for (const key of action.keys ?? []) {
        if (!isChord(key) && key !== 'Escape' && !taste.keys) continue;
        if (offered(action)) active.set(key, action);
      }
    }
    // Enter and Space belong to the button or link that has the focus.
    if ((name === 'Enter' || name === 'Space') && event.target instanceof Element && event.target.closest('a, button, summary, [role=option], [role=menuitem]')) return;
    const binding = this.reader.read(name, new Set(active.keys()), performance.now());
    if (binding || this.reader.waiting) event.preventDefault();
    if (binding) active.get(binding)?.run();
  }
}

export const registry = new Registry();
