// The mock's trust in mail: quarantine with a mail of each cause, what was seen of messages, the policy.
import type { Allowed, Authentication, Held, Look, Policy, Seen } from '../src/api/trust.ts';
import { Refusal, type Route } from './routes.ts';

const OURS = 'hello@lindenlark.example';
const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString();

const proven = (domain: string): Authentication => ({
  source: 'checked', reporter: null, from_domain: domain,
  spf: { result: 'pass', domain, ip: '198.51.100.24' },
  dkim: [{ result: 'pass', domain, selector: 's2026', reason: null }],
  arc: null,
  dmarc: { result: 'pass', domain, policy: 'reject', spf_aligned: true, dkim_aligned: true },
});

const forged = (domain: string): Authentication => ({
  source: 'checked', reporter: null, from_domain: domain,
  spf: { result: 'fail', domain, ip: '203.0.113.77' },
  dkim: [{ result: 'neutral', domain, selector: 's1', reason: 'Calculated body hash does not match signature hash' }],
  arc: { result: 'pass', sealer: 'lists.example', reason: null, trusted: false },
  dmarc: { result: 'fail', domain, policy: 'reject', spf_aligned: false, dkim_aligned: false },
});

interface Kept {
  held: Held;
  text: string;
  files: Look['files'];
  seen: Seen | null;
}

function kept(id: number, ago: number, name: string, address: string, subject: string, cause: Held['cause'], reasons: Held['reasons'], text: string, files: Look['files'] = [], authentication: Authentication | null = null): Kept {
  return {
    held: { id, channel: 'email', account: OURS, from: { name, address }, subject, arrived_at: hours(ago), repeats: 0, released_at: null, has_raw: true, cause, reasons },
    text, files,
    seen: authentication && { authentication, points: reasons.reduce((sum, one) => sum + one.points, 0), reasons, scan: cause === 'virus' ? 'infected' : null },
  };
}

export class TrustMock {
  kept: Kept[] = [
    kept(88_105, 0.4, 'Crema Bank Service', 'service@crema-bank.example', 'Your account will be closed today', 'forged', [{ code: 'sender_forged', points: 45, detail: '' }, { code: 'misleading_link', points: 30, detail: 'crema-bank.example → login-secure.test' }, { code: 'not_named', points: 8, detail: '' }], 'Dear customer,\n\nwe noticed unusual activity. Confirm your data within 24 hours or your account will be closed.\n\nhttps://crema-bank.example/confirm', [], forged('crema-bank.example')),
    kept(88_104, 2, 'Lìnden & Lark Accounting', 'accounting@1indenlark.example', 'Unpaid invoice', 'spam', [{ code: 'looks_like_domain', points: 60, detail: 'lindenlark.example' }, { code: 'risky_file', points: 35, detail: 'invoice.pdf.exe' }, { code: 'sender_unproven', points: 10, detail: '' }], 'Hi,\n\nplease pay the attached invoice today. The account has changed.\n\nBest\nAccounting', [{ name: 'invoice.pdf.exe', size: 248_300, risky: true }]),
    kept(88_103, 5, 'Growth Team', 'hello@first-page.test', 'RE: your website!!!! first place guaranteed', 'spam', [{ code: 'learned_spam', points: 80, detail: '' }, { code: 'short_link', points: 10, detail: 'bit.ly' }, { code: 'sender_unproven', points: 10, detail: '' }, { code: 'subject_marks', points: 8, detail: '' }], 'Hello dear owner,\n\nI have checked your website and found 27 errors. We bring you to the first place, guaranteed.\n\nShall I send a price list?'),
    kept(88_102, 9, 'Scan', 'scan@office.test', 'Scanned document', 'virus', [{ code: 'virus', points: 0, detail: 'Eicar-Test-Signature' }], 'Please find the scanned document attached.', [{ name: 'scan_0221.zip', size: 91_200, risky: false }]),
    kept(88_101, 26, 'Rudi Quengel', 'rudi@quengel.test', 'You again', 'blocked', [], 'You know what I think of you.'),
  ];
  allowed: Allowed[] = [
    { id: 88_202, kind: 'domain', value: 'elbfracht.example', forged_too: false, allowed_by: 101, created_at: hours(300) },
    { id: 88_201, kind: 'email', value: 'newsletter@roasters.example', forged_too: true, allowed_by: 102, created_at: hours(900) },
  ];
  policy: Policy = { hold_forged: true, warn_of_deceit: true, warn_of_files: true, hold_spam: true, spam_points: 100, learn: true, keep_days: 30, trusted_hosts: ['mx.lindenlark.example'], rspamd: null, clamd: '/run/clamav/clamd.ctl', hold_unscanned: false };
}

const one = (list: Kept[], id: unknown): Kept => {
  const found = list.find(({ held }) => held.id === Number(id));
  if (!found) throw new Refusal(404, 'blocked_not_found', 'This isn’t there any more.');
  return found;
};

export const trustRoutes: Route[] = [
  ['GET', /^messages\/(\d+)\/trust$/, ({ world, params }) => {
    const message = [...world.messages.values()].flat().find((other) => other.id === Number(params[0]));
    const domain = message?.recipients?.from?.address.split('@')[1] ?? 'example.org';
    const authentication = message?.marks.includes('sender_forged') ? forged(domain) : message?.marks.includes('sender_proven') ? proven(domain) : { ...proven(domain), spf: null, dkim: [], dmarc: null };
    const bad = message?.marks.includes('sender_forged');
    return { body: { authentication, points: bad ? 53 : -10, reasons: bad ? [{ code: 'sender_forged', points: 45, detail: '' }, { code: 'not_named', points: 8, detail: '' }] : [{ code: 'sender_proven', points: -10, detail: '' }], scan: 'clean' } satisfies Seen };
  }],
  ['GET', /^blocked\/count$/, ({ world }) => ({ body: { count: world.trust.kept.filter(({ held }) => !held.released_at).length } })],
  ['GET', /^blocked$/, ({ world, query }) => ({ body: { items: world.trust.kept.map(({ held }) => held).filter((held) => !query.get('cause') || held.cause === query.get('cause')), next: null } })],
  ['GET', /^quarantine\/(\d+)$/, ({ world, params }) => {
    const { held, text, files, seen } = one(world.trust.kept, params[0]);
    return { body: { id: held.id, from: held.from, subject: held.subject, account: held.account, arrived_at: held.arrived_at, cause: held.cause, blocks: world.contacts.against(held.from.address), reasons: held.reasons, seen, text, files, size: 4_210 } satisfies Look };
  }],
  ['POST', /^blocked\/(\d+)\/release$/, ({ world, params }) => {
    one(world.trust.kept, params[0]).held.released_at = new Date().toISOString();
    return { status: 204 };
  }],
  ['DELETE', /^blocked\/(\d+)$/, ({ world, params }) => {
    world.trust.kept = world.trust.kept.filter(({ held }) => held.id !== Number(params[0]));
    return { status: 204 };
  }],
  ['GET', /^allowed-senders$/, ({ world }) => ({ body: { items: world.trust.allowed, next: null } })],
  ['POST', /^allowed-senders$/, ({ world, body }) => {
    const made: Allowed = { id: world.next(), kind: body.kind as Allowed['kind'], value: String(body.value), forged_too: body.forged_too === true, allowed_by: world.me.id, created_at: new Date().toISOString() };
    world.trust.allowed = [made, ...world.trust.allowed];
    return { status: 201, body: made };
  }],
  ['DELETE', /^allowed-senders\/(\d+)$/, ({ world, params }) => {
    world.trust.allowed = world.trust.allowed.filter((other) => other.id !== Number(params[0]));
    return { status: 204 };
  }],
  ['POST', /^blocks$/, ({ world, body }) => {
    const made = { id: world.next(), kind: String(body.kind), value: String(body.value), blocked_by: world.me.id, created_at: new Date().toISOString() };
    world.contacts.blocks = [made, ...world.contacts.blocks];
    return { status: 201, body: made };
  }],
  ['GET', /^mail-trust$/, ({ world }) => ({ body: world.trust.policy })],
  ['PUT', /^mail-trust$/, ({ world, body }) => {
    world.trust.policy = body as unknown as Policy;
    return { body: world.trust.policy };
  }],
];
