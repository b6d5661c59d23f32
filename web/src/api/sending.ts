// Outgoing mail beyond its usual server: further accounts, who uses them, and the domains that mail goes out from.
import { type Answer, call } from './client';
import type { Security, Tried } from './house';
import type { Id, Page, Time } from './types';

export interface AccountInput {
  name: string;
  host: string;
  port: number;
  security: Security;
  username: string | null;
  /** The stored one is kept when this is absent, and forgotten when it is empty. */
  password?: string;
  trusted_certificate: string | null;
  /** Access that a provider has granted, in place of a password. */
  grant_id: Id | null;
  version?: number;
}

export interface Account extends Omit<AccountInput, 'password' | 'version'> {
  id: Id;
  has_password: boolean;
  version: number;
}

export interface Ways {
  mailboxes: { mailbox_id: Id; account_id: Id }[];
  brands: { brand_id: Id; account_id: Id }[];
}

export type Way = { mailbox_id: Id; account_id: Id | null } | { brand_id: Id; account_id: Id | null };

export interface SigningKey {
  id: Id;
  domain: string;
  selector: string;
  algorithm: 'rsa' | 'ed25519';
  public: string;
  state: 'next' | 'active' | 'retired';
  created_at: Time;
  changed_at: Time;
}

export interface SendingDomain {
  domain: string;
  hosts: string[];
  keys: SigningKey[];
}

export interface DomainRecord {
  purpose: 'spf' | 'dkim' | 'dmarc' | 'mx';
  kind: 'TXT' | 'MX';
  name: string;
  wanted: string | null;
  found: string[];
  standing: 'right' | 'wrong' | 'missing' | 'unanswered';
  advice: string;
}

export type Provider = 'microsoft' | 'google';

export interface OauthApp {
  provider: Provider;
  client_id: string;
  tenant: string;
}

export interface Grant {
  id: Id;
  provider: Provider;
  address: string;
  access_until: Time;
  /** Why it is over, in the provider's words. */
  trouble: string | null;
  created_at: Time;
}

const body = <T>(method: string, path: string, sent?: unknown, extra?: Parameters<typeof call>[3]) => call<T>(method, path, sent, extra).then((answer) => answer.body);
const items = <T>(path: string) => body<Page<T>>('GET', path).then((page) => page.items);

export const sendingApi = {
  accounts: () => items<Account>('/outgoing-accounts'),
  addAccount: (input: AccountInput, key: string) => body<Account>('POST', '/outgoing-accounts', input, { key }),
  saveAccount: (id: Id, input: AccountInput): Promise<Answer<Account>> => call('PUT', `/outgoing-accounts/${id}`, input),
  dropAccount: (id: Id) => call<null>('DELETE', `/outgoing-accounts/${id}`),
  tryAccount: (to: string, account_id: Id) => body<Tried>('POST', '/outgoing-mail/test', { to, account_id }),
  ways: () => body<Ways>('GET', '/outgoing-ways'),
  choose: (way: Way) => call<null>('PUT', '/outgoing-ways', way),
  apps: () => body<{ apps: OauthApp[]; redirect: string }>('GET', '/oauth-apps'),
  saveApp: (app: OauthApp & { secret?: string }) => call<null>('PUT', '/oauth-apps', app),
  grants: () => items<Grant>('/email-grants'),
  beginGrant: (provider: Provider, address: string) => body<{ url: string }>('POST', '/email-grants/begin', { provider, address }),
  finish: (code: string, state: string) => body<Grant>('POST', '/email-grants', { code, state }),
  dropGrant: (id: Id) => call<null>('DELETE', `/email-grants/${id}`),
  domains: () => items<SendingDomain>('/sending-domains'),
  records: (domain: string) => items<DomainRecord>(`/sending-domains/${encodeURIComponent(domain)}/records`),
  makeKeys: (domain: string) => call<null>('POST', `/sending-domains/${encodeURIComponent(domain)}/keys`, {}),
  switchKeys: (domain: string) => call<null>('POST', `/sending-domains/${encodeURIComponent(domain)}/switch`, {}),
};
