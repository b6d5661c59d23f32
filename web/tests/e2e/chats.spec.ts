// What agents do with chats on the real program: pass on, give back, end, ban; and a visitor whom the shop's server names.
import { createHmac } from 'node:crypto';
import { type APIRequestContext, type Browser, expect, type Page, request, test } from '@playwright/test';
import { openShop } from '../shop.mjs';
import { EMAIL, hasBinary, House, PASSWORD } from './house';
import { Visitor } from './visitor';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

const BO = 'bo@lindenlark.example';
const house = new House();
let shop: { url: string; stop(): void };
let api: APIRequestContext;
let widget: { id: number; key: string };
let ann: Page;
let bo: Page;

const thread = (page: Page) => page.getByRole('log', { name: 'Messages' });
const bar = (page: Page) => page.getByRole('region', { name: 'Chat', exact: true });
const rings = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text });

async function available(browser: Browser, email: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${house.url}/desk`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('switch', { name: 'Available for chat' }).click();
  await expect(page.getByRole('switch', { name: 'Available for chat' })).toBeChecked();
  return page;
}

/** A visitor writes, and Ann takes the chat. */
async function begins(browser: Browser, words: string): Promise<Visitor> {
  const visitor = await Visitor.comes(browser, `${shop.url}/?key=${widget.key}`);
  await visitor.opens();
  await visitor.says(words);
  await rings(ann, words).getByRole('button', { name: 'Take' }).click();
  await expect(thread(ann)).toContainText(words);
  return visitor;
}

/** A signed word of the shop's server about a visitor (RFC 7519, HS256). */
function word(secret: string, claims: Record<string, unknown>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  await house.start();
  api = await request.newContext({ baseURL: house.url, extraHTTPHeaders: { origin: house.url } });
  await api.post('/api/session', { data: { email: EMAIL, password: PASSWORD } });
  widget = (await (await api.post('/api/chat/widgets', { data: { name: 'Shop' } })).json()) as { id: number; key: string };
  await api.put('/api/chat/rules', { data: { answer_within_seconds: 600, most_chats_per_agent: 4, mail_after_seconds: 0, end_after_minutes: 60 } });
  expect((await api.post('/api/invitations', { data: { email: BO, name: 'Bo', role: 'agent', team_ids: [] } })).ok()).toBe(true);
  const token = /invitation\/([\w-]+)/.exec((await house.caught(BO)).raw.replace(/=\r?\n/g, ''))?.[1] ?? '';
  const other = await request.newContext({ baseURL: house.url, extraHTTPHeaders: { origin: house.url } });
  await other.post(`/api/invitations/${token}`, { data: { name: 'Bo Lindqvist', password: PASSWORD } });
  await other.dispose();
  shop = await openShop(house.url);
  ann = await available(browser, EMAIL);
  bo = await available(browser, BO);
});

test.afterAll(async () => {
  shop?.stop();
  await api?.dispose();
  house.stop();
});

test('a chat is passed on with a note that the visitor never sees', async ({ browser }) => {
  const visitor = await begins(browser, 'My grinder hums.');
  await bar(ann).getByRole('button', { name: 'Pass on' }).click();
  const dialog = ann.getByRole('dialog', { name: /^Pass the chat/ });
  await dialog.getByRole('textbox', { name: /^Note for whoever/ }).fill('Knows grinders better than me.');
  await dialog.getByText('Bo Lindqvist').click();
  await expect(ann.locator('.toasts')).toContainText('Passed on to Bo Lindqvist');
  await rings(bo, 'My grinder hums.').getByRole('button', { name: 'Take' }).click();
  await expect(thread(bo)).toContainText('Knows grinders better than me.');
  await expect(bar(bo)).toContainText('You’re talking');
  await bo.getByRole('textbox', { name: 'Text' }).fill('A hum is fine, a rattle is not.');
  await bo.getByRole('textbox', { name: 'Text' }).press('Enter');
  const frame = await visitor.frame();
  await expect(frame.locator('.line').getByText('A hum is fine')).toBeVisible();
  await expect(frame.getByText('Knows grinders')).toHaveCount(0);
  await visitor.context.close();
});

test('a chat given back rings again, and ends for both', async ({ browser }) => {
  const visitor = await begins(browser, 'Is the shop far?');
  await bar(ann).getByRole('button', { name: 'Back to the queue' }).click();
  await rings(bo, 'Is the shop far?').getByRole('button', { name: 'Take' }).click();
  await expect(bar(bo)).toContainText('You’re talking');
  await bar(bo).getByRole('button', { name: 'End' }).click();
  const frame = await visitor.frame();
  await expect(frame.getByText('This chat has ended.')).toBeVisible();
  // Writing again rings for whoever has the conversation.
  await visitor.says('One thing more!');
  await expect(rings(bo, 'One thing more!')).toBeVisible();
  await rings(bo, 'One thing more!').getByRole('button', { name: 'Take' }).click();
  await visitor.context.close();
});

test('a banned visitor can’t write any more', async ({ browser }) => {
  const visitor = await begins(browser, 'Buy my rings!');
  await ann.getByRole('button', { name: 'Ban this visitor' }).click();
  await expect(bar(ann)).toContainText('Banned');
  const frame = await visitor.frame();
  await expect(frame.getByText('This chat isn’t available')).toBeVisible();
  await ann.getByRole('button', { name: 'Lift the ban' }).click();
  await expect(ann.getByRole('button', { name: 'Ban this visitor' })).toBeVisible();
  await visitor.context.close();
});

test('a visitor named by the shop’s server is verified and finds the own conversations; a forged word is refused', async ({ browser }) => {
  const { secret } = (await (await api.post(`/api/chat/widgets/${widget.id}/secret`)).json()) as { secret: string };
  await house.mail('mia@sommer.example', 'The lid of my kettle', 'It wobbles.', { name: 'Mia Sommer' });
  const claims = { sub: 'customer-77', aud: widget.key, exp: Math.floor(Date.now() / 1000) + 600, email: 'mia@sommer.example', name: 'Mia Sommer' };
  const identify = (visitor: Visitor, token: string) => visitor.page.evaluate((identity) => (window as unknown as { Rapport: { identify(word: string): void } }).Rapport.identify(identity), token);

  const forger = await Visitor.comes(browser, `${shop.url}/?key=${widget.key}`);
  await forger.opens();
  await identify(forger, word('a-guessed-secret', claims));
  await forger.says('I am Mia, honestly.');
  await rings(ann, 'I am Mia, honestly.').getByRole('button', { name: 'Take' }).click();
  await expect(thread(ann)).toContainText('I am Mia, honestly.');
  await expect(ann.getByRole('complementary').getByText('mia@sommer.example')).toHaveCount(0);
  await (await forger.frame()).getByLabel('More').click();
  await expect((await forger.frame()).getByRole('button', { name: 'Your conversations' })).toHaveCount(0);
  await forger.context.close();

  const mia = await Visitor.comes(browser, `${shop.url}/?key=${widget.key}`);
  const frame = await mia.opens();
  await identify(mia, word(secret, claims));
  await mia.says('It is me, about the lid.');
  await rings(ann, 'It is me, about the lid.').getByRole('button', { name: 'Take' }).click();
  await expect(ann.getByRole('complementary').getByText('mia@sommer.example').first()).toBeVisible();
  await frame.getByLabel('More').click();
  await frame.getByRole('button', { name: 'Your conversations' }).click();
  await expect(frame.getByText('The lid of my kettle')).toBeVisible();
  await mia.context.close();
});

test('a visitor who is named after the first words keeps them, and the agent sees who it is without reloading', async ({ browser }) => {
  const { secret } = (await (await api.post(`/api/chat/widgets/${widget.id}/secret`)).json()) as { secret: string };
  await house.mail('nora@sommer.example', 'The grinder of my aunt', 'It hums.', { name: 'Nora Sommer' });
  const visitor = await begins(browser, 'I have not signed in yet.');
  await expect(ann.getByRole('complementary').getByText('nora@sommer.example')).toHaveCount(0);
  const claims = { sub: 'customer-78', aud: widget.key, exp: Math.floor(Date.now() / 1000) + 600, email: 'nora@sommer.example', name: 'Nora Sommer' };
  await visitor.page.evaluate((identity) => (window as unknown as { Rapport: { identify(word: string): void } }).Rapport.identify(identity), word(secret, claims));
  await visitor.says('Now I have.');
  await expect(thread(ann)).toContainText('Now I have.');
  await expect(ann.getByRole('complementary').getByText('nora@sommer.example').first()).toBeVisible();
  const frame = await visitor.frame();
  for (const words of ['I have not signed in yet.', 'Now I have.']) await expect(frame.locator('.line').getByText(words)).toHaveCount(1);
  await visitor.context.close();
});
