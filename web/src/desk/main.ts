// The desk's first line: words and session are asked for together, then the shell is drawn.
import '~/ui/tokens.css';
import '~/ui/base.css';
import { mount } from 'svelte';
import { askEarly } from '~/api/client';
import { desk } from '~/sync/desk.svelte';
import { pickLocale, words } from '~/text/text.svelte';
import { clock } from '~/text/time.svelte';
import App from './App.svelte';
import { parse } from './route';
import { taste } from './taste.svelte';

// A part that is gone means that the server was upgraded under this tab.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault();
  desk.outdated = true;
});

/** The list and the thread that the address names come beside the session, not after it. */
function askAhead(): void {
  const route = parse(location.pathname, location.search);
  if (route.at === 'view') askEarly(`/conversations?view=${route.view}`);
  if ('number' in route && route.number !== null) askEarly(`/conversations/by-number/${route.number}`);
}

async function begin(): Promise<void> {
  askAhead();
  const first = pickLocale([taste.locale, ...navigator.languages]);
  await Promise.all([words.load(first), desk.start()]);
  await settle();
  const place = document.getElementById('desk');
  if (place) mount(App, { target: place });
}

/** The agent's own language and zone, once they are known. */
export async function settle(): Promise<void> {
  if (desk.phase !== 'in') return;
  clock.zone = desk.me.time_zone ?? undefined;
  const wanted = pickLocale([taste.locale, desk.me.locale, ...navigator.languages, desk.session.workspace.locale]);
  if (wanted !== words.locale) await words.load(wanted);
}

void begin();
