// How mail gets into a mailbox: fetched from another server, or handed in over HTTP; and what could not be fetched.
import { call, type Answer } from './client';
import type { Mailbox } from './house';
import type { Id, Page, Time } from './types';

export interface Place {
  protocol: 'imap' | 'pop3';
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string;
  /** Absent keeps the stored one; it is never told. */
  password?: string;
  /** Access that a provider has granted, in place of a password. */
  grant_id?: Id | null;
  trusted_certificate?: string | null;
}

export interface Manner {
  folders: string[];
  sent_folder: string | null;
  afterwards: 'keep' | 'seen' | 'move' | 'delete';
  move_to: string | null;
  keep_days: number;
  history_days: number;
}

export interface Source extends Omit<Place, 'password'>, Manner {
  mailbox_id: Id;
  connected_at: Time;
  version: number;
  tried_at: Time | null;
  fetched_at: Time | null;
  newest_at: Time | null;
  failing_since: Time | null;
  error_code: string | null;
  error: string | null;
  waiting: number;
}

export interface Hook {
  mailbox_id: Id;
  created_at: Time;
  used_at: Time | null;
  /** Only mail that is signed with its key is taken. */
  signed: boolean;
}

/** Shown this once. */
export interface HookKeys {
  key: string;
  url: string;
  signing_key: string | null;
}

export interface Health {
  mailbox: Mailbox;
  source: Source | null;
  hook: Hook | null;
  unfetched: number;
}

export interface Preview {
  folders: { name: string; sent: boolean }[];
  mails: number;
  history: number | null;
  tells: boolean;
}

export interface Unfetched {
  id: Id;
  mailbox_id: Id;
  address: string;
  folder: string;
  cause: string | null;
  tries: number;
  at: Time;
}

const at = (mailbox: Id) => `/mailboxes/${mailbox}`;

export const mailinApi = {
  health: () => call<Page<Health>>('GET', '/mailbox-health').then((answer) => answer.body.items),
  preview: (mailbox: Id, place: Place, manner: Manner) => call<Preview>('POST', `${at(mailbox)}/source/preview`, { place, manner }).then((answer) => answer.body),
  connect: (mailbox: Id, place: Place, manner: Manner): Promise<Answer<Source>> => call<Source>('PUT', `${at(mailbox)}/source`, { place, manner }),
  disconnect: (mailbox: Id) => call<null>('DELETE', `${at(mailbox)}/source`),
  fetchNow: (mailbox: Id) => call<null>('POST', `${at(mailbox)}/source/fetch`, {}),
  setHook: (mailbox: Id, signed: boolean) => call<HookKeys>('PUT', `${at(mailbox)}/hook`, { signed }).then((answer) => answer.body),
  dropHook: (mailbox: Id) => call<null>('DELETE', `${at(mailbox)}/hook`),
  unfetched: (cursor: string | null) => call<Page<Unfetched>>('GET', `/unfetched${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`).then((answer) => answer.body),
  retry: (id: Id) => call<null>('POST', `/unfetched/${id}/retry`, {}),
  discard: (id: Id) => call<null>('DELETE', `/unfetched/${id}`),
  giveUp: (id: Id) => call<null>('DELETE', `/parked/${id}`),
};
