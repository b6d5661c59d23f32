// What this agent likes on this device: theme, density, language, keys, pane widths. `public/early.js` reads the same record.

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact' | 'dense';

const KEY = 'rapport.taste';

interface Kept {
  theme: Theme;
  density: Density;
  locale: string | null;
  keys: boolean;
  after: 'next' | 'stay' | 'list';
  list: number;
  panel: boolean;
  /** A chat that rings makes a sound. */
  sound: boolean;
  /** The browser's notices may be asked for. */
  notices: boolean;
  /** Enter sends a chat answer; else it begins a line. */
  enter: boolean;
}

const usual: Kept = { theme: 'system', density: 'comfortable', locale: null, keys: true, after: 'next', list: 372, panel: true, sound: true, notices: true, enter: true };

function read(): Kept {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
  } catch {
    return usual;
  }
}

class Taste {
  private kept = $state(read());

  get theme() { return this.kept.theme; }
  get density() { return this.kept.density; }
  get locale() { return this.kept.locale; }
  get keys() { return this.kept.keys; }
  get after() { return this.kept.after; }
  get list() { return this.kept.list; }
  get panel() { return this.kept.panel; }
  get sound() { return this.kept.sound; }
  get notices() { return this.kept.notices; }
  get enter() { return this.kept.enter; }

  set(change: Partial<Kept>): void {
    Object.assign(this.kept, change);
    const root = document.documentElement;
    if (this.kept.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.kept.theme;
    root.dataset.density = this.kept.density;
    try {
      localStorage.setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // Private windows may refuse; the taste then lasts as long as the page.
    }
  }
}

export const taste = new Taste();

export const ROW_HEIGHT: Record<Density, number> = { comfortable: 68, compact: 48, dense: 34 };
