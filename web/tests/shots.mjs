// What the look and axe checks share: a browser, the built desk with its mock, and every screen.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';
import { openShop } from './shop.mjs';

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Serves `dist` with the mock and the strict policy; run `npm run build` first. */
export async function serve() {
  const port = await freePort();
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', '--port', String(port), '--strictPort', '--host', '127.0.0.1'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    if (await fetch(url).then(() => true, () => false)) {
      const shop = await openShop(url);
      return { url, shop: shop.url, stop: () => { shop.stop(); child.kill(); } };
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill();
  throw new Error('the preview server did not start');
}

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

export async function open(browser, { url, shop, locale = 'en', theme = 'light', width = 1440, height = 900, taste = {}, signedOut = false }) {
  const context = await browser.newContext({ locale: { de: 'de-DE', ar: 'ar-EG' }[locale] ?? 'en-GB', viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', deviceScaleFactor: width < 500 ? 2 : 1, hasTouch: width < 500 });
  await context.addInitScript((kept) => self === top && localStorage.setItem('rapport.taste', JSON.stringify(kept)), { locale, theme, ...taste });
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|403|404|500|503)/.test(message.text())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  if (signedOut) await page.route('**/api/session', (route) => (route.request().method() === 'GET' ? route.fulfill({ status: 401, json: { error: { kind: 'unauthenticated', code: 'unauthenticated', message: 'Sign in first.' } } }) : route.fallback()));
  return { context, page, troubles, url, shop };
}

/** The chat's frame: it hangs in a closed shadow root, so it is found among the frames. */
export async function chatFrame(page) {
  for (let i = 0; i < 100; i++) {
    const found = page.frames().find((frame) => /\/chat\//.test(frame.url()));
    if (found) return found;
    await page.waitForTimeout(50);
  }
  throw new Error('the chat has no frame');
}

const chat = (name, key, act) => ({
  name: `widget-${name}`, shop: `/?key=${key}`, wait: 'rapport-chat',
  act: async (page) => {
    await page.evaluate(() => window.Rapport.open());
    const frame = await chatFrame(page);
    await frame.locator('.thread, .scroll, .told').first().waitFor();
    await page.waitForTimeout(300);
    await act?.(frame, page);
  },
});

async function ring(page, url) {
  for (const [name, text] of [['Mirjam Oduya', 'Does the Lark grinder fit the holder?'], ['', 'Hello? Is anybody there? I ordered two kettles and only one came, and the box was already open when it arrived.']]) {
    const session = await page.request.post(`${url}/api/chat/demo/session`, { data: {} }).then((answer) => answer.json());
    await page.request.post(`${url}/api/chat/demo/messages`, { headers: { authorization: `Bearer ${session.token}` }, data: { id: crypto.randomUUID(), text, ...(name ? { name, email: 'mirjam@oduya.example' } : {}), page: { url: 'https://shop.lindenlark.example/kettles', title: 'Kettles | Linden & Lark' }, trail: [{ url: 'https://shop.lindenlark.example/', title: 'Linden & Lark', at: new Date().toISOString() }, { url: 'https://shop.lindenlark.example/kettles', title: 'Kettles | Linden & Lark', at: new Date().toISOString() }] } });
  }
}

const failed = { status: 503, json: { error: { kind: 'unavailable', code: 'unavailable', message: 'The server is resting.' } } };

/** Every screen: its name, how to get there, and what to do on it. */
export const screens = [
  { name: 'list', path: '/desk/mine', wait: '.row' },
  { name: 'thread', path: '/desk/mine/4170', wait: '.message' },
  { name: 'all-mail-frame', path: '/desk/all', wait: '.row', act: (page) => openSubject(page, 'Delivery exception') },
  { name: 'original', path: '/desk/all', wait: '.row', act: async (page) => { await openSubject(page, 'Delivery exception'); await page.locator('.troubles').waitFor(); await page.locator('.troubles .link').click(); await page.locator('dialog[open] pre').waitFor(); } },
  { name: 'long-names', path: '/desk/unassigned', wait: '.row', act: (page) => openSubject(page, 'E-14') },
  { name: 'failed-delivery', path: '/desk/mine', wait: '.row', act: (page) => openSubject(page, 'Facture') },
  { name: 'unknown-delivery', path: '/desk/mine', wait: '.row', act: (page) => openSubject(page, 'グラインダー') },
  { name: 'arabic-thread', path: '/desk/mine', wait: '.row', act: (page) => openSubject(page, 'استفسار') },
  { name: 'reply', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('r'); await page.locator('.editor').waitFor(); await page.keyboard.type('Hello Marta, a loan machine goes out today.'); await page.waitForTimeout(250); } },
  { name: 'note', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('n'); await page.locator('.editor').waitFor(); await page.keyboard.type('Please send the ring, @c'); await page.waitForTimeout(250); } },
  { name: 'palette', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('Control+k'); await page.locator('dialog[open]').waitFor(); await page.keyboard.type('le'); await page.waitForTimeout(500); } },
  { name: 'keys', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('?'); await page.locator('dialog[open]').waitFor(); } },
  { name: 'assign', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('a'); await page.locator('[role=listbox]').first().waitFor(); } },
  { name: 'bulk', path: '/desk/all', wait: '.row', act: async (page) => { for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key); await page.locator('.bulk').waitFor(); } },
  { name: 'search', path: '/desk/search?q=lark', wait: '.snippet' },
  { name: 'search-none', path: '/desk/search?q=zeppelin', wait: '.state' },
  { name: 'new', path: '/desk/new', wait: '.start .editor' },
  { name: 'log', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('l'); await page.locator('.foot-form .editor').waitFor(); } },
  { name: 'log-new', path: '/desk/new?by=voice&customer=301', wait: '.start .editor' },
  { name: 'contacts', path: '/desk/mine/4170', wait: '.message', act: logThree },
  { name: 'forward', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('f'); await page.locator('.foot-form .editor').waitFor(); } },
  { name: 'guard', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.keyboard.press('n'); await page.locator('.editor').waitFor(); await page.keyboard.type('Only for us'); await page.locator('.modes button').first().click(); await page.locator('.guard').waitFor(); } },
  { name: 'merge', path: '/desk/mine/4170', wait: '.message', wide: true, act: async (page) => { if (page.viewportSize().width < 1100) await page.keyboard.press('\\'); await page.locator('.person .icon-button').nth(1).click(); await page.locator('.person .menu button').nth(2).click(); await page.locator('dialog input[role=combobox]').fill('jonas'); await page.locator('dialog [role=option]').first().waitFor(); await page.keyboard.press('Enter'); await page.locator('.two').waitFor(); } },
  { name: 'blocked', path: '/desk/all', wait: '.row', act: async (page) => { await page.keyboard.press('g'); await page.keyboard.press('b'); await page.locator('dialog[open] .list li').first().waitFor(); } },
  { name: 'quarantine-mail', path: '/desk/all', wait: '.row', act: async (page) => { await page.keyboard.press('g'); await page.keyboard.press('b'); await page.locator('dialog[open] .list .row').first().click(); await page.locator('dialog[open] pre').waitFor(); await page.locator('dialog[open] summary').click(); } },
  { name: 'sender-forged', path: '/desk/all', wait: '.row', act: async (page) => { await openSubject(page, 'Delivery exception'); await page.locator('.shield').first().click(); await page.locator('.pad ul li').first().waitFor(); } },
  { name: 'sender-proven', path: '/desk/mine/4170', wait: '.message', act: async (page) => { await page.locator('.shield').first().click(); await page.locator('.pad ul li').first().waitFor(); } },
  { name: 'preferences', path: '/desk/preferences', wait: '.preferences' },
  { name: 'empty', path: '/desk/mine', wait: '.state', before: (page) => page.route('**/api/conversations?view=*', (route) => route.fulfill({ json: { items: [], next: null } })) },
  { name: 'list-failed', path: '/desk/mine', wait: '.state.bad', before: (page) => page.route('**/api/conversations?view=*', (route) => route.fulfill(failed)) },
  { name: 'thread-failed', path: '/desk/mine/4170', wait: 'main .state.bad', before: (page) => page.route('**/api/conversations/by-number/*', (route) => route.fulfill(failed)) },
  { name: 'offline', path: '/desk/mine/4170', wait: '.message', before: (page) => page.routeWebSocket('**/api/live**', (ws) => ws.close()), act: (page) => page.locator('.banner').waitFor() },
  { name: 'lost', path: '/desk/nowhere', wait: 'main .state' },
  { name: 'chat-ringing', path: '/desk/all', wait: '.row', before: ring, act: (page) => page.locator('.ring').first().waitFor() },
  { name: 'chat-thread', path: '/desk/all', wait: '.row', before: ring, act: async (page) => { await page.locator('.ring').getByRole('button').first().click(); await page.locator('.bar.taken').waitFor(); await page.locator('.editor').waitFor(); } },
  { name: 'chat-pass', path: '/desk/all', wait: '.row', before: ring, act: async (page) => { await page.locator('.ring').getByRole('button').first().click(); await page.locator('.bar.taken').waitFor(); await page.locator('.bar .button').first().click(); await page.locator('dialog[open]').waitFor(); } },
  { name: 'settings', path: '/desk/settings', wait: '.settings .line' },
  { name: 'settings-search', path: '/desk/settings', wait: '.settings .line', wide: true, act: async (page) => { await page.locator('.find input').first().fill('a'); await page.waitForTimeout(200); } },
  { name: 'settings-widget', path: '/desk/settings/chat.widgets', wait: '.split iframe' },
  { name: 'settings-rules', path: '/desk/settings/chat.rules', wait: '.page .card' },
  { name: 'settings-hours', path: '/desk/settings/people.hours', wait: '.blocks' },
  { name: 'settings-steps', path: '/desk/settings/first.steps', wait: '.page ol li' },
  ...['people.profile', 'people.security', 'people.tokens', 'people.agents', 'people.teams', 'people.brands', 'people.roles', 'people.workspace', 'conversations.rules', 'email.mailboxes', 'email.looks', 'email.signature', 'email.outgoing', 'email.parked', 'email.trust'].map((id) => ({ name: `settings-${id.split('.')[1]}`, path: `/desk/settings/${id}`, wait: '.page .card, .page .state' })),
  { name: 'thread-put-off', path: '/desk/all', wait: '.row', act: async (page) => { await openSubject(page, 'Kessel wird zu heiß'); await page.locator('.put-off').waitFor(); await page.locator('.links li').first().waitFor(); } },
  { name: 'thread-went-out', path: '/desk/all', wait: '.row', act: async (page) => { await openSubject(page, 'Kessel wird zu heiß'); await page.locator('.mine .to').first().click(); await page.locator('.details .link').first().click(); await page.locator('dialog iframe').waitFor(); await page.waitForTimeout(300); } },
  { name: 'composer-as-sent', path: '/desk/all', wait: '.row', act: async (page) => { await openSubject(page, 'Kessel wird zu heiß'); await page.locator('.begin').first().click(); await page.locator('.as-sent button').click(); await page.locator('.as-sent iframe').waitFor(); await page.waitForTimeout(400); } },
  { name: 'thread-parked', path: '/desk/all/4111', wait: '.troubles' },
  { name: 'settings-notifications', path: '/desk/settings/notifications.mail', wait: '.page .card' },
  { name: 'settings-members', path: '/desk/settings/people.teams', wait: '.page .card li', act: async (page) => { await page.locator('.card li [aria-expanded]').first().click(); await page.locator('.card fieldset').waitFor(); } },
  { name: 'settings-role', path: '/desk/settings/people.roles', wait: '.page .card li', act: async (page) => { await page.locator('.card li [aria-expanded]').last().click(); await page.locator('.card fieldset').waitFor(); } },
  { name: 'settings-tested', path: '/desk/settings/email.outgoing', wait: '.page .card', act: async (page) => { await page.locator('form').last().locator('button').click(); await page.locator('.fate').waitFor(); await page.locator('.fate').scrollIntoViewIfNeeded(); } },
  { name: 'settings-accounts', path: '/desk/settings/email.outgoing', wait: '.page .card', act: async (page) => { await page.locator('.card li .button').first().click(); await page.locator('.card li .fate').waitFor(); await page.locator('.card li').first().scrollIntoViewIfNeeded(); } },
  { name: 'settings-access', path: '/desk/settings/email.access', wait: '.page .card' },
  { name: 'settings-access-refused', path: '/desk/settings/email.access?error=access_denied&state=x', wait: '.page .refused' },
  { name: 'settings-domains', path: '/desk/settings/email.domains', wait: '.page .card', wide: true, act: async (page) => { await page.locator('.keys .button').last().click(); await page.locator('dl').first().waitFor(); } },
  { name: 'settings-no-mailbox', path: '/desk/settings/email.mailboxes', wait: '.page .state', before: (page) => page.route('**/api/mailboxes', (route) => route.fulfill({ json: { items: [], next: null } })) },
  { name: 'settings-none-parked', path: '/desk/settings/email.parked', wait: '.page .state', before: (page) => page.route('**/api/parked', (route) => route.fulfill({ json: { items: [], next: null } })) },
  { name: 'settings-agents-failed', path: '/desk/settings/people.agents', wait: '.page .state.bad', before: (page) => page.route('**/api/agents*', (route) => route.fulfill(failed)) },
  { name: 'settings-failed', path: '/desk/settings/chat.rules', wait: '.page .state.bad', before: (page) => page.route('**/api/chat/rules', (route) => route.fulfill(failed)) },
  chat('open', 'demo'),
  chat('thread', 'old', (frame) => frame.locator('.line').first().waitFor()),
  chat('written', 'demo', async (frame) => { await frame.getByRole('textbox').fill('Does the kettle fit the holder? I ordered it last week and haven’t heard since.'); await frame.getByRole('textbox').press('Enter'); await frame.locator('.line.own').waitFor(); await frame.locator('.leave').waitFor(); }),
  chat('form', 'form', (frame) => frame.locator('.before').waitFor()),
  chat('offline', 'closed', (frame) => frame.locator('form.offline').waitFor()),
  chat('light', 'light'),
  chat('menu', 'demo', async (frame) => { await frame.locator('header .round').first().click(); await frame.locator('.menu[open]').waitFor(); }),
  chat('banned', 'banned', async (frame) => { await frame.getByRole('textbox').fill('x'); await frame.getByRole('textbox').press('Enter'); await frame.locator('.told').waitFor(); }),
  { name: 'signin', path: '/desk/signin', wait: '.door', signedOut: true },
  { name: 'signin-wrong', path: '/desk/signin', wait: '.door', signedOut: true, act: async (page) => { await page.locator('#door-email').fill('ann@lindenlark.example'); await page.locator('#door-password').fill('wrong'); await page.keyboard.press('Enter'); await page.locator('.bad').waitFor(); } },
  { name: 'forgot', path: '/desk/forgot', wait: '.door', signedOut: true },
  { name: 'reset', path: '/desk/reset/token', wait: '.door', signedOut: true },
  { name: 'invitation', path: '/desk/invitation/token', wait: '#door-name', signedOut: true },
];

/** A call, a forward and its answer, so that every kind of card is in the thread. */
async function logThree(page) {
  await page.keyboard.press('l');
  await page.locator('.foot-form .editor').waitFor();
  await page.locator('.foot-form .short').fill('12');
  await page.locator('.foot-form .editor').fill('She called: it drips again. A loan machine is fine until Friday.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.logged').first().waitFor();
  await page.locator('.foot-form').waitFor({ state: 'detached' });
  await page.locator('.messages').focus();
  await page.keyboard.press('f');
  await page.locator('.foot-form .editor').waitFor();
  await page.locator('.foot-form input[inputmode=email]').fill('Parts <quick@parts.example>');
  await page.waitForTimeout(120);
  await page.keyboard.press('Control+Enter');
  await page.locator('.beside .button.again').first().waitFor();
}

async function openSubject(page, text) {
  await page.locator('.row', { hasText: text }).first().click();
  await page.locator('.message').first().waitFor();
}

export async function visit(desk, screen) {
  const { page } = desk;
  await screen.before?.(page, desk.url);
  await page.goto(screen.shop ? desk.shop + screen.shop : desk.url + screen.path);
  await page.locator(screen.wait).first().waitFor({ state: 'attached' });
  await screen.act?.(page);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
}
