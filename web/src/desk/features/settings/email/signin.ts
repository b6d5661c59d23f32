// The way to a provider's sign-in and back: which mailbox somebody came from is kept until they return.
import { sendingApi, type Provider } from '~/api/sending';
import type { Id } from '~/api/types';

const KEPT = 'access.mailbox';

export interface Returned {
  mailbox: Id;
  grant_id: Id;
  provider: Provider;
}

/** Goes to the provider, for a mailbox or for none; what comes back is taken by the page of granted access. */
export async function leaveFor(provider: Provider, address: string, mailbox: Id | null): Promise<void> {
  const { url } = await sendingApi.beginGrant(provider, address);
  // Whoever went before and never came back is forgotten.
  if (mailbox === null) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, String(mailbox));
  location.assign(url);
}

/** The mailbox that somebody signed in for, if they came from one. It is told once. */
export function cameFrom(): Id | null {
  const kept = Number(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  return kept || null;
}

let returned: Returned | null = null;

/** Hands what was granted to the page of mailboxes, which opens next. */
export function hand(back: Returned): void {
  returned = back;
}

/** What was granted for this mailbox a moment ago, if anything. */
export function granted(mailbox?: Id): Returned | null {
  return mailbox === undefined || returned?.mailbox === mailbox ? returned : null;
}

/** It was used: another look at the page begins without it. */
export function used(): void {
  returned = null;
}

/** Who runs a server, where a person signs in instead of entering a password. */
export function providerOf(host: string): Provider | null {
  const ends = (...domains: string[]) => domains.some((domain) => host.trim().toLowerCase().endsWith(`.${domain}`));
  if (ends('office365.com', 'outlook.com', 'office.com')) return 'microsoft';
  return ends('gmail.com', 'googlemail.com', 'google.com') ? 'google' : null;
}
