// The demo as a newcomer meets it: sign in, answer, see the answer in the mail catcher, answer there as the customer.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, type Page, test } from '@playwright/test';
import { BINARY, hasBinary } from './house';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

let program: ChildProcess;
let desk = '';
let catcher = '';
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  program = spawn(BINARY, ['demo', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: program.stdout! });
  const ready = await new Promise<{ listen: string; catcher: string }>((done, failed) => {
    lines.once('line', (line) => done(JSON.parse(line)));
    program.once('exit', (code) => failed(new Error(`the demo ended with ${code}`)));
  });
  desk = `http://${ready.listen}`;
  catcher = ready.catcher;
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
});

test.afterAll(async () => {
  if (program.exitCode !== null) return;
  const ended = new Promise((done) => program.once('exit', done));
  program.kill('SIGTERM');
  await ended;
});

const thread = () => page.getByRole('log', { name: 'Messages' });

test('the list is there after signing in, and a conversation opens', async () => {
  await page.goto(`${desk}/desk`);
  await page.getByLabel('Email').fill('ann@linden-lark.example');
  await page.getByLabel('Password', { exact: true }).fill('linden-and-lark');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /^All/ }).click();
  await expect(page.getByRole('listitem').first()).toBeVisible();
  expect(await page.getByRole('listitem').count()).toBeGreaterThan(8);
});

test('an answer is seen in the mail catcher, and the reply to it in the same thread without a reload', async ({ browser }) => {
  const customer = await (await browser.newContext()).newPage();
  await customer.goto(`${catcher}/new`);
  await customer.getByLabel('Name').fill('Mara Quist');
  await customer.getByLabel('Address').fill('mara@example.org');
  await customer.getByLabel('Subject').fill('The lid of my Brook kettle');
  await customer.getByLabel('Text').fill('It squeaks. Is that normal?');
  await customer.getByRole('button', { name: 'Send', exact: true }).click();

  await page.getByRole('listitem').filter({ hasText: 'The lid of my Brook kettle' }).getByRole('link').click();
  await expect(thread()).toContainText('It squeaks');
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Text' }).fill('A drop of oil helps, Mara.');
  await page.keyboard.press('Control+Enter');
  await expect(thread().getByText('Delivered').last()).toBeVisible({ timeout: 30_000 });

  await customer.goto(catcher);
  await customer.getByRole('link', { name: /The lid of my Brook kettle/ }).first().click();
  await customer.getByLabel('Text').fill('It is quiet now. Thank you!');
  await customer.getByRole('button', { name: 'Send reply' }).click();
  await expect(thread()).toContainText('It is quiet now', { timeout: 15_000 });
});
