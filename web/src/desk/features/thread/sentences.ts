// Which sentence tells of a mark; needed only where there is one.
import { FORWARDED, PARKED } from './troubles';

/** The name of its sentence, and whom it names. */
export const sentenceOf = (mark: string): { key: string; name: string } => {
  if (mark.startsWith(PARKED)) return { key: `trouble-${mark.replace(/:recipients?_.*/, ':recipients').replaceAll(/[_:]/g, '-')}`, name: '' };
  const forwarded = mark.startsWith(FORWARDED);
  const word = forwarded ? FORWARDED.slice(0, -1) : mark;
  return { key: `trouble-${word.replaceAll('_', '-')}`, name: forwarded ? mark.slice(FORWARDED.length) : '' };
};
