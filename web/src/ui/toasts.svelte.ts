// Short notices at the foot of the desk, with at most one thing to do; errors are always told at their place as well.

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  label: string | null;
  run: (() => void) | null;
}

class Toasts {
  shown = $state.raw<readonly Toast[]>([]);
  private last = 0;

  say(text: string, options: { tone?: 'plain' | 'bad'; label?: string; run?: () => void; last?: number } = {}): void {
    const toast: Toast = { id: ++this.last, text, tone: options.tone ?? 'plain', label: options.label ?? null, run: options.run ?? null };
    this.shown = [...this.shown.slice(-2), toast];
    setTimeout(() => this.drop(toast.id), options.last ?? (toast.run ? 9_000 : 5_000));
  }

  drop(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
