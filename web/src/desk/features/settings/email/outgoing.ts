// The server for outgoing mail as its form holds it: ports that go with a protection, a password that is kept.
import type { Outgoing, OutgoingInput, Security } from '~/api/house';

export interface OutgoingForm extends Omit<Outgoing, 'username' | 'from' | 'trusted_certificate' | 'grant_id'> {
  username: string;
  /** Empty keeps the one that is stored. */
  password: string;
  /** Forget the stored one. */
  forget: boolean;
  from: string;
  grant_id: number | null;
  trusted_certificate: string;
}

const USUAL: Record<Security, number> = { starttls: 587, tls: 465, none: 25 };

/** Before anything is named: what most providers ask for. */
export const blank: OutgoingForm = { host: '', port: USUAL.starttls, security: 'starttls', username: '', has_password: false, password: '', forget: false, from: '', trusted_certificate: '', grant_id: null };

export function toForm(shown: Outgoing): OutgoingForm {
  return { ...shown, username: shown.username ?? '', from: shown.from ?? '', grant_id: shown.grant_id ?? null, trusted_certificate: shown.trusted_certificate ?? '', password: '', forget: false };
}

export function toInput(form: OutgoingForm): OutgoingInput {
  const filled = (text: string) => text.trim() || null;
  return {
    host: form.host.trim(),
    port: form.port,
    security: form.security,
    username: filled(form.username),
    ...(form.password ? { password: form.password } : form.forget ? { password: '' } : {}),
    from: filled(form.from),
    trusted_certificate: filled(form.trusted_certificate),
    ...(form.grant_id === null ? {} : { grant_id: form.grant_id }),
  };
}

/** The port that goes with a protection, unless somebody chose one of their own. */
export function portFor(security: Security, before: { security: Security; port: number }): number {
  return before.port === USUAL[before.security] ? USUAL[security] : before.port;
}

/** A password belongs to its server and account: with another one it has to be typed again. */
export function losesPassword(form: OutgoingForm, kept: OutgoingForm): boolean {
  return kept.has_password && !form.password && (form.host.trim() !== kept.host || form.username.trim() !== kept.username);
}
