// Times and sizes in the visitor's own zone and language.
import { region, t } from './words';

const clock = (at: Date) => at.toLocaleTimeString(region, { hour: 'numeric', minute: '2-digit' });
const dayOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** When we are back: “today at 14:00”, “Monday 9:00”, or a whole date when that is far. */
export function back(time: string, now = new Date()): string {
  const at = new Date(time);
  const days = Math.round((dayOf(at) - dayOf(now)) / 86_400_000);
  if (days <= 0) return t('back-today', { time: clock(at) });
  if (days === 1) return t('back-tomorrow', { time: clock(at) });
  const options = days < 7 ? ({ weekday: 'long' } as const) : ({ weekday: 'long', day: 'numeric', month: 'long' } as const);
  return at.toLocaleString(region, { ...options, hour: 'numeric', minute: '2-digit' });
}

/** For messages: the hour, and the day when it is another one. */
export function moment(time: string, now = new Date()): string {
  const at = new Date(time);
  if (dayOf(at) === dayOf(now)) return clock(at);
  return at.toLocaleString(region, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
}

export function bytes(size: number): string {
  const mega = size >= 1_000_000;
  return new Intl.NumberFormat(region, { style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: 0 }).format(Math.max(1, size / (mega ? 1_000_000 : 1_000)));
}
