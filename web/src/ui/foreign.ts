// Foreign HTML, made harmless by construction: simple mail is rebuilt from known elements, the rest goes into a sealed frame.

import { misleads } from './remote';

interface Policy {
  createHTML(html: string): string;
}
interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
// The one place where text becomes HTML. It only ever reaches an inert document or a frame without scripts.
const policy: Policy = factory?.createPolicy('rapport-foreign', { createHTML: (html) => html }) ?? { createHTML: (html) => html };

/**
 * Puts style attributes out of the browser's reach: our policy forbids them even in inert documents.
 * What slips through is refused by the policy as well, so this need not be perfect.
 */
export function unstyled(html: string): string {
  return html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/gi, '$1data-style$2'));
}

export function inert(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(unstyled(html)), 'text/html');
}

const KEEP = new Set('P BR DIV SPAN A STRONG B EM I U S DEL UL OL LI BLOCKQUOTE PRE CODE H1 H2 H3 H4 HR IMG'.split(' '));
const SIMPLE_ATTRIBUTES = new Set(['href', 'title', 'dir', 'lang', 'src', 'alt', 'width', 'height', 'target', 'rel', 'class', 'id', 'start', 'data-mention-id']);

/** A link says where it leads; one whose words name another host says so in sight. */
function tell(link: Element, href: string): void {
  link.setAttribute('title', href);
  const real = misleads(link.textContent ?? '', href);
  if (!real) return;
  const mark = link.ownerDocument.createElement('strong');
  mark.className = 'misleads';
  mark.textContent = ` [→ ${real}]`;
  link.append(mark);
}

export function safeLink(href: string | null): string | null {
  if (!href) return null;
  try {
    const url = new URL(href, location.origin);
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function isSimple(element: Element): boolean {
  if (!KEEP.has(element.tagName)) return false;
  for (const name of element.getAttributeNames()) if (!SIMPLE_ATTRIBUTES.has(name)) return false;
  if (element.tagName === 'IMG' && !(element.getAttribute('src') ?? '').startsWith('/api/files/')) return false;
  return [...element.children].every(isSimple);
}

function copy(from: Node, into: Node): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      into.appendChild(document.createTextNode(node.textContent ?? ''));
      continue;
    }
    if (!(node instanceof Element)) continue;
    const made = document.createElement(node.tagName);
    const dir = node.getAttribute('dir');
    if (dir === 'rtl' || dir === 'ltr') made.setAttribute('dir', dir);
    if (made instanceof HTMLAnchorElement) {
      const link = safeLink(node.getAttribute('href'));
      if (link) {
        made.href = link;
        made.target = '_blank';
        made.rel = 'noopener noreferrer';
      }
    }
    if (made instanceof HTMLImageElement) {
      made.src = node.getAttribute('src') ?? '';
      made.alt = node.getAttribute('alt') ?? '';
      made.loading = 'lazy';
    }
    if (node.hasAttribute('data-mention-id')) made.className = 'mention';
    copy(node, made);
    if (made instanceof HTMLAnchorElement && made.href) tell(made, made.href);
    into.appendChild(made);
  }
}

/** Simple mail as nodes of our own making; null when it needs the frame. */
export function rebuild(html: string): DocumentFragment | null {
  const body = inert(html).body;
  if (![...body.children].every(isSimple)) return null;
  const made = document.createDocumentFragment();
  copy(body, made);
  return made;
}

export interface Framed {
  source: string;
  /** Style texts by number; the parent applies them, since the policy forbids style attributes. */
  styles: string[];
  /** The mail brings its own backgrounds, so it is shown on white paper. */
  paper: boolean;
}

const FRAME_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'none'";

export function frame(html: string): Framed {
  const parsed = inert(html);
  for (const bad of parsed.querySelectorAll('script, style, link, meta, base, iframe, object, embed, form, title')) bad.remove();
  const styles: string[] = [];
  let paper = false;
  for (const element of parsed.body.querySelectorAll('*')) {
    const style = element.getAttribute('data-style');
    if (style !== null) {
      element.setAttribute('data-style', String(styles.push(style) - 1));
      paper ||= /background/i.test(style);
    }
    paper ||= element.hasAttribute('bgcolor') || element.hasAttribute('background');
    for (const name of element.getAttributeNames()) if (name.startsWith('on')) element.removeAttribute(name);
    if (element.tagName === 'A') {
      const link = safeLink(element.getAttribute('href'));
      if (link) {
        element.setAttribute('href', link);
        tell(element, link);
      } else element.removeAttribute('href');
      element.setAttribute('target', '_blank');
      element.setAttribute('rel', 'noopener noreferrer');
    }
  }
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${FRAME_POLICY}"><meta name="referrer" content="no-referrer"><link rel="stylesheet" href="/frame.css">`;
  const source = policy.createHTML(`<!doctype html><html><head>${head}</head><body>${parsed.body.innerHTML}</body></html>`);
  return { source, styles, paper };
}

const LEFT_OUT = /^(position|z-index|top|left|right|bottom|inset|content|cursor|animation|transition|behavior|-)/;

/** Applies the mail's own styles through the object model; on our own background, near-grey text colours give way to ours. */
export function applyStyles(doc: Document, framed: Framed): void {
  for (const element of doc.querySelectorAll<HTMLElement>('[data-style]')) {
    element.style.cssText = framed.styles[Number(element.dataset.style)] ?? '';
    for (const name of [...element.style]) if (LEFT_OUT.test(name)) element.style.removeProperty(name);
    const { color } = element.style;
    if (framed.paper || !color) continue;
    if (isGreyish(color)) element.style.removeProperty('color');
    // On our dark ground a colour keeps its hue and becomes light enough to read.
    else element.style.color = `light-dark(${color}, oklch(from ${color} max(l, 0.76) c h))`;
  }
  if (!framed.paper) for (const font of doc.querySelectorAll('font[color]')) font.removeAttribute('color');
}

function isGreyish(color: string): boolean {
  if (/^(black|windowtext|inherit|initial|#000|currentcolor)/i.test(color)) return true;
  const parts = /^rgba?\((\d+), (\d+), (\d+)/.exec(color);
  if (!parts) return false;
  const [r, g, b] = parts.slice(1).map(Number) as [number, number, number];
  return Math.max(r, g, b) - Math.min(r, g, b) < 48;
}
