// The widget on a strict page of another site, against the mock: keys, focus, doubles, forms, limits.
import { expect, test } from '@playwright/test';
import { openShop } from '../shop.mjs';
import { Visitor } from './visitor';

test.describe.configure({ mode: 'serial' });

let shop: { url: string; stop(): void };
const open: Visitor[] = [];

test.beforeAll(async ({}, info) => {
  shop = await openShop(String(info.project.use.baseURL));
});
test.afterAll(() => shop.stop());
test.afterEach(async () => {
  for (const visitor of open.splice(0)) {
    expect(visitor.troubles).toEqual([]);
    await visitor.context.close();
  }
});

async function come(browser: Parameters<typeof Visitor.comes>[0], path: string, options: Parameters<typeof Visitor.comes>[2] = {}): Promise<Visitor> {
  const visitor = await Visitor.comes(browser, shop.url + path, options);
  open.push(visitor);
  return visitor;
}

test('Escape closes, focus goes back, and a wide page keeps it open over pages', async ({ browser }) => {
  const visitor = await come(browser, '/?key=demo');
  const frame = await visitor.opens();
  await frame.getByRole('textbox', { name: 'Your message' }).press('Escape');
  await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.tagName)).toBe('RAPPORT-CHAT');
  await visitor.opens();
  await visitor.page.reload();
  await expect((await visitor.frame()).getByText('Ask us anything')).toBeVisible();
});

test('twice on a page or in a page within it stays one chat', async ({ browser }) => {
  const visitor = await come(browser, '/?key=demo&twice&inside');
  await visitor.opens();
  await visitor.says('Only once, please');
  await expect.poll(async () => (await visitor.lines()).filter((line) => line.includes('Only once')).length).toBe(1);
  expect(visitor.page.frames().filter((frame) => frame.url().includes('/chat/'))).toHaveLength(1);
});

test('the history comes page by page, without a jump', async ({ browser }) => {
  const visitor = await come(browser, '/?key=old');
  const frame = await visitor.opens();
  await expect(frame.getByText('Line 75 of an old thread')).toBeVisible();
  await expect(frame.getByText('Line 45 of an old thread')).toHaveCount(0);
  await expect(frame.getByRole('button', { name: 'Earlier messages' })).toHaveCount(1);
  for (const first of [16, 1]) {
    await frame.locator('.thread').evaluate((box) => (box.scrollTop = 0));
    await expect(frame.getByText(`Line ${first} of an old thread`)).toHaveCount(1);
  }
  const lines = (await visitor.lines()).filter((line) => line.startsWith('Line'));
  expect(lines).toEqual(Array.from({ length: 75 }, (_, i) => `Line ${i + 1} of an old thread`));
});

test('outside the hours a message is left, in the visitor’s own zone', async ({ browser }) => {
  const visitor = await come(browser, '/?key=closed', { locale: 'de-DE', timezoneId: 'Asia/Tokyo' });
  const frame = await visitor.opens();
  await expect(frame.locator('header')).toContainText(/wieder da/);
  await frame.getByLabel('E-Mail').fill('mirjam@oduya.example');
  await frame.getByLabel('Nachricht', { exact: true }).fill('Bitte melden Sie sich.');
  await frame.getByRole('button', { name: 'Nachricht senden' }).click();
  await expect(frame.getByText('Danke')).toBeVisible();
});

test('the form before a chat goes with the first message', async ({ browser, request }) => {
  const visitor = await come(browser, '/?key=form');
  const frame = await visitor.opens();
  await expect(frame.getByRole('textbox', { name: 'Your message' })).toHaveCount(0);
  await frame.getByLabel('Name').fill('Mirjam Oduya');
  await frame.getByLabel('Email').fill('mirjam@oduya.example');
  await frame.getByRole('button', { name: 'Start the chat' }).click();
  await visitor.says('I ordered a kettle');
  await expect(frame.locator('.line.own').getByText('I ordered a kettle')).toBeVisible();
  const desk = (await (await request.get('/api/chat/desk')).json()) as { chats: { visitor: { name: string; email: string } }[] };
  expect(desk.chats.map((chat) => chat.visitor)).toContainEqual(expect.objectContaining({ name: 'Mirjam Oduya', email: 'mirjam@oduya.example' }));
});

test('limits of files are told before anything is sent', async ({ browser }) => {
  const visitor = await come(browser, '/?key=demo');
  const frame = await visitor.opens();
  await frame.getByLabel('Attach a file').setInputFiles({ name: 'huge.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10_000_001) });
  await expect(frame.getByText(/huge\.bin.*is larger than/)).toBeVisible();
  await frame.getByLabel('Attach a file').setInputFiles(Array.from({ length: 6 }, (_, i) => ({ name: `f${i}.txt`, mimeType: 'text/plain', buffer: Buffer.from('x') })));
  await expect(frame.getByText('At most 5 files go with one message.')).toBeVisible();
  await frame.getByRole('button', { name: 'Send' }).click();
  await expect(frame.locator('.chips')).toHaveCount(0);
});

test('a banned visitor is told, and nothing else works', async ({ browser }) => {
  const visitor = await come(browser, '/?key=banned');
  const frame = await visitor.opens();
  await visitor.says('Hello');
  await expect(frame.getByText('You can’t write here any more.')).toBeVisible();
});

test('a signed word shows earlier conversations; a forged one tells the page alone', async ({ browser }) => {
  const visitor = await come(browser, '/?key=demo');
  const frame = await visitor.opens();
  const code = visitor.page.evaluate(() => new Promise((done) => (window as unknown as { rapport(verb: string, name: string, run: (detail: unknown) => void): void }).rapport('on', 'error', done)));
  await visitor.page.evaluate(() => (window as unknown as { rapport(verb: string, word: string): void }).rapport('identify', 'forged'));
  expect(await code).toEqual({ code: 'identity_forged' });
  await visitor.page.evaluate(() => (window as unknown as { rapport(verb: string, word: string): void }).rapport('identify', 'signed'));
  await frame.getByLabel('More').click();
  await frame.getByRole('button', { name: 'Your conversations' }).click();
  await frame.getByRole('button', { name: /Group head leaks/ }).click();
  await expect(frame.getByText('A loan machine goes out tonight.')).toBeVisible();
});

test('shutdown forgets everything', async ({ browser }) => {
  const visitor = await come(browser, '/?key=demo');
  await visitor.opens();
  await expect.poll(async () => Object.keys(await visitor.kept())).toEqual(['rapport:demo']);
  await visitor.page.evaluate(() => (window as unknown as { Rapport: { shutdown(): void } }).Rapport.shutdown());
  await expect(visitor.page.locator('rapport-chat')).toHaveCount(0);
  expect(await visitor.kept()).toEqual({});
});
