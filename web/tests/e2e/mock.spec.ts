// An agent's work at the desk, against the mock: keys, writing, undo, live rows, a lost connection.
import { expect, type Page, test } from '@playwright/test';

test.describe.configure({ mode: 'serial' });

/** No content policy may be broken and no error thrown, whatever the test does. */
const troubles: string[] = [];

test.beforeEach(({ page }) => {
  troubles.length = 0;
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // The second comes from the test tool, which tries to run its own script inside of the sealed frame.
    const expected = /^Failed to load resource|^Blocked script execution in 'about:/;
    if (message.type() === 'error' && !expected.test(message.text())) troubles.push(message.text());
  });
});

test.afterEach(() => expect(troubles).toEqual([]));

const rows = (page: Page) => page.getByRole('list', { name: 'Mine' }).getByRole('listitem');
const thread = (page: Page) => page.getByRole('log', { name: 'Messages' });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text' });

async function openSubject(page: Page, view: string, subject: string): Promise<void> {
  await page.goto(`/desk/${view}`);
  await page.getByRole('listitem').filter({ hasText: subject }).first().getByRole('link').click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
  // The heading comes with the row; keys of the thread work once the thread is there.
  await expect(thread(page).getByRole('region').first()).toBeVisible();
}

test('keys walk through the list and open what they stand on', async ({ page }) => {
  await page.goto('/desk/mine');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(thread(page)).toBeVisible();
  const first = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(first);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(first);
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/unassigned$/);
});

test('an answer shows once, is held, and comes back by undo', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('r');
  await text(page).fill('A loan machine goes out tonight; j, k and e are letters here.');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await expect(page.getByLabel('Kind of message')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Goes out in \d+ seconds/)).toBeVisible();
  await expect(thread(page).getByText('A loan machine goes out tonight')).toHaveCount(1);
  await thread(page).getByRole('button', { name: 'Undo' }).click();
  await expect(text(page)).toContainText('A loan machine goes out tonight');
  await expect(thread(page).getByText('A loan machine goes out tonight')).toHaveCount(0);
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('what is typed right after a key is text, however slow the editor comes', async ({ page }) => {
  await page.route('**/assets/editor-*.js', async (route) => {
    await new Promise((done) => setTimeout(done, 800));
    await route.continue();
  });
  await openSubject(page, 'mine', 'Portafilter');
  const url = page.url();
  await page.keyboard.press('r');
  await page.keyboard.type('eeji #! hello');
  await expect(text(page)).toContainText('eeji #! hello');
  await expect(page).toHaveURL(url);
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('sending and solving goes on to the next, and z brings both back', async ({ page }) => {
  await openSubject(page, 'mine', 'Service contract');
  const url = page.url();
  await page.keyboard.press('r');
  await text(page).fill('The contract is on its way.');
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page).not.toHaveURL(url);
  await expect(rows(page).filter({ hasText: 'Service contract' })).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(rows(page).filter({ hasText: 'Service contract' })).toHaveCount(1);
});

test('a note calls a colleague and is not an answer', async ({ page }) => {
  await openSubject(page, 'mine', 'Kessel wird');
  await page.keyboard.press('n');
  await text(page).pressSequentially('See @bo');
  await expect(page.getByRole('option', { name: 'Bo Lindqvist' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('please');
  await page.keyboard.press('Control+Enter');
  const note = page.getByRole('region', { name: 'Note by Ann Becker' });
  await expect(note).toContainText('@Bo Lindqvist please');
});

test('a notice never lies over what is written with', async ({ page }) => {
  for (const [width, begin] of [[1440, 'r'], [1440, 'f'], [760, 'r'], [390, 'r']] as const) {
    await page.setViewportSize({ width, height: 860 });
    await openSubject(page, 'all', 'Group head leaks');
    await page.keyboard.press('p');
    await page.getByRole('option').first().click();
    await page.keyboard.press(begin);
    await expect(text(page)).toBeVisible();
    const notice = page.locator('.toast').first();
    await expect(notice).toBeVisible();
    const [over, form] = [await notice.boundingBox(), await page.locator('.composer, .foot-form').first().boundingBox()];
    if (!over || !form) throw new Error('nothing to measure');
    const apart = over.x + over.width <= form.x || over.x >= form.x + form.width || over.y + over.height <= form.y;
    expect(apart, `at ${width}: ${JSON.stringify({ over, form })}`).toBe(true);
    await page.keyboard.press('Escape');
  }
});

test('rows rest under the pointer, and what came waits behind a pill', async ({ page, request }) => {
  await page.goto('/desk/all');
  const first = page.getByRole('listitem').first();
  await expect(first).toBeVisible();
  const before = await first.innerText();
  await page.getByRole('listitem').nth(3).hover();
  await request.post('/api/conversations', { data: { subject: 'A fresh one', requester: { id: 301 }, html: '<p>x</p>', channel: 'email' } });
  const pill = page.getByRole('button', { name: '1 new' });
  await expect(pill).toBeVisible();
  expect(await first.innerText()).toBe(before);
  await pill.click();
  await expect(first).toContainText('A fresh one');
});

test('what is written without a connection goes out once, even after a reload', async ({ page, context }) => {
  await openSubject(page, 'mine', 'Facture');
  await page.keyboard.press('n');
  await text(page).fill('Written in a tunnel');
  await context.setOffline(true);
  await page.keyboard.press('Control+Enter');
  await expect(thread(page).getByText('Written in a tunnel')).toHaveCount(1);
  await context.setOffline(false);
  await page.reload();
  await expect(thread(page).getByText('Written in a tunnel')).toHaveCount(1);
  await expect(page.getByText('Waits for the connection')).toHaveCount(0);
  await page.reload();
  await expect(thread(page).getByText('Written in a tunnel')).toHaveCount(1);
});

test('a foreign mail is sealed: no script, no style of ours, its height measured', async ({ page }) => {
  await openSubject(page, 'all', 'Delivery exception');
  const frame = page.locator('iframe');
  await expect(frame).toHaveAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
  await expect(page.frameLocator('iframe').getByText('could not be handed over')).toBeVisible();
  expect((await frame.boundingBox())?.height).toBeGreaterThan(250);
});

test('hostile mail does nothing', async ({ page }) => {
  const html = '<p onclick="parent.hit=1">x</p><img src=x onerror="parent.hit=1"><script>parent.hit=1</script><svg onload="parent.hit=1"></svg><a href="javascript:parent.hit=1">click</a><form action="/api/session"><input></form><table style="position:fixed;inset:0"><tr><td>t</td></tr></table>';
  await page.route('**/api/conversations/by-number/*', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { messages: { items: { html: string }[] } };
    for (const message of body.messages.items) message.html = html;
    await route.fulfill({ json: body });
  });
  await openSubject(page, 'all', 'Which voltage');
  const inside = page.frameLocator('iframe');
  await inside.getByText('click').click();
  await inside.getByText('x', { exact: true }).click();
  expect(await page.evaluate(() => (window as { hit?: number }).hit)).toBeUndefined();
  expect(await inside.locator('form, script').count()).toBe(0);
  expect(await inside.locator('table').evaluate((t) => getComputedStyle(t).position)).toBe('static');
  troubles.length = 0;
});

test('the palette runs what keys run, and finds people', async ({ page }) => {
  await page.goto('/desk/mine');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('layla');
  await expect(page.getByRole('option', { name: /المنصوري/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('preferences');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Preferences' })).toBeVisible();
});

test('a number leads to its conversation, though the server names it twice', async ({ page }) => {
  await page.goto('/desk/search?q=%234170');
  const found = page.getByRole('region', { name: 'Search' }).getByRole('link');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText('Group head leaks');
});

test('a subject that is too long stays in its field', async ({ page }) => {
  await openSubject(page, 'mine', 'Group head leaks');
  await page.getByTitle('Change the subject').click();
  const field = page.getByRole('textbox', { name: 'Subject' });
  await field.fill('x'.repeat(501));
  await field.press('Enter');
  await expect(field).toHaveValue('x'.repeat(501));
  await expect(field).toHaveJSProperty('validationMessage', 'A subject has at most 500 letters.');
  await field.fill('Group head leaks at the gasket');
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'Group head leaks at the gasket' })).toBeVisible();
});

test('at twice the size all of a reply and every view can be reached', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await openSubject(page, 'mine', 'Group head leaks');
  await expect(page.getByRole('link', { name: 'Solved' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('r');
  await text(page).fill('It is on its way.');
  const send = page.getByRole('button', { name: 'Send email' });
  await send.scrollIntoViewIfNeeded();
  await expect(send).toBeInViewport({ ratio: 1 });
  const [around, button, shell] = [await page.locator('.composer').boundingBox(), await send.boundingBox(), await page.locator('.shell').boundingBox()];
  expect(button!.y + button!.height).toBeLessThanOrEqual(around!.y + around!.height);
  expect(shell!.y).toBe(0);
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('keys do nothing to a conversation that is out of sight', async ({ page }) => {
  await page.goto('/desk/mine');
  await expect(rows(page).first()).toBeVisible();
  const before = await rows(page).count();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await page.getByText('No conversation open').click();
  await page.keyboard.press('e');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('spam');
  await expect(page.getByRole('option', { name: 'Mark as spam' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(rows(page)).toHaveCount(before);
});

test('single keys can be switched off, chords stay', async ({ page }) => {
  await page.goto('/desk/preferences');
  await page.getByRole('switch', { name: /Single-key/ }).uncheck();
  await page.getByRole('heading', { name: 'Preferences' }).click();
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/preferences$/);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('the language changes in place, with its direction', async ({ page }) => {
  await page.goto('/desk/preferences');
  await page.getByRole('radio', { name: 'العربية' }).check();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('heading', { name: 'التفضيلات' })).toBeVisible();
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
});

test('signing out leads to the door, and a wrong password says so', async ({ page }) => {
  await page.goto('/desk/mine');
  await page.getByRole('button', { name: /Your menu/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Email').fill('ann@lindenlark.example');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('Address or password is wrong.');
  await page.getByLabel('Password', { exact: true }).fill('a good password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(rows(page).first()).toBeVisible();
});

test('what of a mail can’t be shown is said, and the original is text that runs nothing', async ({ page }) => {
  await openSubject(page, 'all', 'Delivery exception');
  await expect(thread(page)).toContainText('It ends in the middle: its last part was not finished.');
  await thread(page).getByRole('button', { name: 'Show the original' }).first().click();
  const original = page.getByRole('dialog', { name: 'The original mail' });
  await expect(original.getByRole('term').filter({ hasText: 'Received' })).toBeVisible();
  await expect(original.getByRole('region', { name: 'Source' })).toContainText('<script>alert(1)</script>');
  await expect(original.getByRole('link', { name: 'Download as .eml' })).toHaveAttribute('href', /\/api\/messages\/\d+\/raw$/);
  await page.keyboard.press('Escape');
  await expect(original).toBeHidden();
});

test('what was put off is tried at once, and a link is withdrawn with a way back', async ({ page }) => {
  await openSubject(page, 'all', 'Kessel wird');
  const links = thread(page).getByText(/sent as a link, until/);
  await expect(links).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw the link' }).click();
  await expect(thread(page).getByText('the link was withdrawn')).toBeVisible();
  await page.keyboard.press('z');
  await expect(links).toBeVisible();
  await expect(thread(page).getByText(/Tried 3 times so far\. Next try: /)).toBeVisible();
  await page.getByRole('button', { name: 'Try again now' }).click();
  await expect(page.getByRole('button', { name: 'Try again now' })).toHaveCount(0);
});

test('mail that another program sent is not shown as ours', async ({ page }) => {
  await openSubject(page, 'all', 'Kessel wird');
  const ours = thread(page).getByRole('region', { name: 'Ann Becker' }).first();
  await ours.getByRole('button', { name: /^to / }).click();
  await expect(ours.getByRole('button', { name: 'As it went out' })).toBeVisible();
  await page.route(/\/api\/conversations\/by-number\/\d+$/, async (route) => {
    const answer = await route.fetch();
    const found = (await answer.json()) as { messages: { items: { marks: string[] }[] } };
    for (const message of found.messages.items) message.marks.push('sent_elsewhere');
    await route.fulfill({ json: found });
  });
  await page.reload();
  await ours.getByRole('button', { name: /^to / }).click();
  await expect(ours.getByRole('term').first()).toBeVisible();
  await expect(ours.getByRole('button', { name: 'As it went out' })).toHaveCount(0);
});

test('the line below what is written stays true, however it is changed', async ({ page }) => {
  const asked: number[][] = [];
  await page.route('**/api/letters/preview', async (route) => {
    const { html, files } = route.request().postDataJSON() as { html: string; files: number[] };
    asked.push(files);
    await route.fulfill({ json: { html, text: '', signed: html.includes('Ann') ? null : 'agent', linked: [], until: null } });
  });
  await openSubject(page, 'mine', 'Group head leaks');
  await page.keyboard.press('r');
  await text(page).fill('Kind regards');
  await expect(page.getByText('With your signature')).toBeVisible();
  await text(page).fill('Kind regards, Ann');
  await expect(page.getByText('Without a signature')).toBeVisible();

  await page.goto('/desk/new');
  await text(page).fill('Kind regards, Ben');
  await expect(page.getByText('With your signature')).toBeVisible();
  await text(page).fill('Kind regards, Ann');
  await expect(page.getByText('Without a signature'), 'a change that keeps the length').toBeVisible();

  await openSubject(page, 'all', 'Kessel wird');
  await page.keyboard.press('f');
  const form = page.getByRole('form', { name: 'Forward' });
  const quoted = form.getByRole('listitem').getByRole('checkbox');
  // `all` doesn't wait for those that are still on their way.
  await expect(quoted.first()).toBeVisible();
  for (const box of await quoted.all()) await box.check();
  await expect.poll(() => asked.at(-1)?.length, 'files of what is quoted').toBeGreaterThan(0);
  await form.getByRole('checkbox', { name: 'With the files' }).uncheck();
  await expect.poll(() => asked.at(-1)?.length).toBe(0);
});
