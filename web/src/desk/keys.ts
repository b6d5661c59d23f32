// Reads keys: single ones, chords such as `Ctrl+k` and sequences such as `g i`; silent in text fields.

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const NAMED = new Set(['Enter', 'Escape', 'Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Backspace', 'Delete', 'Home', 'End', ' ']);
const PAUSE = 1_200;

/** The name of a press: `j`, `Shift+J` is `J`, `?` needs no Shift; Command counts as Ctrl. */
export function pressName(press: Press): string | null {
  const { key } = press;
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'AltGraph'].includes(key)) return null;
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push('Ctrl');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && (NAMED.has(key) || parts.length > 0)) parts.push('Shift');
  parts.push(key === ' ' ? 'Space' : parts.length > 0 && key.length === 1 ? key.toLowerCase() : key);
  return parts.join('+');
}

/** Chords and function keys work everywhere; single keys only where nothing is typed and where the agent wants them. */
export function isChord(name: string): boolean {
  return /^(Ctrl|Alt)\+|^F\d+$/.test(name);
}

export class KeyReader {
  private typed: string[] = [];
  private last = 0;

  /** The whole binding that this press completes, or null. `bindings` are all that are active now. */
  read(name: string, bindings: ReadonlySet<string>, now: number): string | null {
    if (now - this.last > PAUSE) this.typed = [];
    this.last = now;
    for (const sequence of [[...this.typed, name].join(' '), name]) {
      if (bindings.has(sequence)) {
        this.typed = [];
        return sequence;
      }
      if ([...bindings].some((binding) => binding.startsWith(`${sequence} `))) {
        this.typed = sequence.split(' ');
        return null;
      }
    }
    this.typed = [];
    return null;
  }

  /** Whether a sequence was begun, so that the caller swallows the press. */
  get waiting(): boolean {
    return this.typed.length > 0;
  }
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');
}
