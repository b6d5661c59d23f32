// Live chat on the real program: a visitor on a strict page of another site, agents in browsers of their own.
import { type APIRequestContext, type Browser, expect, type Page, request, test } from '@playwright/test';
import { openShop } from '../shop.mjs';
import { answering, EMAIL, hasBinary, House, PASSWORD } from './house';
import { Visitor } from './visitor';

test.describe.configure({ mode: 'serial', timeout: 60_000 });

const house = new House();
let shop: { url: string; stop(): void };
let api: APIRequestContext;
let key = '';
let ann: Page;
let visitor: Visitor;

async function signIn(browser: Browser, email: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${house.url}/desk`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('switch', { name: 'Available for chat' }).waitFor();
  return page;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  await house.start();
  api = await request.newContext({ baseURL: house.url, extraHTTPHeaders: { origin: house.url } });
  await api.post('/api/session', { data: { email: EMAIL, password: PASSWORD } });
  const widget = await api.post('/api/chat/widgets', { data: { name: 'Linden & Lark', greeting: 'Hello! Ask us anything.' } });
  expect(widget.status()).toBe(201);
  ({ key } = (await widget.json()) as { key: string });
  await api.put('/api/chat/rules', { data: { answer_within_seconds: 600, most_chats_per_agent: 4, mail_after_seconds: 60, end_after_minutes: 60 } });
  shop = await openShop(house.url);
  ann = await signIn(browser, EMAIL);
});

test.afterAll(async () => {
  shop?.stop();
  await api?.dispose();
  house.stop();
});

const thread = (page: Page) => page.getByRole('log', { name: 'Messages' });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text' });

test('a visitor of a strict page chats with an agent', async ({ browser }) => {
  await ann.getByRole('switch', { name: 'Available for chat' }).click();
  await expect(ann.getByRole('switch', { name: 'Available for chat' })).toBeChecked();
  visitor = await Visitor.comes(browser, `${shop.url}/?key=${key}`);
  const frame = await visitor.opens();
  await expect(frame.getByText('Hello! Ask us anything.')).toBeVisible();
  await visitor.says('Does the kettle fit the holder?');
  await expect(ann.getByRole('alert').filter({ hasText: 'Does the kettle fit' })).toBeVisible();
  await ann.keyboard.press('y');
  await expect(thread(ann)).toContainText('Does the kettle fit the holder?');
  await expect(frame.getByText(/is here now/)).toBeVisible();
  await text(ann).pressSequentially('It does.');
  await expect(frame.getByText(/is typing…/)).toBeVisible();
  await text(ann).press('Enter');
  await expect(frame.locator('.line').getByText('It does.')).toBeVisible();
  await expect(thread(ann).getByText('Read', { exact: true })).toBeVisible();
  await expect(frame.getByText(/Seen/)).toBeVisible();
  expect(visitor.troubles).toEqual([]);
});

test('the network is cut and comes back: nothing is lost, nothing doubled', async () => {
  const frame = await visitor.frame();
  await visitor.context.setOffline(true);
  for (const n of [1, 2, 3]) await visitor.says(`Written without a line, ${n}`);
  await expect(frame.getByText(/Waits|Sending|didn’t work/).first()).toBeVisible();
  expect(JSON.stringify(await visitor.kept())).toContain('Written without a line, 3');
  await text(ann).fill('Written while you were away.');
  await text(ann).press('Enter');
  await visitor.context.setOffline(false);
  const wanted = ['Written without a line, 1', 'Written without a line, 2', 'Written without a line, 3', 'Written while you were away.'];
  for (const line of wanted) {
    await expect(frame.locator('.line').getByText(line, { exact: true })).toHaveCount(1, { timeout: 40_000 });
    await expect(thread(ann).getByText(line, { exact: true })).toHaveCount(1);
  }
  await expect.poll(async () => JSON.stringify(await visitor.kept())).not.toContain('Written without');
});

test('another page of the shop goes on with the same thread', async () => {
  await visitor.page.goto(`${shop.url}/?key=${key}&twice`);
  const frame = await visitor.frame();
  await expect(frame.locator('.line').getByText('It does.')).toHaveCount(1);
  await expect(visitor.page.locator('rapport-chat')).toHaveCount(1);
  expect(visitor.troubles).toEqual([]);
});

test('the visitor leaves an address and goes; the answer arrives by mail', async () => {
  const address = 'mirjam@oduya.example';
  const frame = await visitor.frame();
  await frame.getByLabel('More').click();
  await frame.getByRole('button', { name: 'Leave your email' }).click();
  await frame.getByLabel(/Leave your email address/).fill(address);
  await frame.getByRole('button', { name: 'Save' }).click();
  await expect(frame.getByText(`We’ll answer to ⁨${address}⁩ if you leave.`)).toBeVisible();
  await visitor.context.close();
  await expect(ann.getByText('Has left')).toBeVisible();
  await text(ann).fill('One more thing: the filter is in the box.');
  await text(ann).press('Enter');
  test.setTimeout(150_000);
  await expect.poll(() => house.sink.caught.filter((mail) => mail.to.includes(address)).map((mail) => mail.raw).join(''), { timeout: 120_000 }).toContain('the filter is in the box');
});

test('a call and a letter stand in the same thread, and the reply by mail lands in it', async () => {
  const address = 'mirjam@oduya.example';
  const logged = ann.getByRole('region', { name: /logged by hand/ });
  await thread(ann).focus();
  await ann.keyboard.press('l');
  await text(ann).fill('She called: the filter was in the box.');
  await ann.keyboard.press('Control+Enter');
  await expect(logged).toHaveCount(1);
  await thread(ann).focus();
  await ann.keyboard.press('l');
  await ann.getByRole('form', { name: 'Log a contact' }).getByRole('radio', { name: 'Letter', exact: true }).check();
  await text(ann).fill('A card from Mirjam, with thanks.');
  await ann.keyboard.press('Control+Enter');
  await expect(logged).toHaveCount(2);
  const out = await house.caught(address);
  await house.mail(address, 'Re: your chat', 'It fits, and tea is ready.', { name: 'Mirjam Oduya', ...answering(out.raw) });
  const lines = ['Does the kettle fit the holder?', 'One more thing: the filter is in the box.', 'She called: the filter was in the box.', 'A card from Mirjam', 'It fits, and tea is ready.'];
  for (const line of lines) await expect(thread(ann)).toContainText(line);
  await expect(logged).toHaveCount(2);
});

test('a chat is taken once, and comes back when its agent is gone', async ({ browser }) => {
  const made = await api.post('/api/invitations', { data: { email: 'bo@lindenlark.example', name: 'Bo', role: 'agent', team_ids: [] } });
  expect(made.ok()).toBe(true);
  const token = /invitation\/([\w-]+)/.exec((await house.caught('bo@lindenlark.example')).raw.replace(/=\r?\n/g, ''))?.[1] ?? '';
  const other = await request.newContext({ baseURL: house.url, extraHTTPHeaders: { origin: house.url } });
  await other.post(`/api/invitations/${token}`, { data: { name: 'Bo Lindqvist', password: PASSWORD } });
  const bo = await signIn(browser, 'bo@lindenlark.example');
  await bo.getByRole('switch', { name: 'Available for chat' }).click();
  const guest = await Visitor.comes(browser, `${shop.url}/?key=${key}`);
  await guest.opens();
  await guest.says('Which of you is faster?');
  for (const page of [ann, bo]) await expect(page.getByRole('alert').filter({ hasText: 'Which of you is faster?' })).toBeVisible();
  await Promise.all([ann, bo].map((page) => page.keyboard.press('F9')));
  await expect(ann.getByText(/You’re talking|Bo Lindqvist is talking|has taken this chat/).first()).toBeVisible();
  type Desk = { chats: { preview: string; state: string; taker_id: number }[]; agents: { agent_id: number; name: string }[] };
  const desk = async () => (await (await api.get('/api/chat/desk')).json()) as Desk;
  const taken = async () => (await desk()).chats.filter((chat) => chat.preview.includes('faster') && chat.state === 'taken');
  await expect.poll(async () => (await taken()).length).toBe(1);
  await other.dispose();
  // The browser of whoever took it dies. Screens may show another chat of the same agent, so the server is asked.
  const bos = (await desk()).agents.find((agent) => agent.name.startsWith('Bo'))?.agent_id;
  const [taker, left] = (await taken())[0]?.taker_id === bos ? [bo, ann] : [ann, bo];
  await taker.context().close();
  test.setTimeout(180_000);
  const again = left.getByRole('alert').filter({ hasText: 'Which of you is faster?' });
  await expect(again).toBeVisible({ timeout: 120_000 });
  // Whoever is gone may have left other chats too, which a key would take first.
  await again.getByRole('button', { name: 'Take' }).click();
  await expect(thread(left)).toContainText('Which of you is faster?');
  expect(guest.troubles).toEqual([]);
});
