// A shopkeeper sets the house up, by keyboard alone and against the mock, guided by the screen.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Locator, type Page, test } from '@playwright/test';

test.describe.configure({ mode: 'serial' });

const troubles: string[] = [];

test.beforeEach(({ page }) => {
  troubles.length = 0;
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // The second comes from the test tool, which tries to run its own script inside of the sealed frame.
    if (message.type() === 'error' && !/^Failed to load resource|^Blocked script execution in 'about:/.test(message.text())) troubles.push(message.text());
  });
});

test.afterEach(() => expect(troubles).toEqual([]));

/** Goes forward with Tab until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible();
  for (let i = 0; i < 120; i++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('this can’t be reached by keyboard');
}

async function type(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: label, exact: true }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

const notice = (page: Page) => page.locator('.toasts');

test('the first steps look at the real state and lead to each place', async ({ page }) => {
  await page.goto('/desk/settings/first.steps');
  await expect(page.getByText('Not tested from this browser')).toBeVisible();
  await expect(page.getByText(/^\d of 6 done$/)).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: 'Look: Connect a mailbox' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Mailboxes' })).toBeVisible();
});

test('a mailbox is connected, a doubled one is refused at its field, and removing can be undone', async ({ page }) => {
  await page.goto('/desk/settings/email.mailboxes');
  await type(page, 'Address', 'orders@lindenlark.example');
  await type(page, 'Sender’s name', 'Linden & Lark Orders');
  await press(page, 'Add the address');
  await expect(page.getByText('orders@lindenlark.example', { exact: true })).toBeVisible();
  await expect(notice(page)).toContainText('is added');

  await type(page, 'Address', 'orders@lindenlark.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Address', exact: true })).toHaveAccessibleDescription(/in use already/);

  await page.goto('/desk/settings/email.mailboxes');
  await press(page, 'Remove orders@lindenlark.example');
  await expect(page.getByText('orders@lindenlark.example', { exact: true })).toHaveCount(0);
  await notice(page).getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(page.getByText('orders@lindenlark.example', { exact: true })).toBeVisible();
});

test('a mailbox of Microsoft is opened by signing in there, and whoever comes back goes on where they were', async ({ page }) => {
  await page.goto('/desk/settings/email.mailboxes');
  await page.getByRole('button', { name: 'Incoming: how mail gets to orders@lindenlark.example' }).click();
  const form = page.getByRole('region', { name: 'Fetched from a mailbox' });
  await form.getByLabel('Provider').selectOption('Gmail');
  await form.getByRole('button', { name: 'Sign in with Google' }).click();
  await expect(form.getByRole('alert')).toContainText('Enter the client id and secret of your app first');
  await form.getByLabel('Provider').selectOption('Microsoft 365, Outlook.com');
  await expect(form.getByRole('textbox', { name: 'Server' })).toHaveValue('outlook.office365.com');
  await form.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(page.getByRole('heading', { name: 'Mailboxes' })).toBeVisible();
  await expect(form.getByLabel('Log in by')).toContainText('orders@lindenlark.example');
  await expect(form.getByRole('textbox', { name: 'Password' })).toHaveCount(0);
  await form.getByRole('button', { name: 'Test and preview' }).click();
  await expect(form.getByRole('status')).toContainText('It opens.');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form.getByText('outlook.office365.com:993')).toBeVisible();
});

test('who did not agree at the provider is told so, and the next sign-in is for itself', async ({ page }) => {
  const back = '/desk/settings/email.access?error=access_denied&state=x';
  await page.route('**/api/email-grants/begin', (route) => route.fulfill({ json: { url: back } }), { times: 1 });
  await page.goto('/desk/settings/email.mailboxes');
  await page.getByRole('button', { name: 'Incoming: how mail gets to support@lindenlark.example' }).click();
  const form = page.getByRole('region', { name: 'Fetched from a mailbox' });
  await form.getByRole('button', { name: 'Change' }).click();
  await form.getByRole('textbox', { name: 'Server' }).fill('outlook.office365.com');
  await form.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(page.getByRole('alert')).toContainText('You did not agree at the provider');
  await expect(page).toHaveURL(/email\.access$/);
  await page.goto('/desk/settings/email.access?error=server_error&error_description=AADSTS50011%3A+wrong+address');
  await expect(page.getByRole('alert')).toContainText('AADSTS50011: wrong address');
  await type(page, 'Address of the mailbox', 'sales@lindenlark.example');
  await page.keyboard.press('Enter');
  await expect(notice(page)).toContainText('connected');
  await expect(page).toHaveURL(/email\.access$/);
});

test('a sign-in that was broken off is not taken up by the next one', async ({ page }) => {
  await page.goto('/desk/settings/email.access');
  // Somebody went to the provider for a mailbox, and came back by the browser's own button.
  await page.evaluate(() => sessionStorage.setItem('access.mailbox', '1'));
  await type(page, 'Address of the mailbox', 'sales@lindenlark.example');
  await page.keyboard.press('Enter');
  await expect(notice(page)).toContainText('connected');
  await expect(page).toHaveURL(/email\.access$/);
});

test('mail that is handed in has to be signed, and a command shows how', async ({ page }) => {
  await page.goto('/desk/settings/email.mailboxes');
  await page.getByRole('button', { name: 'Incoming: how mail gets to orders@lindenlark.example' }).click();
  const hook = page.getByRole('region', { name: 'Handed in by a provider' });
  await expect(hook.getByRole('switch', { name: 'Each mail has to be signed' })).toBeChecked();
  await hook.getByRole('button', { name: 'Make the address' }).click();
  const key = await hook.getByRole('textbox', { name: 'Signing key' }).inputValue();
  await expect(hook.getByRole('region', { name: 'To try it with a mail in a file:' })).toContainText(`KEY='${key}'`);
  await expect(hook).toContainText('Not used yet.');
  await hook.getByRole('switch', { name: 'Each mail has to be signed' }).uncheck();
  await hook.getByRole('button', { name: 'Make a new address' }).click();
  await expect(hook).toContainText('Whoever knows the address can hand in mail.');
  await expect(hook.getByRole('textbox', { name: 'Signing key' })).toHaveCount(0);
});

test('outgoing mail is tested for real, and the server’s own words are shown', async ({ page }) => {
  // The server comes first on its page; what else is kept there has a button of its own.
  const save = async () => {
    await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }).first());
    await page.keyboard.press('Enter');
  };
  await page.goto('/desk/settings/email.outgoing');
  await press(page, 'Send the test');
  await expect(page.getByText('The server has taken the mail.')).toBeVisible();
  await expect(page.getByText('250 2.0.0 Ok')).toBeVisible();

  await page.goto('/desk/settings/email.outgoing');
  await type(page, 'Name of the server', 'refusing.example');
  await expect(page.getByText('belongs to the old server')).toBeVisible();
  await expect(page.getByText('Save first')).toBeVisible();
  await type(page, 'Password', 'secret of the account');
  await save();
  await press(page, 'Send the test');
  await expect(page.getByText('The server refused the mail.')).toBeVisible();
  await expect(page.getByText('535 5.7.8')).toBeVisible();
  await type(page, 'Name of the server', 'smtp.lindenlark.example');
  await save();
});

test('what stops a form stands above the bar that saves it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.goto('/desk/settings/email.outgoing');
  const field = page.getByRole('spinbutton', { name: 'Files of one mail together (MB)' });
  await field.fill('999999');
  // As somebody has scrolled who sees no more than its upper edge.
  await field.evaluate((element) => {
    const box = element.closest('.section') as HTMLElement;
    box.scrollTop += element.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
  });
  const bar = page.locator('.bar.dirty');
  await bar.getByRole('button', { name: 'Save' }).click();
  await expect(field).toBeFocused();
  await expect.poll(async () => {
    const [upper, lower] = [await field.boundingBox(), await bar.boundingBox()];
    return !!upper && !!lower && upper.y + upper.height <= lower.y;
  }).toBe(true);
});

test('a colour that is none says how one is written, and the picker keeps the last', async ({ page }) => {
  await page.goto('/desk/settings/email.looks');
  const field = page.locator('.color .field');
  const picker = page.locator('input[type=color]');
  const before = await picker.inputValue();
  await field.fill('notacolour');
  await expect(field).toHaveAttribute('title', /such as #2f6b4f/);
  await expect(field).toHaveJSProperty('validity.patternMismatch', true);
  await expect(picker).toHaveValue(before);
  await field.fill('#aa5500');
  await expect(picker).toHaveValue('#aa5500');
});

test('a team is made, gets a member, is renamed, and put away with a way back', async ({ page }) => {
  await page.goto('/desk/settings/people.teams');
  await type(page, 'Name', 'Roastery');
  await page.keyboard.press('Enter');
  await expect(notice(page)).toContainText('Team “Roastery” made');
  await press(page, 'Members of Roastery');
  await tabTo(page, page.getByRole('checkbox', { name: 'Bo Lindqvist' }));
  await page.keyboard.press('Space');
  await press(page, 'Save');
  await expect(notice(page)).toContainText('Members of “Roastery” saved');

  await press(page, 'Rename Roastery');
  await expect(page.getByRole('textbox', { name: 'New name for Roastery' })).toBeFocused();
  await page.keyboard.type('Roasting');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Roasting', { exact: true })).toBeVisible();
  await press(page, 'Archive Roasting');
  await expect(page.getByRole('button', { name: 'Bring back Roasting' })).toBeVisible();
  await press(page, 'Bring back Roasting');
  await expect(page.getByRole('button', { name: 'Archive Roasting' })).toBeVisible();
});

test('a colleague is invited, and the invitation can be taken back', async ({ page }) => {
  await page.goto('/desk/settings/people.agents');
  await type(page, 'Email', 'ann@lindenlark.example');
  await type(page, 'Name', 'Noor Visser');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/an agent with this address already/);
  await page.getByRole('textbox', { name: 'Email' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('noor@lindenlark.example');
  await press(page, 'Send the invitation');
  await expect(notice(page)).toContainText('The invitation to noor@lindenlark.example is on its way');
  await expect(page.getByText('noor@lindenlark.example · Agent')).toBeVisible();
  await press(page, 'Take back the invitation of Noor Visser');
  await expect(page.getByText('noor@lindenlark.example · Agent')).toHaveCount(0);
});

test('the password is only changed by somebody who knows the old one', async ({ page }) => {
  await page.goto('/desk/settings/people.security');
  await type(page, 'Present password', 'wrong');
  await type(page, 'New password', 'a few words work well');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('This isn’t your present password.');
  // What was typed wrong is marked, so that it can be typed over at once.
  await expect(page.getByRole('textbox', { name: 'Present password' })).toBeFocused();
  await page.keyboard.type('right all along');
  await press(page, 'Change the password');
  await expect(notice(page)).toContainText('Your password is changed');
  await expect(page.getByRole('textbox', { name: 'Present password' })).toHaveValue('');
});

test('a change that somebody else was faster with shows the present state', async ({ page }) => {
  await page.goto('/desk/settings/people.workspace');
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('Linden & Lark');
  await page.request.patch('/api/workspace', { data: { name: 'Linden, Lark & Co' } });
  await type(page, 'Name', 'Mine');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Somebody changed this meanwhile');
  await expect(name).toHaveValue('Linden, Lark & Co');
  await type(page, 'Name', 'Linden & Lark');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('what was typed and not saved is there again on coming back', async ({ page }) => {
  await page.goto('/desk/settings/people.workspace');
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('Linden & Lark');
  await name.fill('Linden');
  await page.getByRole('link', { name: 'Inbox' }).click();
  await expect(page).toHaveURL(/mine$/);
  await page.goBack();
  await expect(name).toHaveValue('Linden');
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(name).toHaveValue('Linden & Lark');
});

test('a signature that was changed in another tab is shown, not written over', async ({ page }) => {
  await page.goto('/desk/settings/email.signature');
  const text = page.getByRole('textbox', { name: 'Text' });
  await expect(text).toContainText('Coffee people');
  await text.fill('From this tab');
  await page.request.put('/api/profile/signature', { data: { html: '<p>From the other tab</p>' } });
  await press(page, 'Save');
  await expect(page.getByRole('alert')).toContainText('Somebody changed this meanwhile');
  await expect(text).toHaveText('From the other tab');
  await text.press('End');
  await text.pressSequentially(', and this one');
  await press(page, 'Save');
  await expect(notice(page)).toContainText('Signature saved');
  const kept = (await (await page.request.get('/api/profile/signature')).json()) as { html: string };
  expect(kept.html).toBe('<p>From the other tab, and this one</p>');
});

test('search finds a setting by its name and leads to its section', async ({ page }) => {
  await page.goto('/desk/settings');
  await page.getByRole('searchbox', { name: 'Search in settings' }).fill('taken back');
  await page.getByRole('link', { name: /answer can be taken back/ }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Conversation rules' })).toBeVisible();
});

const SECTIONS = ['first.steps', 'people.profile', 'people.security', 'people.tokens', 'people.agents', 'people.teams', 'people.brands', 'people.roles', 'people.workspace', 'conversations.rules', 'email.mailboxes', 'email.outgoing', 'email.access', 'email.domains', 'email.parked'];
const WAYS = [['light', 'en', 1440], ['dark', 'en', 1440], ['light', 'ar', 390], ['dark', 'pseudo', 390]] as const;

for (const [theme, locale, width] of WAYS) {
  test(`no section is closed to anybody: ${theme}, ${locale}, ${width}`, async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ baseURL: baseURL ?? '', colorScheme: theme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    await context.addInitScript((kept) => localStorage.setItem('rapport.taste', JSON.stringify(kept)), { locale, theme });
    const page = await context.newPage();
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const found: string[] = [];
    for (const section of SECTIONS) {
      await page.goto(`/desk/settings/${section}`);
      await page.locator('.page .card, .page .state').first().waitFor();
      await page.evaluate(source);
      found.push(...(await page.evaluate(async (id) => {
        const axe = (window as unknown as { axe: { run: (root: Document, how: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
        const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
        return violations.map((one) => `${id}: ${one.id}: ${one.nodes[0]?.html.slice(0, 160)}`);
      }, section)));
      const wide = await page.evaluate(() => { const main = document.querySelector('.section'); return main ? main.scrollWidth - main.clientWidth : 0; });
      if (wide > 1) found.push(`${section}: ${wide} px wider than the screen`);
    }
    expect(found).toEqual([]);
    await context.close();
  });
}

test('an agent chooses what to be told by mail and learns what an answer does', async ({ page }) => {
  await page.goto('/desk/settings/notifications.mail');
  const mine = page.getByRole('switch', { name: 'a customer writes in a conversation of mine' });
  await expect(mine).toBeChecked();
  await expect(page.getByRole('switch', { name: /^a new conversation in one of my teams/ })).not.toBeChecked();
  await expect(page.getByText('It becomes an internal note. The customer never sees it.')).toBeVisible();
  for (const name of ['I am mentioned in a note', 'a conversation is given to me', 'a customer writes in a conversation of mine', 'an answer that I sent by mail did not arrive']) {
    await tabTo(page, page.getByRole('switch', { name }));
    await page.keyboard.press('Space');
  }
  await expect(page.getByText('You are told nothing by mail.')).toBeVisible();
  await expect(page.getByRole('switch', { name: /^Also while my desk is open/ })).toBeDisabled();
  await press(page, 'Save');
  await expect(notice(page)).toContainText('Notifications saved');
  await page.goto('/desk/settings/notifications.mail');
  await expect(mine).not.toBeChecked();
});
