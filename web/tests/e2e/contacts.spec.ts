// Every contact has a place: logged by hand, forwarded, guarded, merged and blocked, against the mock.
import { expect, type Page, test } from '@playwright/test';

test.describe.configure({ mode: 'serial' });

const troubles: string[] = [];

test.beforeEach(({ page }) => {
  troubles.length = 0;
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
});

test.afterEach(() => expect(troubles).toEqual([]));

const thread = (page: Page) => page.getByRole('log', { name: 'Messages' });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text' });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Customer and details' });

async function openSubject(page: Page, view: string, subject: string): Promise<void> {
  await page.goto(`/desk/${view}`);
  await page.getByRole('listitem').filter({ hasText: subject }).first().getByRole('link').click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
  await expect(thread(page).getByRole('region').first()).toBeVisible();
}

test('a call of somebody new is logged by keys alone', async ({ page }) => {
  await page.goto('/desk/mine');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('C');
  await expect(page.getByRole('radio', { name: 'Call', exact: true })).toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Who' })).toBeFocused();
  await page.keyboard.type('+49 40 555 0142');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ida Brandt');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Duration' }).fill('1:75');
  await expect(page.getByRole('alert')).toContainText('1h 20m');
  await page.getByRole('textbox', { name: 'Duration' }).fill('12');
  await text(page).fill('She would like a second kettle in green.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /She would like a second kettle/ })).toBeVisible();
  const card = page.getByRole('region', { name: 'Ida Brandt: logged by hand' });
  await expect(card).toContainText('Call came in');
  await expect(card).toContainText('12 min');
  await expect(card).toContainText('nothing was sent');
});

test('a new conversation that was begun is there again after leaving and after a reload, until it is discarded', async ({ page }) => {
  const row = page.getByRole('listitem').filter({ hasText: 'Group head leaks' }).first().getByRole('link');
  const begin = async () => {
    await expect(row).toBeVisible();
    await page.keyboard.press('c');
    await expect(page.getByRole('textbox', { name: 'Subject' })).toBeVisible();
  };
  await page.goto('/desk/mine');
  await begin();
  await page.getByRole('combobox', { name: 'To' }).fill('later@new.example');
  await page.getByRole('textbox', { name: 'Subject' }).fill('Your loan machine');
  await text(page).fill('It leaves tomorrow.');
  await row.click();
  await expect(thread(page)).toBeVisible();
  for (const again of ['key', 'reload'] as const) {
    if (again === 'reload') await page.reload();
    else await begin();
    await expect(page.getByRole('combobox', { name: 'To' })).toHaveValue('later@new.example');
    await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('Your loan machine');
    await expect(text(page)).toContainText('It leaves tomorrow.');
  }
  // Something else is begun in a form of its own.
  await page.goto('/desk/new?by=letter');
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('');
  await page.goto('/desk/new');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await page.goto('/desk/new');
  await expect(page.getByRole('combobox', { name: 'To' })).toHaveValue('');
  await expect(text(page)).toHaveText('');
});

test('a visit is added to an open conversation, and undo takes it out', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('l');
  await expect(page.getByRole('form', { name: 'Log a contact' })).toBeVisible();
  await page.getByRole('radio', { name: 'Visit' }).check();
  await page.getByRole('radio', { name: 'We visited' }).check();
  await text(page).fill('Looked at the machine; the seal is worn.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('form', { name: 'Log a contact' })).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(text(page)).toContainText('the seal is worn');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Ann Becker: logged by hand' })).toContainText('We visited');
  await expect(page.getByText('Contact logged')).toBeVisible();
  await page.getByRole('heading', { name: 'Group head leaks' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect(page.getByRole('region', { name: /logged by hand/ })).toHaveCount(0);
});

test('a letter takes a scan, and a time that has not come is refused', async ({ page }) => {
  await openSubject(page, 'mine', 'Facture');
  await page.keyboard.press('l');
  const form = page.getByRole('form', { name: 'Log a contact' });
  await form.getByRole('radio', { name: 'Letter', exact: true }).check();
  await expect(form.getByRole('textbox', { name: 'Duration' })).toHaveCount(0);
  await form.getByLabel('When').fill('2031-01-01T10:00');
  await expect(form.getByRole('alert')).toContainText('hasn’t come yet');
  await form.getByLabel('When').fill('2026-01-05T10:00');
  await form.getByLabel('Attach files').last().setInputFiles({ name: 'scan.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await expect(form.getByText('scan.png')).toBeVisible();
  await form.getByRole('button', { name: 'Log it', exact: true }).click();
  await expect(page.getByRole('region', { name: /logged by hand/ })).toContainText('Letter received');
});

test('a forward stands beside the thread, its answer goes to the third party only', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('f');
  const form = page.getByRole('form', { name: 'Forward to a third party' });
  await form.getByRole('textbox', { name: 'To' }).fill('marta.okonkwo@greyheron.example');
  await form.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect(form.getByRole('alert')).toContainText('belongs to the customer');
  await form.getByRole('textbox', { name: 'To' }).fill('quick@parts.example');
  await text(page).fill('Do you have this ring?');
  await page.keyboard.press('Control+Enter');
  const beside = page.getByRole('region', { name: /^Beside the conversation/ });
  await expect(beside.first()).toContainText('Never seen by the customer');
  await expect(beside.nth(1)).toContainText('The ring is in stock');
  await beside.nth(1).getByRole('button', { name: 'Answer beside' }).click();
  await expect(page.getByRole('heading', { name: /Answer to quick@parts.example/ })).toBeVisible();
  await text(page).fill('Please send two.');
  await page.keyboard.press('Control+Enter');
  await expect(beside).toHaveCount(3);
  await expect(beside.nth(2)).toContainText('to quick@parts.example');
});

test('Enter in a field goes on to the next one; it never sends and presses nothing', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('f');
  const form = page.getByRole('form', { name: 'Forward to a third party' });
  await form.getByRole('textbox', { name: 'To' }).fill('enter@parts.example');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('textbox', { name: 'Subject' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(text(page)).toBeFocused();
  // A format and a link are no wish to send either.
  await form.getByRole('button', { name: 'Bold' }).click();
  await form.getByRole('button', { name: 'Link' }).click();
  await page.getByRole('textbox', { name: 'Link' }).fill('parts.example/ring');
  await page.keyboard.press('Enter');
  await expect(text(page)).toContainText('https://parts.example/ring');
  await expect(form).toBeVisible();
  await expect(thread(page).getByText('enter@parts.example')).toHaveCount(0);
  await form.getByRole('button', { name: 'Close' }).click();

  await page.keyboard.press('c');
  await page.getByRole('combobox', { name: 'To' }).fill('nobody@new.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(text(page)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Bold' })).toHaveAttribute('aria-pressed', 'false');
});

test('a forward to what is no address says so, and goes nowhere', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('f');
  const form = page.getByRole('form', { name: 'Forward to a third party' });
  const to = form.getByRole('textbox', { name: 'To' });
  await to.fill('not an address');
  await page.keyboard.press('Tab');
  await expect(form.getByRole('alert')).toContainText('doesn’t look like an address');
  await page.keyboard.press('Control+Enter');
  await expect(to).toBeFocused();
  await to.fill('a@parts.example, b@parts.example');
  await expect(form.getByRole('alert')).toHaveCount(0);
  await form.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect(form.getByRole('alert')).toContainText('goes to one address');
  await to.fill('');
  await page.keyboard.press('Control+Enter');
  await expect(form.getByRole('alert')).toContainText('Say who should get this');
});

test('a forward that was begun is there again after leaving and after a reload, until it is discarded', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('f');
  const form = page.getByRole('form', { name: 'Forward to a third party' });
  await form.getByRole('textbox', { name: 'To' }).fill('later@parts.example');
  await form.getByRole('textbox', { name: 'Subject' }).fill('Fwd: a ring');
  await text(page).fill('Do you still have this ring?');
  await form.getByLabel('Attach files').last().setInputFiles({ name: 'ring.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await expect(form.getByText('ring.png')).toBeVisible();
  await openSubject(page, 'mine', 'Service contract');
  await expect(form).toHaveCount(0);
  for (const again of ['link', 'reload'] as const) {
    if (again === 'reload') await page.reload();
    else await page.getByRole('listitem').filter({ hasText: 'Group head leaks' }).first().getByRole('link').click();
    await expect(form.getByRole('textbox', { name: 'To' })).toHaveValue('later@parts.example');
    await expect(form.getByRole('textbox', { name: 'To' })).not.toBeFocused();
    await expect(form.getByRole('textbox', { name: 'Subject' })).toHaveValue('Fwd: a ring');
    await expect(text(page)).toContainText('Do you still have this ring?');
    await expect(form.getByText('ring.png')).toBeVisible();
  }
  await page.getByRole('listitem').filter({ hasText: 'Service contract' }).first().getByRole('link').click();
  await page.getByRole('listitem').filter({ hasText: 'Group head leaks' }).first().getByRole('link').click();
  await form.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(form).toHaveCount(0);
  await page.reload();
  await expect(thread(page).getByRole('region').first()).toBeVisible();
  await page.keyboard.press('f');
  await expect(form.getByRole('textbox', { name: 'To' })).toHaveValue('');
  await expect(text(page)).toHaveText('');
});

test('a forward that is taken back opens as a forward again, never as an answer', async ({ page }) => {
  await openSubject(page, 'mine', 'Kessel wird');
  await page.keyboard.press('f');
  await page.getByRole('textbox', { name: 'To' }).fill('parts@parts.example');
  await text(page).fill('Not yet.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: /^Beside/ }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('form', { name: 'Forward to a third party' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'To' })).toHaveValue('parts@parts.example');
  await expect(text(page)).toContainText('Not yet.');
  await expect(page.getByText('1 message is quoted')).toBeVisible();
});

test('a note asks before it becomes public', async ({ page }) => {
  await openSubject(page, 'mine', 'Service contract');
  await page.keyboard.press('n');
  await text(page).fill('She pays late, do not tell her.');
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  const guard = page.getByRole('alertdialog');
  await expect(guard).toContainText('written as a note');
  await expect(page.getByRole('button', { name: 'Add note' })).toBeDisabled();
  await expect(guard.getByRole('button', { name: 'Keep it a note' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(guard).toHaveCount(0);
  await expect(page.getByText('Only your team sees this')).toBeVisible();
  // Folding it away and coming back by the key for answers is no way around.
  await page.getByRole('button', { name: 'Fold away' }).click();
  await page.keyboard.press('r');
  await expect(guard).toBeVisible();
  await guard.getByRole('button', { name: /Send it to/ }).click();
  await expect(page.getByRole('button', { name: 'Send email' })).toBeEnabled();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('recipients say why, who is outside is marked, and one key leaves the customer alone', async ({ page }) => {
  await page.goto('/desk/all');
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('r');
  await expect(page.getByText('wrote last')).toBeVisible();
  await text(page).click();
  const cc = page.getByRole('textbox', { name: 'Cc' });
  await cc.fill('boss@elsewhere.example');
  await cc.press('Enter');
  const chip = page.getByRole('listitem').filter({ hasText: 'boss@elsewhere.example' });
  await expect(chip).toContainText('added by you');
  await expect(chip).toContainText('new');
  await cc.fill('hello@lindenlark.example');
  await cc.press('Enter');
  await expect(page.getByRole('alert')).toContainText('our own');
  await text(page).click();
  await page.keyboard.press('Control+.');
  await expect(page.getByRole('button', { name: 'To the customer only' })).toHaveAttribute('aria-pressed', 'true');
  await expect(chip).toHaveCount(0);
  await cc.fill(Array.from({ length: 49 }, (_, i) => `p${i}@many.example`).join(', '));
  await cc.press('Enter');
  await expect(page.getByRole('alert')).toContainText('At most 48');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('an address that is none keeps the answer here until it is mended', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('r');
  const cc = page.getByRole('textbox', { name: 'Cc' });
  await cc.fill('nonsense');
  await text(page).fill('With a copy for the workshop.');
  await page.keyboard.press('Control+Enter');
  await expect(cc).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('doesn’t look like an address');
  await expect(text(page)).toContainText('With a copy');
  await page.getByRole('button', { name: 'Send email' }).click();
  await expect(cc).toBeFocused();
  await cc.fill('workshop@greyheron.example');
  await text(page).focus();
  await page.keyboard.press('Control+Enter');
  const sent = thread(page).getByRole('region').filter({ hasText: 'With a copy for the workshop.' });
  await expect(sent).toContainText(/Goes out in/);
  await sent.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Remove workshop@greyheron.example' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('two customers become one, and undo makes them two again', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await panel(page).getByRole('button', { name: 'More about this customer' }).click();
  await page.getByRole('button', { name: /Merge with another/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge two customers' });
  await dialog.getByRole('combobox', { name: 'With' }).fill('jonas');
  await expect(dialog.getByRole('option', { name: /Jonas Feldmann/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('jonas.feldmann@posteo.example').last()).toBeVisible();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(panel(page)).toContainText('Merged from: Jonas Feldmann');
  await expect(panel(page)).toContainText('jonas.feldmann@posteo.example');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(panel(page).getByText('jonas.feldmann@posteo.example')).toHaveCount(0);
});

test('spam and block are one key, one undo; what was kept away can be let in', async ({ page }) => {
  await openSubject(page, 'unassigned', 'Cup warmer');
  await page.keyboard.press('B');
  await expect(page.getByText('Spam, and the sender is blocked')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Cup warmer' })).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'Quarantine and blocked senders' });
  await dialog.getByRole('listitem').first().getByRole('button').click();
  await dialog.getByRole('button', { name: 'Let in', exact: true }).click();
  await expect(dialog.getByText('let in', { exact: true })).toBeVisible();
  await dialog.getByRole('radio', { name: 'Senders' }).check();
  await expect(dialog).toContainText('sam.adeyemi@gmail.example');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(page.getByRole('listitem').filter({ hasText: 'Cup warmer' })).toHaveCount(1);
});

test('a customer is blocked and let through again from the panel', async ({ page }) => {
  await openSubject(page, 'unassigned', 'Steam wand');
  await panel(page).getByRole('button', { name: 'More about this customer' }).click();
  await page.getByRole('button', { name: 'Block the sender' }).click();
  await expect(panel(page)).toContainText('Blocked:');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(panel(page).getByText('Blocked:')).toHaveCount(0);
});

test('the panel knows what came before, and begins something new for this customer', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await expect(panel(page).getByRole('heading', { name: 'Timeline' })).toBeVisible();
  await expect(panel(page).getByText('Wrote by Email').first()).toBeVisible();
  await panel(page).getByRole('button', { name: 'More about this customer' }).click();
  await page.getByRole('button', { name: 'New conversation' }).last().click();
  await expect(page.locator('form').getByText('Marta Okonkwo')).toBeVisible();
});
