// Every contact in one thread, with the real program: a mail, a call, a letter, a forward, and the customer's mail lands in it again.
import { expect, type Page, test } from '@playwright/test';
import { answering, EMAIL, hasBinary, House, PASSWORD } from './house';

test.describe.configure({ mode: 'serial', timeout: 60_000 });

const house = new House();
let page: Page;

test.beforeAll(async ({ browser }) => {
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  await house.start();
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${house.url}/desk`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /Unassigned/ }).click();
});

test.afterAll(() => house.stop());

const thread = () => page.getByRole('log', { name: 'Messages' });
const text = () => page.getByRole('textbox', { name: 'Text' });
const logged = () => page.getByRole('region', { name: /logged by hand/ });

test('a mail, then a call and a letter logged in its thread', async () => {
  await house.mail('marta@greyheron.example', 'The group head leaks', 'It drips at six bar.', { name: 'Marta Okonkwo' });
  await page.getByRole('listitem').filter({ hasText: 'The group head leaks' }).getByRole('link').click();
  await expect(thread()).toContainText('It drips at six bar');
  await page.keyboard.press('l');
  await page.getByRole('textbox', { name: 'Duration' }).fill('4');
  await text().fill('She called: a loan machine is fine.');
  await page.keyboard.press('Control+Enter');
  await expect(logged()).toHaveCount(1);
  await expect(logged().first()).toContainText('4 min');
  await thread().focus();
  await page.keyboard.press('l');
  const form = page.getByRole('form', { name: 'Log a contact' });
  await form.getByRole('radio', { name: 'Letter', exact: true }).check();
  await form.getByLabel('Attach files').last().setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear all') });
  await expect(form.getByText('letter.txt')).toBeVisible();
  await text().fill('The signed warranty card.');
  // Nothing can be saved while a file is still on its way.
  await expect(form.locator('button.main')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(logged()).toHaveCount(2);
  await expect(logged().last()).toContainText('letter.txt');
});

test('a forward reaches the third party, whose answer stands beside', async () => {
  await thread().focus();
  await page.keyboard.press('f');
  await page.getByRole('form', { name: 'Forward to a third party' }).getByRole('textbox', { name: 'To' }).fill('parts@maker.example');
  await text().fill('Do you have this ring?');
  await page.keyboard.press('Control+Enter');
  const out = await house.caught('parts@maker.example');
  expect(out.raw).toContain('Do you have this ring?');
  expect(out.raw).not.toContain('a loan machine is fine');
  await house.mail('parts@maker.example', 'Re: Fwd: The group head leaks', 'Two in stock.', { name: 'Parts', ...answering(out.raw) });
  await expect(page.getByRole('region', { name: /^Beside the conversation/ }).last()).toContainText('Two in stock');
});

test('the answer goes to the customer alone, and the reply lands in the same thread', async () => {
  await thread().focus();
  await page.keyboard.press('r');
  await expect(page.getByText(/^(wrote last|asked)$/).first()).toBeVisible();
  await text().fill('The ring is on its way.');
  await page.keyboard.press('Control+Enter');
  const answer = await house.caught('marta@greyheron.example');
  expect(answer.raw).not.toContain('Two in stock');
  expect(answer.to).toEqual(['marta@greyheron.example']);
  await house.mail('marta@greyheron.example', 'Re: The group head leaks', 'It is dry now, thank you!', { name: 'Marta Okonkwo', ...answering(answer.raw) });
  await expect(thread()).toContainText('It is dry now');
  await expect(logged()).toHaveCount(2);
});

test('a call of somebody new begins a conversation, solved at once', async () => {
  await thread().focus();
  await page.keyboard.press('C');
  await page.getByRole('combobox', { name: 'Who' }).fill('+49 40 5550142');
  await text().fill('Asked for the opening hours.');
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page.getByRole('heading', { name: /Asked for the opening hours/ })).toBeVisible();
  await expect(logged()).toContainText('Call came in');
  await expect(page.getByRole('button', { name: /Solved/ })).toBeVisible();
});

test('a blocked sender comes through no more, and what was kept away can be let in', async () => {
  await house.mail('spam@cheap.example', 'Buy now', 'Cheap rings.', { name: 'Cheap' });
  await page.getByRole('link', { name: /Unassigned/ }).click();
  await page.getByRole('listitem').filter({ hasText: 'Buy now' }).getByRole('link').click();
  await expect(thread()).toContainText('Cheap rings');
  await thread().focus();
  await page.keyboard.press('B');
  await expect(page.getByText('Spam, and the sender is blocked')).toBeVisible();
  await house.mail('spam@cheap.example', 'Buy again', 'Cheaper rings.', { name: 'Cheap' });
  const dialog = page.getByRole('dialog', { name: 'Quarantine and blocked senders' });
  await expect(async () => {
    if (await dialog.isVisible()) await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await expect(dialog.getByText('Buy again')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole('listitem').filter({ hasText: 'Buy again' }).getByRole('link')).toHaveCount(0);
  await dialog.getByRole('button', { name: /Buy again/ }).click();
  await expect(dialog.getByText('Cheaper rings.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Let in', exact: true }).click();
  await expect(dialog.getByText('let in', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /All/ }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Buy again' })).toBeVisible();
});
