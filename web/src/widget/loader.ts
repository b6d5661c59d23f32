// The chat's small script on a foreign page: a launcher, the frame, and the bridge between them.
import ar from '../../../locales/ar/widget.ftl?compiled=launcher';
import de from '../../../locales/de/widget.ftl?compiled=launcher';
import en from '../../../locales/en/widget.ftl?compiled=launcher';
import { STYLE } from './loader.css';
import type { Kept, ToFrame, ToHost, Visited, WebPage } from './protocol';

interface Config {
  key: string;
  name: string;
  color: string;
  ink: string;
  position: 'right' | 'left';
  launcher: string;
  frame: string;
  trail: boolean;
}

type Listener = (detail: unknown) => void;
type Call = ((verb: string, ...words: unknown[]) => unknown) & { q?: ArrayLike<unknown>[] };
interface Host {
  rapportWidgets?: Record<string, Config>;
  rapport?: Call;
  Rapport?: object;
  navigation?: EventTarget;
}

const BUBBLE = 'M5 4h14a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-7.5L7 20.5v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z';
const DOWN = 'M6 9.5l6 6 6-6';
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

const host = self as unknown as Host;

function json<T>(store: () => Storage, slot: string): T | null {
  try {
    return JSON.parse(store().getItem(slot) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

function put(store: () => Storage, slot: string, value: unknown): boolean {
  try {
    store().setItem(slot, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

const local = () => localStorage;
const session = () => sessionStorage;

function start(config: Config): void {
  const slot = `rapport:${config.key}`;
  const origin = new URL(config.frame).origin;
  const words = navigator.languages.map((tag) => ({ en, de, ar })[tag.slice(0, 2)]).find(Boolean) ?? en;
  const say = (id: string) => String(words[`launcher-${id}`]);
  const listeners: Record<string, Listener[]> = {};
  /** Stands in when the browser refuses storage. */
  let memory: Kept | null = null;
  let root: HTMLElement | null = null;
  let box: HTMLDivElement;
  let button: HTMLButtonElement;
  let badge: HTMLElement;
  let icon: SVGPathElement;
  let frame: HTMLIFrameElement | null = null;
  let ready = false;
  let queue: ToFrame[] = [];
  let opened = false;
  let here = '';

  const kept = (): Kept => memory ?? json<Kept>(local, slot) ?? {};
  const keep = (change: Kept) => {
    const next = { ...kept(), ...change };
    if (memory || !put(local, slot, next)) memory = next;
  };
  const tell = (name: string, detail?: unknown) => listeners[name]?.forEach((run) => run(detail));
  const page = (): WebPage => ({ url: location.href, title: document.title });
  const trail = (): Visited[] => (config.trail ? (json<Visited[]>(session, slot) ?? []) : []);

  function send(message: ToFrame): void {
    if (ready) frame?.contentWindow?.postMessage(message, origin);
    else queue.push(message);
  }

  function track(at: WebPage = page()): void {
    here = location.href;
    if (!config.trail) return;
    put(session, slot, [...trail(), { ...at, at: new Date().toISOString() }].slice(-20));
    if (frame) send({ rapport: 'page', page: at, trail: trail() });
  }

  function mount(): void {
    if (root) return;
    root = document.createElement('rapport-chat');
    const shadow = root.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    box = document.createElement('div');
    box.className = config.position;
    box.style.setProperty('--c', config.color);
    box.style.setProperty('--i', config.ink);
    button = document.createElement('button');
    button.type = 'button';
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    icon = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.append(icon);
    badge = document.createElement('b');
    const label = document.createElement('span');
    label.textContent = config.launcher;
    button.append(svg, ...(config.launcher ? [label] : []), badge);
    button.onclick = () => show(!opened);
    button.onpointerenter = button.onfocus = load;
    box.append(button);
    box.onkeydown = (event) => {
      if (event.key === 'Escape' && opened) show(false);
    };
    shadow.append(box);
    document.documentElement.append(root);
    count(0);
    track();
    if (kept().token) setTimeout(load, 1200);
  }

  function load(): void {
    if (frame || !root) return;
    frame = document.createElement('iframe');
    frame.title = config.name;
    frame.setAttribute('sandbox', SANDBOX);
    frame.allow = 'autoplay; clipboard-write';
    frame.src = `${config.frame}#${encodeURIComponent(location.origin)}`;
    box.prepend(frame);
  }

  function count(unread: number): void {
    badge.textContent = unread ? String(unread) : '';
    button.ariaExpanded = String(opened);
    button.ariaLabel = say(opened ? 'close' : unread ? 'new' : 'open');
    icon.setAttribute('d', opened ? DOWN : BUBBLE);
  }

  function show(open: boolean, focus = true): void {
    mount();
    load();
    if (open === opened) return;
    opened = open;
    box.classList.toggle('open', open);
    count(0);
    put(session, `${slot}:open`, open);
    send({ rapport: 'open', open });
    if (focus) (open ? frame : button)?.focus();
    tell(open ? 'open' : 'close');
  }

  function shutdown(): void {
    root?.remove();
    root = frame = memory = null;
    opened = ready = false;
    queue = [];
    for (const store of [local, session]) {
      try {
        store().removeItem(slot);
        store().removeItem(`${slot}:open`);
      } catch {
        // Nothing was kept where nothing may be.
      }
    }
  }

  function hear(message: ToHost): void {
    switch (message.rapport) {
      case 'ready':
        ready = true;
        send({ rapport: 'start', kept: kept(), open: opened, page: config.trail ? page() : null, trail: trail() });
        for (const waiting of queue.splice(0)) send(waiting);
        return tell('ready');
      case 'close':
        return show(false);
      case 'badge':
        count(message.unread);
        return tell('message', { unread: message.unread });
      case 'keep':
        return keep(message.change);
      case 'put':
        return keep({ outbox: [...(kept().outbox ?? []).filter((e) => e.id !== message.entry.id), message.entry] });
      case 'drop':
        return keep({ outbox: (kept().outbox ?? []).filter((e) => e.id !== message.id) });
      case 'event':
        return tell(message.name, message.detail);
    }
  }

  addEventListener('message', (event: MessageEvent) => {
    if (frame && event.source === frame.contentWindow && event.origin === origin) hear(event.data as ToHost);
  });
  addEventListener('storage', (event) => {
    if (event.key === slot && ready) send({ rapport: 'kept', kept: kept() });
  });
  const moved = () => {
    if (root && location.href !== here) track();
  };
  addEventListener('popstate', moved);
  host.navigation?.addEventListener('navigatesuccess', moved);

  const api: Record<string, unknown> = {
    version: 1,
    open: () => show(true),
    close: () => show(false),
    identify(identity: string) {
      mount();
      load();
      send({ rapport: 'identify', identity });
    },
    track,
    on(name: string, run: Listener) {
      (listeners[name] ??= []).push(run);
      return () => (listeners[name] = (listeners[name] ?? []).filter((other) => other !== run));
    },
    shutdown,
  };
  const before = host.rapport?.q;
  host.Rapport = api;
  host.rapport = (verb, ...rest) => {
    const run = api[verb];
    return typeof run === 'function' ? (run as (...words: unknown[]) => unknown)(...rest) : undefined;
  };
  mount();
  for (const words of Array.from(before ?? [])) host.rapport(...(Array.from(words) as [string]));
  if (innerWidth > 479 && json<boolean>(session, `${slot}:open`)) show(true, false);
}

/** A page inside of a page that has the chat already needs no second one. */
function isInside(): boolean {
  try {
    return self !== parent && Boolean((parent as unknown as Host).Rapport);
  } catch {
    return false;
  }
}

const script = document.currentScript;
const key = script instanceof HTMLScriptElement ? new URL(script.src).searchParams.get('key') : null;
const config = key ? host.rapportWidgets?.[key] : undefined;
if (config && !host.Rapport && !isInside()) start(config);
