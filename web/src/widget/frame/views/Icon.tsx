// The frame's few icons.
import { type Child, h } from '../draw';

const PATHS = {
  x: 'M6 6l12 12M18 6L6 18',
  dots: 'M5 12v.1M12 12v.1M19 12v.1',
  back: 'M19 12H5.5M11 6l-6 6 6 6',
  send: 'M4 11.5L20 4l-5.5 16-3-7z',
  clip: 'M19 11l-7 7a4.3 4.3 0 0 1-6-6l7.2-7.2a2.9 2.9 0 0 1 4 4L10 16a1.4 1.4 0 0 1-2-2l6.4-6.3',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  check: 'M5 12.5l4.5 4.5L19 7',
};

export function Icon({ name }: { name: keyof typeof PATHS }): Child {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={name === 'back' || name === 'send' ? 'turn' : undefined}>
      <path d={PATHS[name]} />
    </svg>
  );
}
