// The icon of every channel, the same in thread, forms and timeline.
import type { IconName } from '~/ui/icons';

const SIGNS: Record<string, IconName> = {
  email: 'mail', chat: 'chat', widget: 'chat', voice: 'phone', phone: 'phone', 'walk-in': 'user', letter: 'file', portal: 'globe', web: 'globe', api: 'code',
};

export const signOf = (channel: string): IconName => SIGNS[channel] ?? 'chat';
