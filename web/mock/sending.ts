// The mock's further accounts and sending domains, with what DNS would say of them.
import type { Account, AccountInput, DomainRecord, Grant, OauthApp, Provider, SendingDomain, SigningKey, Way, Ways } from '../src/api/sending.ts';
import { Refusal, type Route } from './routes.ts';

const accounts: Account[] = [
  { id: 71, name: 'Newsletter and orders', host: 'smtp.relay.example', port: 465, security: 'tls', username: 'lindenlark', has_password: true, trusted_certificate: null, grant_id: null, version: 1 },
];
let ways: Ways = { mailboxes: [], brands: [] };
let keys: SigningKey[] = [
  { id: 82, domain: 'lindenlark.example', selector: 'rapporte52', algorithm: 'ed25519', public: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', state: 'active', created_at: '2026-03-02T09:00:00Z', changed_at: '2026-03-02T10:00:00Z' },
  { id: 81, domain: 'lindenlark.example', selector: 'rapportr51', algorithm: 'rsa', public: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv9XYXG3uK95115mB4nJ37nGeNe2CrARm1agrbcnSk5oIaEfMZLUR', state: 'active', created_at: '2026-03-02T09:00:00Z', changed_at: '2026-03-02T10:00:00Z' },
];
let apps: OauthApp[] = [{ provider: 'microsoft', client_id: '3f1c2d4e-0000-4000-8000-1a2b3c4d5e6f', tenant: 'common' }];
let begun: { provider: Provider; address: string } = { provider: 'microsoft', address: 'sales@lindenlark.example' };
let grants: Grant[] = [
  { id: 61, provider: 'microsoft', address: 'orders@lindenlark.example', access_until: '2026-11-22T12:00:00Z', trouble: null, created_at: '2026-05-04T08:00:00Z' },
  { id: 62, provider: 'microsoft', address: 'press@lindenlark.example', access_until: '2026-11-01T12:00:00Z', trouble: 'invalid_grant AADSTS50173: The provided grant has expired.', created_at: '2026-05-04T08:00:00Z' },
];
let id = 90;

const page = <T>(items: T[]) => ({ body: { items, next: null } });

function shown(made: number, input: AccountInput, before?: Account): Account {
  const { name, host, port, security, username, trusted_certificate, grant_id } = input;
  const has_password = input.password === undefined ? before?.has_password ?? false : input.password !== '';
  return { name, host, port, security, username, trusted_certificate, grant_id, id: made, has_password, version: (before?.version ?? 0) + 1 };
}

const find = (wanted: string | undefined) => {
  const at = accounts.findIndex((one) => one.id === Number(wanted));
  if (at < 0) throw new Refusal(404, 'account_not_found', 'This account doesn’t exist.');
  return at;
};

function domain(): SendingDomain {
  return { domain: 'lindenlark.example', hosts: ['smtp.lindenlark.example'], keys };
}

const record = (purpose: DomainRecord['purpose'], name: string, wanted: string | null, found: string[], standing: DomainRecord['standing'], advice: string): DomainRecord =>
  ({ purpose, kind: purpose === 'mx' ? 'MX' : 'TXT', name, wanted, found, standing, advice });

function records(): DomainRecord[] {
  const dkim = keys.filter((key) => key.state !== 'retired').map((key) => {
    const value = `v=DKIM1; k=${key.algorithm}; p=${key.public}`;
    const there = key.state === 'active';
    return record('dkim', `${key.selector}._domainkey.${key.domain}`, value, there ? [value] : [], there ? 'right' : 'missing', there ? 'right' : 'dkim_missing');
  });
  return [
    record('spf', 'lindenlark.example', 'v=spf1 a:smtp.lindenlark.example ~all', ['v=spf1 include:spf.old-provider.example -all'], 'wrong', 'spf_without_server'),
    ...dkim,
    record('dmarc', '_dmarc.lindenlark.example', 'v=DMARC1; p=none', [], 'missing', 'dmarc_missing'),
    record('mx', 'lindenlark.example', null, ['mx1.lindenlark.example.', 'mx2.lindenlark.example.'], 'right', 'mx_there'),
  ];
}

function made(algorithm: SigningKey['algorithm']): SigningKey {
  id += 1;
  return { id, domain: 'lindenlark.example', selector: `rapport${algorithm[0]}${id}`, algorithm, public: algorithm === 'rsa' ? `MIIBIjANBgkqhkiG9w0B${id}` : `cmFwcG9ydCBpcyBhIG1vY2s${id}=`, state: 'next', created_at: new Date().toISOString(), changed_at: new Date().toISOString() };
}

export const sendingRoutes: Route[] = [
  ['GET', /^outgoing-accounts$/, () => page(accounts)],
  ['POST', /^outgoing-accounts$/, ({ world, body }) => {
    const fresh = shown(world.next(), body as unknown as AccountInput);
    accounts.push(fresh);
    return { status: 201, body: fresh };
  }],
  ['PUT', /^outgoing-accounts\/(\d+)$/, ({ params, body }) => {
    const at = find(params[0]);
    const after = shown(accounts[at]!.id, body as unknown as AccountInput, accounts[at]);
    accounts[at] = after;
    return { body: after };
  }],
  ['DELETE', /^outgoing-accounts\/(\d+)$/, ({ params }) => {
    const [gone] = accounts.splice(find(params[0]), 1);
    ways = { mailboxes: ways.mailboxes.filter((way) => way.account_id !== gone!.id), brands: ways.brands.filter((way) => way.account_id !== gone!.id) };
    return { status: 204 };
  }],
  ['GET', /^outgoing-ways$/, () => ({ body: ways })],
  ['PUT', /^outgoing-ways$/, ({ world, body }) => {
    const before = ways;
    const way = body as unknown as Way;
    if ('mailbox_id' in way) {
      const others = ways.mailboxes.filter((one) => one.mailbox_id !== way.mailbox_id);
      ways = { ...ways, mailboxes: way.account_id ? [...others, { mailbox_id: way.mailbox_id, account_id: way.account_id }] : others };
    } else {
      const others = ways.brands.filter((one) => one.brand_id !== way.brand_id);
      ways = { ...ways, brands: way.account_id ? [...others, { brand_id: way.brand_id, account_id: way.account_id }] : others };
    }
    return { status: 204, undo: world.undoable(() => (ways = before)) };
  }],
  ['GET', /^oauth-apps$/, () => ({ body: { apps, redirect: 'https://desk.lindenlark.example/desk/settings/email.access' } })],
  ['PUT', /^oauth-apps$/, ({ body }) => {
    const app = body as unknown as OauthApp;
    const others = apps.filter((one) => one.provider !== app.provider);
    apps = app.client_id ? [...others, { provider: app.provider, client_id: app.client_id, tenant: app.tenant || 'common' }] : others;
    return { status: 204 };
  }],
  ['GET', /^email-grants$/, () => page(grants)],
  ['POST', /^email-grants\/begin$/, ({ body }) => {
    if (!apps.some((app) => app.provider === body.provider)) throw new Refusal(400, 'oauth_app_missing', 'Enter the client id and secret of your app at this provider first.');
    begun = { provider: body.provider as Provider, address: String(body.address) };
    return { body: { url: '/desk/settings/email.access?code=mock&state=mock' } };
  }],
  ['POST', /^email-grants$/, ({ world }) => {
    const grant: Grant = { id: world.next(), ...begun, access_until: new Date().toISOString(), trouble: null, created_at: new Date().toISOString() };
    grants = [...grants.filter((one) => one.address !== grant.address), grant];
    return { body: grant };
  }],
  ['DELETE', /^email-grants\/(\d+)$/, ({ params }) => { grants = grants.filter((one) => one.id !== Number(params[0])); return { status: 204 }; }],
  ['GET', /^sending-domains$/, ({ world }) => page(world.house.mailboxes.length ? [domain()] : [])],
  ['GET', /^sending-domains\/[^/]+\/records$/, () => page(records())],
  ['POST', /^sending-domains\/[^/]+\/keys$/, () => {
    keys = [made('ed25519'), made('rsa'), ...keys.filter((key) => key.state !== 'next')];
    return { status: 204 };
  }],
  ['POST', /^sending-domains\/[^/]+\/switch$/, () => {
    const waiting = keys.find((key) => key.state === 'next');
    throw new Refusal(409, 'key_unpublished', `The record ${waiting?.selector ?? ''}._domainkey.lindenlark.example does not stand in DNS yet.`);
  }],
];
