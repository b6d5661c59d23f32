// The short form in which the story is written down.
import type { Address, DeliveryState, Kind, Priority, Status, Fate } from '../../src/api/types.ts';

export interface Utterance {
  by: 'customer' | 'system' | number;
  /** Hours before now. */
  ago: number;
  text: string;
  html?: string;
  note?: boolean;
  quoted?: string;
  files?: string[];
  cc?: Address[];
  state?: DeliveryState;
  error?: string;
  fates?: Omit<Fate, 'at'>[];
  marks?: string[];
  repeats?: number;
}

export interface Told {
  who: number;
  subject: string;
  status: Status;
  number?: number;
  to?: number;
  team?: number;
  priority?: Priority;
  type?: Kind;
  channel?: string;
  tags?: string[];
  unread?: boolean;
  due?: number;
  also?: number;
  said: Utterance[];
}
