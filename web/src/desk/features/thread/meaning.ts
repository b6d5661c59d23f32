// What a mail server's answer means, by its enhanced status (RFC 3463) or, without one, by its code (RFC 5321).

const BY_STATUS: Record<string, string> = {
  '1.0': 'user-unknown', '1.1': 'user-unknown', '1.2': 'host-unknown', '1.3': 'user-unknown', '1.6': 'has-moved', '1.7': 'rejected', '1.8': 'rejected', '1.10': 'not-accept',
  '2.1': 'suspend', '2.2': 'mailbox-full', '2.3': 'mesg-too-big',
  '3.0': 'system-error', '3.1': 'system-full', '3.2': 'system-error', '3.4': 'mesg-too-big',
  '4.0': 'network-error', '4.1': 'network-error', '4.2': 'network-error', '4.3': 'system-error', '4.4': 'host-unknown', '4.5': 'speeding', '4.7': 'expired',
  '5.3': 'exceed-limit', '6.0': 'content-error', '6.1': 'content-error', '6.3': 'content-error',
  '7.0': 'policy-violation', '7.1': 'policy-violation', '7.8': 'security-error', '7.20': 'auth-failure', '7.21': 'auth-failure', '7.22': 'auth-failure', '7.23': 'auth-failure', '7.24': 'auth-failure', '7.25': 'require-ptr', '7.26': 'auth-failure', '7.27': 'auth-failure', '7.28': 'speeding',
};

const BY_CODE: Record<string, string> = { '535': 'security-error', '552': 'mailbox-full', '452': 'system-full', '553': 'syntax-error', '421': 'system-error' };

/** Greylisting (RFC 6647): the other side takes it at a later try. */
const LATER = /gr[ae]y-?list|try again|later|temporar/i;

/** The class of the cause, as reports about mail name it too; null when the answer says nothing that is known. */
export function meaningOf(said: string): string | null {
  const status = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(said);
  const code = /(?:^|: )([45]\d\d)\b/.exec(said)?.[1];
  const temporary = status ? status[1] === '4' : code?.startsWith('4');
  if (temporary && LATER.test(said)) return 'later';
  const known = status ? BY_STATUS[`${status[2]}.${status[3]}`] : undefined;
  return known ?? (code ? BY_CODE[code] ?? null : null);
}
