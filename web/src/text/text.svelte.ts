// Words: one Fluent bundle at a time, loaded on demand; the pseudo language is made from English.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

export const LOCALES = ['en', 'de', 'ar', 'pseudo'] as const;
export type Locale = (typeof LOCALES)[number];

const files = import.meta.glob<string>('../../../locales/*/{desk,settings,setup,sending,contacts,mail,trust}.ftl', { query: '?raw', import: 'default' });

const ACCENTS: Record<string, string> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((c, i) => [c, [...'åƀçðéƒğĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĞĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'][i] ?? c]),
);

/** Accents every letter and adds a third in length, so that literal text and narrow places show. */
export function pseudo(text: string): string {
  const long = [...text].map((c) => ACCENTS[c] ?? c).join('');
  return text.trim().length > 2 ? `${long}${'·'.repeat(Math.ceil(text.trim().length / 3))}` : long;
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const LEFT_TO_RIGHT = /\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}/u;

/** Wraps words that run against the sentence, so that they don't turn what stands around them. */
export function isolated(args: Record<string, FluentVariable>, rtl: boolean): Record<string, FluentVariable> {
  const against = rtl ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, typeof value === 'string' && against.test(value) ? `\u2068${value}\u2069` : value]));
}

/** Words that a lazy part of the desk brings with it. */
export type Part = 'settings' | 'contacts' | 'mail' | 'trust';

const FILES: Record<Part, readonly string[]> = { settings: ['settings', 'setup', 'sending', 'trust'], contacts: ['contacts'], mail: ['mail'], trust: ['trust', 'contacts'] };

class Words {
  locale = $state<Locale>('en');
  private bundle = $state.raw<FluentBundle | null>(null);
  private parts = new Set<Part>();
  private turn = 0;

  get tag(): string {
    return this.locale === 'pseudo' ? 'en' : this.locale;
  }

  get rtl(): boolean {
    return this.locale === 'ar';
  }

  async load(locale: Locale): Promise<void> {
    const tag = locale === 'pseudo' ? 'en' : locale;
    const turn = ++this.turn;
    const sources = await Promise.all(['desk', ...[...this.parts].flatMap((part) => FILES[part])].map((file) => files[`../../../locales/${tag}/${file}.ftl`]?.()));
    // A later call knows more parts, or another language.
    if (turn !== this.turn) return;
    // Isolation is our own, see `isolated`: Fluent's wraps every number as well.
    const bundle = new FluentBundle(tag, { useIsolating: false, ...(locale === 'pseudo' ? { transform: pseudo } : {}) });
    for (const source of sources) bundle.addResource(new FluentResource(source ?? ''));
    this.bundle = bundle;
    this.locale = locale;
    document.documentElement.lang = tag;
    document.documentElement.dir = this.rtl ? 'rtl' : 'ltr';
  }

  /** Brings the words of a lazy part; its code asks for them before it is drawn. */
  async also(part: Part): Promise<void> {
    if (this.parts.has(part)) return;
    this.parts.add(part);
    await this.load(this.locale);
  }

  /** A lazy part of the desk together with its words. */
  async with<T>(part: Part, code: Promise<T>): Promise<T> {
    const [loaded] = await Promise.all([code, this.also(part)]);
    return loaded;
  }

  has(id: string): boolean {
    return this.bundle?.hasMessage(id) ?? false;
  }

  say(id: string, args?: Record<string, FluentVariable>): string {
    const bundle = this.bundle;
    const value = bundle?.getMessage(id)?.value;
    if (!bundle || !value) return id;
    return bundle.formatPattern(value, args ? isolated(args, this.rtl) : null, []);
  }
}

export const words = new Words();

/** The text of a message in the agent's language. */
export function t(id: string, args?: Record<string, FluentVariable>): string {
  return words.say(id, args);
}

/** The sentence for a server's refusal: by code when known, else the server's own. */
export function said(failure: { code: string; message: string }): string {
  const id = `error-${failure.code}`;
  return words.has(id) ? t(id) : failure.message;
}

export function pickLocale(wanted: readonly (string | null | undefined)[]): Locale {
  for (const tag of wanted) {
    const found = LOCALES.find((l) => tag === l || tag?.toLowerCase().startsWith(`${l}-`));
    if (found) return found;
  }
  return 'en';
}
