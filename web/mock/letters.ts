// The mock's looks, signatures and links: enough of the server's rules that every screen can be tried.
import type { FileLink, FileLinks, Look, LookShown, Preview, Signature, Whose } from '../src/api/letters.ts';
import { Refusal, type Route } from './routes.ts';

const LOGO = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAHgAAAAgCAIAAABW2ysfAAAAlUlEQVR42u3Zuw2AMAxAQTZiFAZBYhwmYi+oKQifBESce/IEVzlxt+qTOgSgQesl6H4cjoZgGegEMe4y0BeJcWdBP1BmfRv6sfKp9TJP4Qf0z6AzldPWoEF/C11EOWENGnQsaOsdaNCgQYNuHrrenQF0ndBehqDDQTf+excE2tbhwuJmGB76FjfHXOhTboIloQUatPZtYzc2eh+GE+oAAAAASUVORK5CYII=';
let looks: Record<number, LookShown> = {
  1: {
    brand_id: 1, version: 3,
    look: {
      header: `<p><img src="${LOGO}" alt="{{brand.name}}" width="120" height="32"></p>`,
      footer: '<p>{{brand.name}} · Lindenallee 14 · 04277 Leipzig<br><a href="https://lindenlark.example/imprint">Imprint</a> · {{mailbox.address}}</p>',
      css: '', accent: '#2f6b4f', signature: '<p>The {{brand.name}} team<br>Conversation {{conversation.number}}</p>', whose: 'both', language: 'en',
    },
  },
};
const blank: Look = { header: '', footer: '', css: '', accent: '#2f5bd7', signature: '', whose: 'agent', language: 'en' };
let signature: Signature = { html: '<p><strong>{{agent.name}}</strong><br>Coffee people since 2011</p>', version: 1 };
let rules: FileLinks = { on: true, over_mb: 15, days: 30 };
let links: FileLink[] | null = null;
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const facts: Record<string, string> = { 'agent.name': 'Ann Becker', 'agent.first_name': 'Ann', 'brand.name': 'Linden & Lark', 'mailbox.address': 'support@lindenlark.example', 'conversation.number': '4170' };
const filled = (html: string) => html.replace(/\{\{\s*([^}]+?)\s*\}\}/g, (_, name: string) => (facts[name] ?? '').replace('&', '&amp;'));
const plain = (html: string) => html.replace(/<br>|<\/p>/g, '\n').replace(/<[^>]+>/g, '').replace(/&amp;/g, '&').trim();
const look = (brand: number): LookShown => looks[brand] ?? { brand_id: brand, look: blank, version: 0 };

function worn({ header, footer, accent, signature: below, whose }: Look, html: string): Preview {
  const own = signature.html;
  const signed: Whose | null = whose === 'both' && own && below ? 'both' : whose !== 'brand' && own ? 'agent' : below ? 'brand' : null;
  const sign = signed === 'both' ? own + below : signed === 'agent' ? own : signed === 'brand' ? below : '';
  const box = (part: string, style: string) => (part ? `<div style="${style}">${filled(part)}</div>` : '');
  const page = `<div style="font-family: Arial, sans-serif; font-size: 15px; line-height: 1.5">${box(header, `padding-bottom: 12px; margin-bottom: 18px; border-bottom: 2px solid ${accent}`)}${html}${box(sign, 'margin-top: 18px')}${box(footer, 'margin-top: 22px; padding-top: 10px; border-top: 1px solid #c9ced6; font-size: 12px; color: #5c6470')}</div>`;
  return { html: page, text: `${plain(html)}\n\n-- \n${plain(filled(sign))}\n\n${plain(filled(footer))}`, signed, linked: [], until: null };
}

function check(draft: Look): void {
  for (const field of ['header', 'footer', 'signature'] as const) {
    const unknown = [...draft[field].matchAll(/\{\{\s*([^}]+?)\s*\}\}/g)].find(([, name]) => !(name! in facts));
    if (unknown) throw new Refusal(400, 'variable_unknown', `“${unknown[0]}” stands for nothing.`, undefined, { [field]: `“${unknown[0]}” stands for nothing.` });
  }
}

function largest(sizes: number[]): number[] {
  let left = sizes.reduce((sum, size) => sum + size, 0);
  const chosen: number[] = [];
  for (const at of sizes.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]!)) {
    if (!rules.on || left <= rules.over_mb * 1_000_000) break;
    left -= sizes[at]!;
    chosen.push(at);
  }
  return chosen.sort();
}

export const letterRoutes: Route[] = [
  ['GET', /^brands\/(\d+)\/mail-look$/, ({ params }) => ({ body: look(Number(params[0])) })],
  ['PUT', /^brands\/(\d+)\/mail-look$/, ({ world, params, body }) => {
    const brand = Number(params[0]);
    const [before, draft] = [looks, body as unknown as Look];
    check(draft);
    looks = { ...looks, [brand]: { brand_id: brand, look: draft, version: look(brand).version + 1 } };
    return { body: looks[brand], undo: world.undoable(() => (looks = before)) };
  }],
  ['POST', /^brands\/\d+\/mail-look\/preview$/, ({ body }) => {
    check(body as unknown as Look);
    return { body: worn(body as unknown as Look, '<p>Hello,</p><p>this is what our answers look like. A link stands like this: <a href="https://www.example.com/help">https://www.example.com/help</a></p><p>Kind regards</p>') };
  }],
  ['POST', /^brands\/\d+\/mail-look\/test$/, () => ({ body: { fate: 'taken', said: '250 2.0.0 Ok: queued as 4b1kzq' } })],
  ['GET', /^profile\/signature$/, () => ({ body: signature })],
  ['PUT', /^profile\/signature$/, ({ world, body, version }) => {
    if (version !== null && version !== signature.version) throw new Refusal(409, 'version_conflict', 'This signature was changed elsewhere meanwhile.', signature);
    const before = signature;
    signature = { html: String(body.html), version: signature.version + 1 };
    return { body: signature, undo: world.undoable(() => (signature = before)) };
  }],
  ['POST', /^letters\/preview$/, ({ body }) => {
    const linked = largest((body.files as number[] | undefined) ?? []);
    return { body: { ...worn(look(1).look, String(body.html)), linked, until: linked.length ? day(rules.days) : null } };
  }],
  ['GET', /^messages\/(\d+)\/letter$/, ({ world, params }) => {
    const message = [...world.messages.values()].flat().find((one) => one.id === Number(params[0]));
    if (!message?.delivery) throw new Refusal(404, 'letter_not_written', 'This message hasn’t been sent yet.');
    return { body: worn(look(1).look, message.html) };
  }],
  ['GET', /^file-links$/, () => ({ body: { ...rules, reaches_others: true } })],
  ['PUT', /^file-links$/, ({ world, body }) => {
    const before = rules;
    rules = body as unknown as FileLinks;
    return { body: { ...rules, reaches_others: true }, undo: world.undoable(() => (rules = before)) };
  }],
  ['GET', /^messages\/(\d+)\/links$/, ({ world, params }) => {
    const message = [...world.messages.values()].flat().find((one) => one.id === Number(params[0]));
    links ??= (message?.attachments ?? []).slice(0, 1).map((file) => ({ attachment_id: file.id, until: day(21), ended: false }));
    return { body: links };
  }],
  ['DELETE', /^messages\/(\d+)\/links$/, ({ world }) => {
    const before = links ?? [];
    links = before.map((link) => ({ ...link, ended: true }));
    return { status: 204, undo: world.undoable(() => (links = before)) };
  }],
];
