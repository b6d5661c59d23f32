// The whole way, with the real program: a mail comes in, is seen at once, answered, and the reply comes back to the same thread.
import { expect, type Page, test } from '@playwright/test';
import { EMAIL, hasBinary, header, House, PASSWORD } from './house';

test.describe.configure({ mode: 'serial', timeout: 60_000 });

const house = new House();
const troubles: string[] = [];
let page: Page;

test.beforeAll(async ({ browser }) => {
  if (!hasBinary()) throw new Error('The program is missing: run `cargo build`, or name it in RAPPORT_BIN.');
  await house.start();
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
});

test.afterAll(() => house.stop());
test.afterEach(() => expect(troubles).toEqual([]));

const row = (subject: string) => page.getByRole('listitem').filter({ hasText: subject });
const thread = () => page.getByRole('log', { name: 'Messages' });
const text = () => page.getByRole('textbox', { name: 'Text' });

test('an agent signs in and the list is empty', async () => {
  await page.goto(`${house.url}/desk`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill('not my password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('wrong');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: /Unassigned/ })).toBeVisible();
});

test('a mail appears without a reload', async () => {
  await page.getByRole('link', { name: /Unassigned/ }).click();
  await house.mail('marta@greyheron.example', 'The group head leaks', 'Hello,\n\nit drips at six bar.\n\nMarta', { name: 'Marta Okonkwo' });
  await expect(row('The group head leaks')).toContainText('Marta Okonkwo');
  await row('The group head leaks').getByRole('link').click();
  await expect(thread()).toContainText('it drips at six bar');
});

test('the recipients show before sending, and the answer goes out', async () => {
  await page.keyboard.press('r');
  await expect(page.getByText('Marta Okonkwo', { exact: true }).last()).toBeVisible();
  await text().fill('Hello Marta, a new ring goes out today.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Goes out in \d+ seconds/)).toBeVisible();
  const answer = await house.caught('marta@greyheron.example');
  expect(answer.raw).toContain('a new ring goes out today');
  expect(header(answer.raw, 'In-Reply-To')).toBeTruthy();
  await expect(thread().getByText('Delivered')).toBeVisible();
});

test('the reply to the answer comes back to the same thread by itself', async () => {
  const answer = await house.caught('marta@greyheron.example');
  const id = header(answer.raw, 'Message-ID') ?? '';
  const back = header(answer.raw, 'Reply-To') ?? header(answer.raw, 'From') ?? '';
  const to = /<([^>]+)>/.exec(back)?.[1] ?? back;
  await house.mail('marta@greyheron.example', 'Re: The group head leaks', 'It arrived and it is dry. Thank you!', { name: 'Marta Okonkwo', to, headers: { 'In-Reply-To': id, References: id } });
  await expect(thread()).toContainText('It arrived and it is dry');
});

test('undo takes a held answer back before it is sent', async () => {
  await page.keyboard.press('r');
  await text().fill('This must never leave the house.');
  await page.keyboard.press('Control+Enter');
  await thread().getByRole('button', { name: 'Undo' }).click();
  await expect(text()).toContainText('This must never leave the house.');
  await expect(thread().getByText('This must never leave')).toHaveCount(0);
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('a note stays inside, and a draft survives a reload', async () => {
  await page.keyboard.press('n');
  await text().fill('Ring of the March batch, do not argue.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: /Note by/ })).toContainText('March batch');
  await page.keyboard.press('r');
  await text().fill('Half a thought');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(text()).toContainText('Half a thought');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('solving moves it to solved, and undo brings it back', async () => {
  await page.getByRole('heading', { name: 'The group head leaks' }).waitFor();
  await page.keyboard.press('e');
  await expect(page.getByText('Status: Solved')).toBeVisible();
  await page.keyboard.press('z');
  await page.getByRole('link', { name: /^Mine/ }).click();
  await expect(row('The group head leaks')).toBeVisible();
});

test('search finds the words of a message', async () => {
  await page.goto(`${house.url}/desk/search?q=drips`);
  await expect(page.getByRole('listitem').filter({ hasText: 'The group head leaks' })).toBeVisible();
  await expect(page.locator('mark').first()).toHaveText(/drips/i);
});

test('a hostile mail harms nothing', async () => {
  const html = '<p style="color:red">Hello <b>there</b></p><script>parent.hit=1</script><img src="x" onerror="parent.hit=1"><table><tr><td onclick="parent.hit=1">cell</td></tr></table>';
  await house.mail('mallory@evil.example', 'Nothing <b>bad</b>', '', { html, name: '<img src=x onerror=alert(1)>' });
  await page.goto(`${house.url}/desk/unassigned`);
  await row('Nothing <b>bad</b>').getByRole('link').click();
  await expect(page.frameLocator('iframe').getByText('cell')).toBeVisible();
  expect(await page.evaluate(() => (window as { hit?: number }).hit)).toBeUndefined();
  troubles.splice(0, troubles.length, ...troubles.filter((t) => !t.startsWith("Blocked script execution in 'about:")));
});

test('a new conversation reaches somebody who never wrote', async () => {
  await page.keyboard.press('c');
  await page.getByRole('combobox', { name: 'To' }).fill('tom@whitaker.example');
  await page.getByRole('textbox', { name: 'Subject' }).fill('Your order');
  await text().fill('It is ready.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Your order' })).toBeVisible();
  expect((await house.caught('tom@whitaker.example')).raw).toContain('It is ready.');
});
