// Trust in mail as the desk speaks it: what was seen of a message, quarantine, policy, allowed senders.
import { call } from './client';
import type { Block } from './contacts';
import type { Address, Id, Page, Time } from './types';

export type Result = 'none' | 'pass' | 'neutral' | 'softfail' | 'fail' | 'temperror' | 'permerror';
export type Cause = 'blocked' | 'forged' | 'spam' | 'virus' | 'unscanned';
export const CAUSES: readonly Cause[] = ['forged', 'spam', 'virus', 'unscanned', 'blocked'];

export interface Reason {
  code: string;
  points: number;
  detail: string;
}

export interface Authentication {
  source: 'checked' | 'reported' | 'nobody';
  reporter: string | null;
  from_domain: string;
  spf: { result: Result; domain: string; ip: string | null } | null;
  dkim: { result: Result; domain: string; selector: string; reason: string | null }[];
  arc: { result: Result; sealer: string; reason: string | null; trusted: boolean; hops?: { sealer: string; proven: boolean }[] } | null;
  dmarc: { result: Result; domain: string; policy: 'none' | 'quarantine' | 'reject'; spf_aligned: boolean; dkim_aligned: boolean } | null;
}

export interface Seen {
  authentication: Authentication | null;
  points: number;
  reasons: Reason[];
  scan: 'clean' | 'infected' | 'failed' | null;
}

/** Something that was held back, as it is listed. */
export interface Held {
  id: Id;
  channel: string;
  account: string;
  from: Address;
  subject: string;
  arrived_at: Time;
  repeats: number;
  released_at: Time | null;
  has_raw: boolean;
  cause: Cause;
  reasons: Reason[];
}

export interface Look {
  id: Id;
  from: Address;
  subject: string;
  account: string;
  arrived_at: Time;
  cause: Cause;
  /** What shuts the sender out now. */
  blocks: Block[];
  reasons: Reason[];
  seen: Seen | null;
  text: string | null;
  files: { name: string; size: number; risky: boolean }[];
  size: number;
}

export interface Allowed {
  id: Id;
  kind: 'email' | 'domain';
  value: string;
  forged_too: boolean;
  allowed_by: Id | null;
  created_at: Time;
}

export interface Policy {
  hold_forged: boolean;
  warn_of_deceit: boolean;
  warn_of_files: boolean;
  hold_spam: boolean;
  spam_points: number;
  learn: boolean;
  keep_days: number;
  trusted_hosts: string[];
  rspamd: string | null;
  clamd: string | null;
  hold_unscanned: boolean;
}

const body = <T>(method: string, path: string, sent?: unknown) => call<T>(method, path, sent).then((answer) => answer.body);

function asked(parts: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value) query.set(name, value);
  return query.size ? `?${query}` : '';
}

export const trustApi = {
  seen: (message: Id) => body<Seen>('GET', `/messages/${message}/trust`),
  waiting: () => body<{ count: number }>('GET', '/blocked/count'),
  held: (cause: Cause | null, cursor: string | null) => body<Page<Held>>('GET', `/blocked${asked({ cause, cursor })}`),
  look: (id: Id) => body<Look>('GET', `/quarantine/${id}`),
  release: (id: Id) => call<null>('POST', `/blocked/${id}/release`, {}),
  discard: (id: Id, spam: boolean) => call<null>('DELETE', `/blocked/${id}${spam ? '?spam=true' : ''}`),
  allowed: (cursor: string | null) => body<Page<Allowed>>('GET', `/allowed-senders${asked({ cursor })}`),
  allow: (kind: Allowed['kind'], value: string, forged_too: boolean) => call<Allowed>('POST', '/allowed-senders', { kind, value, forged_too }, { key: crypto.randomUUID() }),
  disallow: (id: Id) => call<null>('DELETE', `/allowed-senders/${id}`),
  block: (kind: Allowed['kind'], value: string) => call<unknown>('POST', '/blocks', { kind, value }, { key: crypto.randomUUID() }),
  policy: () => body<Policy>('GET', '/mail-trust'),
  savePolicy: (policy: Policy) => call<Policy>('PUT', '/mail-trust', policy),
};
