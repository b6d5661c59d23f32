// How long to wait before the next attempt: doubling, bounded, spread so that a thousand desks don't knock together.

export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * random());
}
