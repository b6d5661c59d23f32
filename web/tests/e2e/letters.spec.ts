// What stands around an answer, with the real program: a look that is tried and kept, a signature, and the mail that arrives.
import { expect, type Page, test } from '@playwright/test';
import { EMAIL, hasBinary, House, PASSWORD } from './house';

test.describe.configure({ mode: 'serial', timeout: 60_000 });

const house = new House();
const troubles: string[] = [];
let page: Page;

test.beforeAll(async ({ browser }) => {
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  await house.start();
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource|^Blocked script execution in 'about:/.test(message.text())) troubles.push(message.text());
  });
  await page.goto(`${house.url}/desk`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /Unassigned/ }).waitFor();
});

test.afterAll(() => {
  house.stop();
  expect(troubles).toEqual([]);
});

const inside = () => page.frameLocator('iframe[title="Message content"]');

test('a look is seen while it is written, tried, and kept', async () => {
  await page.goto(`${house.url}/desk/settings/email.looks`);
  await page.getByRole('textbox', { name: 'Footer' }).fill('<p>{{brand.name}}, <b>Lindenallee 14</b></p><script>alert(1)</script>');
  await expect(inside().getByText('Linden & Lark, Lindenallee 14')).toBeVisible();
  // A picture goes into the text by a short name, and is drawn in the preview.
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.locator('.markup').filter({ hasText: 'Header' }).locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png });
  await expect(page.getByRole('textbox', { name: 'Header' })).toHaveValue('<img src="picture:1" alt="">');
  await expect(inside().locator('img')).toHaveJSProperty('naturalWidth', 1);
  await page.getByRole('textbox', { name: 'Signature of the brand' }).fill('<p>{{agent.nme}}</p>');
  await expect(page.getByText(/stands for nothing/).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Signature of the brand' }).fill('<p>The {{brand.name}} team</p>');
  await page.getByRole('radio', { name: /Both/ }).check();
  await page.getByRole('button', { name: 'Plain text' }).click();
  await expect(page.locator('pre')).toContainText('-- \nThe Linden & Lark team');
  await page.getByRole('textbox', { name: 'To' }).fill('me@lindenlark.example');
  await page.getByRole('button', { name: 'Send the test' }).click();
  await expect(page.getByText('The server has taken the mail.')).toBeVisible();
  const tried = await house.caught('me@lindenlark.example');
  expect(tried.raw).toContain('Lindenallee 14');
  expect(tried.raw).not.toContain('<script');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Look of the mail saved')).toBeVisible();
});

test('an agent writes a signature and sees what customers get', async () => {
  await page.goto(`${house.url}/desk/settings/email.signature`);
  await page.getByRole('textbox', { name: 'Text' }).fill('{{agent.name}}, roaster');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Signature saved')).toBeVisible();
  await expect(inside().getByText(/, roaster/)).toBeVisible();
});

test('an answer goes out as the composer shows it', async () => {
  await house.mail('marta@greyheron.example', 'The group head leaks', 'It drips at six bar.', { name: 'Marta Okonkwo' });
  await page.goto(`${house.url}/desk/unassigned`);
  await page.getByRole('listitem').filter({ hasText: 'The group head leaks' }).getByRole('link').click();
  await expect(page.getByRole('log', { name: 'Messages' })).toContainText('It drips at six bar');
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Text' }).fill('A new ring is on its way.');
  await page.getByRole('button', { name: 'With your signature and that of the brand' }).click();
  const shown = page.getByRole('region', { name: 'What the customer gets' }).frameLocator('iframe');
  await expect(shown.getByText('A new ring is on its way.')).toBeVisible();
  await expect(shown.getByText(/, roaster/)).toBeVisible();
  await expect(shown.getByText('The Linden & Lark team')).toBeVisible();
  await page.getByRole('textbox', { name: 'Text' }).focus();
  await page.keyboard.press('Control+Enter');
  const { raw } = await house.caught('marta@greyheron.example');
  for (const words of ['A new ring is on its way.', 'roaster', 'The Linden & Lark team', 'image/png']) expect(raw).toContain(words);
  await expect(page.getByRole('log', { name: 'Messages' })).not.toContainText('roaster');
});
