// What the server tells of mails themselves.
import { call } from './client';
import type { Id } from './types';

/** A mail as it came: its header fields decoded, its source as text. */
export interface Original {
  received_at: string;
  size: number;
  /** Of the envelope; empty for reports. */
  sender: string;
  fields: { name: string; value: string }[];
  text: string;
  cut: boolean;
}

export const mailApi = {
  original: (message: Id, signal?: AbortSignal) => call<Original>('GET', `/messages/${message}/original`, undefined, signal ? { signal } : {}).then((a) => a.body),
};
