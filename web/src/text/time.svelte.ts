// Times as an agent reads them: short in lists, whole in titles, always in the agent's zone.
import { words } from './text.svelte';

class Clock {
  now = $state(Date.now());
  zone = $state<string | undefined>(undefined);
  constructor() {
    if (typeof document !== 'undefined') setInterval(() => (this.now = Date.now()), 30_000);
  }
}

export const clock = new Clock();

const made = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const zone = options.timeZone ?? clock.zone;
  const key = `${words.tag} ${zone ?? ''} ${JSON.stringify(options)}`;
  let formatter = made.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(words.tag, { ...(zone ? { timeZone: zone } : {}), ...options });
    made.set(key, formatter);
  }
  return formatter.format(at);
}

const DAY = 86_400_000;

function dayOf(at: number): string {
  return format(at, { year: 'numeric', month: '2-digit', day: '2-digit' });
}

/** For lists: the hour today, the weekday this week, then the date. */
export function brief(time: string): string {
  const at = Date.parse(time);
  const age = clock.now - at;
  if (age < 60_000 && age > -60_000) return words.say('time-now');
  if (age < 3_600_000 && age > 0) return words.say('time-minutes', { n: Math.floor(age / 60_000) });
  if (dayOf(at) === dayOf(clock.now)) return format(at, { hour: '2-digit', minute: '2-digit' });
  if (age < 6 * DAY) return format(at, { weekday: 'short' });
  if (age < 300 * DAY) return format(at, { day: 'numeric', month: 'short' });
  return format(at, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** For messages: day and hour. */
export function moment(time: string): string {
  const at = Date.parse(time);
  if (dayOf(at) === dayOf(clock.now)) return format(at, { hour: '2-digit', minute: '2-digit' });
  const year = clock.now - at > 300 * DAY ? ({ year: 'numeric' } as const) : {};
  return format(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...year });
}

/** For titles: everything, with the zone. */
export function full(time: string): string {
  return format(Date.parse(time), { dateStyle: 'full', timeStyle: 'long' });
}

export function date(time: string): string {
  return format(Date.parse(time), { dateStyle: 'medium' });
}

/** The hour where the customer is, or null for an unknown zone. */
export function hourIn(timeZone: string): string | null {
  try {
    return format(clock.now, { hour: '2-digit', minute: '2-digit', timeZone });
  } catch {
    return null;
  }
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(words.tag, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function bytes(size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let n = size;
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(words.tag, { style: 'unit', unit: units[unit] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: n < 10 && unit > 0 ? 1 : 0 }).format(n);
}

/** How long something took: `12 min`, `1 hr 5 min`. */
export function length(seconds: number): string {
  const parts: [number, string][] = [[Math.floor(seconds / 3600), 'hour'], [Math.floor(seconds / 60) % 60, 'minute'], [seconds % 60, 'second']];
  const named = parts.filter(([n]) => n > 0).slice(0, 2);
  return named.map(([n, unit]) => new Intl.NumberFormat(words.tag, { style: 'unit', unit, unitDisplay: 'short' }).format(n)).join(' ');
}

export function count(n: number): string {
  return new Intl.NumberFormat(words.tag).format(n);
}
