// From an empty workspace to the first answer-ready shop, with the real program and guided by the screen alone.
import { expect, type Page, test } from '@playwright/test';
import { openShop } from '../shop.mjs';
import { EMAIL, hasBinary, House, MAILBOX, PASSWORD } from './house';
import { Visitor } from './visitor';

test.describe.configure({ mode: 'serial', timeout: 60_000 });

const house = new House();
const troubles: string[] = [];
let page: Page;
let port = 0;

test.beforeAll(async ({ browser }) => {
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  port = await house.start(true);
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
  await page.goto(`${house.url}/desk`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: /Unassigned/ })).toBeVisible();
});

test.afterAll(() => house.stop());
test.afterEach(() => expect(troubles).toEqual([]));

const notice = (text: string) => expect(page.locator('.toasts')).toContainText(text);
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

/** Settings open on the first steps; each of them leads to its place. */
async function step(name: string): Promise<void> {
  await page.goto(`${house.url}/desk/settings`);
  await page.getByRole('link', { name: new RegExp(`: ${name}$`) }).click();
}

async function done(n: number): Promise<void> {
  await page.goto(`${house.url}/desk/settings`);
  await expect(page.getByText(`${n} of 6 done`)).toBeVisible();
}

test('an empty inbox leads to the first steps, which ask for a name', async () => {
  await page.goto(`${house.url}/desk`);
  await expect(page.getByText('Nothing has come in yet')).toBeVisible();
  await page.getByRole('link', { name: 'First steps' }).click();
  await expect(page.getByText('it is still “Administrator”')).toBeVisible();
});

test('a mailbox is connected, and mail to it becomes a conversation', async () => {
  await step('Connect a mailbox');
  await field('Address').fill(MAILBOX);
  await press('Add the address');
  await notice('is added');
  await house.mail('marta@greyheron.example', 'Is the shop open?', 'I would like to come by.');
  await page.goto(`${house.url}/desk/unassigned`);
  await expect(page.getByRole('listitem').filter({ hasText: 'Is the shop open?' })).toBeVisible();
});

test('an invitation says that it waits while no server is named', async () => {
  await step('Invite colleagues');
  await expect(page.getByText('No outgoing server is named yet.')).toBeVisible();
});

test('outgoing mail is set, and the test mail arrives', async () => {
  await step('Set up outgoing mail, and test it');
  await field('Name of the server').fill('127.0.0.1');
  await page.getByRole('combobox', { name: 'Protection' }).selectOption('none');
  await page.getByRole('spinbutton', { name: 'Port' }).fill(String(port));
  await press('Save');
  await notice('Outgoing mail saved');
  await press('Send the test');
  await expect(page.getByText('The server has taken the mail.')).toBeVisible();
  await house.caught(EMAIL);
});

test('a team is made with its members, and a colleague gets the invitation', async () => {
  await step('Make a team');
  await field('Name').fill('Orders');
  await press('Make the team');
  await notice('Team “Orders” made');
  await press('Members of Orders');
  await page.getByRole('group', { name: 'Members of Orders' }).getByRole('checkbox').first().check();
  await press('Save');
  await notice('Members of “Orders” saved');

  await step('Invite colleagues');
  await field('Email').fill('bo@lindenlark.example');
  await field('Name').fill('Bo Lindqvist');
  await page.getByRole('checkbox', { name: 'Orders' }).check();
  await press('Send the invitation');
  await notice('is on its way');
  expect((await house.caught('bo@lindenlark.example')).raw).toContain('/desk/invitation/');
  await done(3);
});

test('the team gets its hours', async () => {
  await step('Set the team’s hours');
  await page.getByRole('switch', { name: 'Always open' }).click();
  await expect(page.getByText('Monday')).toBeVisible();
  await press('Save');
  await notice('Hours saved');
});

test('a chat widget is made, changed beside its live preview, and its snippet works on a page', async ({ browser }) => {
  await step('Put the chat on your website');
  await field('Name').fill('Shop');
  await press('Add widget');
  const preview = page.frameLocator('iframe[title="Preview of the chat"]');
  // A team without hours is always open, so that this holds on every day and at every hour.
  await page.getByRole('combobox', { name: 'Team' }).selectOption({ label: 'Orders' });
  await field('Greeting').fill('Welcome to Linden & Lark!');
  await press('Save');
  await notice('Widget saved');
  await expect(preview.getByText('Welcome to Linden & Lark!')).toBeVisible();
  const key = /key=([\w-]+)/.exec(await page.getByText('widget.js?key=').innerText())?.[1] ?? '';
  const shop = await openShop(house.url);
  const visitor = await Visitor.comes(browser, `${shop.url}/?key=${key}`);
  const frame = await visitor.opens();
  await expect(frame.getByText(/We’re back|We’re not here right now|Nobody is free right now/).first()).toBeVisible();
  await page.getByRole('switch', { name: 'Available for chat' }).click();
  await visitor.page.reload();
  await expect((await visitor.opens()).getByText('Welcome to Linden & Lark!')).toBeVisible();
  await visitor.context.close();
  shop.stop();
});

test('a change of the workspace can be taken back', async () => {
  await page.goto(`${house.url}/desk/settings/people.workspace`);
  await field('Name').fill('Linden');
  await press('Save');
  await notice('Workspace saved');
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click();
  await expect(field('Name')).toHaveValue('Linden & Lark');
});

test('the password changes only with the present one, and then opens the door', async () => {
  await page.goto(`${house.url}/desk/settings/people.security`);
  await field('Present password').fill('not my password');
  await field('New password').fill('another good phrase');
  await press('Change the password');
  await expect(page.getByRole('alert')).toHaveText('This isn’t your present password.');
  await field('Present password').fill(PASSWORD);
  await press('Change the password');
  await notice('Your password is changed');
  const answer = await page.request.post(`${house.url}/api/session`, { data: { email: EMAIL, password: 'another good phrase' }, headers: { origin: house.url } });
  expect(answer.status()).toBe(200);
});
