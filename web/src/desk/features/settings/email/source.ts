// Mailboxes of known providers, and the form in which a mailbox on another server is entered.
import type { Manner, Place, Source } from '~/api/mailin';
import type { Id } from '~/api/types';

export interface Provider {
  id: string;
  name: string;
  imap: string;
  pop3: string | null;
  /** The provider wants a password that is made for one program. */
  app?: boolean;
}

/** Hosts as the providers' own help pages name them; all take IMAP on 993 and POP3 on 995, both under TLS. */
export const PROVIDERS: readonly Provider[] = [
  { id: 'microsoft', name: 'Microsoft 365, Outlook.com', imap: 'outlook.office365.com', pop3: 'outlook.office365.com' },
  { id: 'gmail', name: 'Gmail', imap: 'imap.gmail.com', pop3: 'pop.gmail.com', app: true },
  { id: 'icloud', name: 'iCloud', imap: 'imap.mail.me.com', pop3: null, app: true },
  { id: 'yahoo', name: 'Yahoo', imap: 'imap.mail.yahoo.com', pop3: 'pop.mail.yahoo.com', app: true },
  { id: 'fastmail', name: 'Fastmail', imap: 'imap.fastmail.com', pop3: 'pop.fastmail.com', app: true },
  { id: 'gmx', name: 'GMX', imap: 'imap.gmx.net', pop3: 'pop.gmx.net' },
  { id: 'webde', name: 'WEB.DE', imap: 'imap.web.de', pop3: 'pop3.web.de' },
  { id: 'ionos', name: 'IONOS', imap: 'imap.ionos.de', pop3: 'pop.ionos.de' },
  { id: 'strato', name: 'STRATO', imap: 'imap.strato.de', pop3: 'pop3.strato.de' },
  { id: 'mailbox', name: 'mailbox.org', imap: 'imap.mailbox.org', pop3: 'pop3.mailbox.org' },
  { id: 'zoho', name: 'Zoho Mail', imap: 'imap.zoho.com', pop3: 'pop.zoho.com', app: true },
];

export interface SourceForm {
  place: Place & { password: string; grant_id: Id | null };
  manner: Manner;
}

export function toForm(source: Source | null, address: string): SourceForm {
  if (!source) {
    return {
      place: { protocol: 'imap', host: '', port: 993, security: 'tls', username: address, password: '', grant_id: null, trusted_certificate: '' },
      manner: { folders: ['INBOX'], sent_folder: null, afterwards: 'keep', move_to: null, keep_days: 14, history_days: 0 },
    };
  }
  const { protocol, host, port, security, username, grant_id, trusted_certificate, folders, sent_folder, afterwards, move_to, keep_days, history_days } = source;
  return {
    place: { protocol, host, port, security, username, password: '', grant_id: grant_id ?? null, trusted_certificate: trusted_certificate ?? '' },
    manner: { folders, sent_folder, afterwards, move_to, keep_days, history_days },
  };
}

/** As the server takes it: what doesn't apply is left out. */
export function toInput({ place, manner }: SourceForm): { place: Place; manner: Manner } {
  const pop3 = place.protocol === 'pop3';
  const { password, grant_id, trusted_certificate, ...rest } = place;
  return {
    place: { ...rest, host: rest.host.trim(), username: rest.username.trim(), ...(grant_id !== null ? { grant_id } : password ? { password } : {}), trusted_certificate: trusted_certificate?.trim() || null },
    manner: {
      ...manner,
      folders: pop3 ? [] : manner.folders,
      sent_folder: pop3 ? null : manner.sent_folder || null,
      move_to: manner.afterwards === 'move' ? manner.move_to : null,
      keep_days: manner.afterwards === 'delete' ? manner.keep_days : 0,
    },
  };
}

/** The usual port of a way in. */
export function portOf(protocol: Place['protocol'], security: Place['security']): number {
  if (protocol === 'imap') return security === 'tls' ? 993 : 143;
  return security === 'tls' ? 995 : 110;
}

/** Whether it is another mailbox than the one that is connected: then its password has to be entered. */
export function isOther(form: SourceForm, source: Source | null): boolean {
  return !source || source.protocol !== form.place.protocol || source.host !== form.place.host.trim() || source.username !== form.place.username.trim();
}

/** Names of folders in one line; one with a comma in it stands in quotes, and a quote in it is doubled. */
export function folderLine(names: readonly string[]): string {
  return names.map((name) => (/[",]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(', ');
}

export function foldersIn(line: string): string[] {
  const found = [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)];
  return found.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '').filter(Boolean);
}

export type State = 'failing' | 'waiting' | 'well' | 'fresh';

/** How a mailbox fares, in a word. */
export function stateOf(source: Source): State {
  if (source.error_code) return 'failing';
  if (source.waiting > 0) return 'waiting';
  return source.fetched_at ? 'well' : 'fresh';
}
