// An agent's answer as nodes of our own making: known elements only, no attribute but a checked link.
import { type Child, Fragment, h } from './draw';

interface Policy {
  createHTML(html: string): string;
}

const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
// What it makes is only ever parsed into a document that does nothing.
const policy: Policy = factory?.createPolicy('rapport-frame', { createHTML: (html) => html }) ?? { createHTML: (html) => html };

const KEPT = new Set(['P', 'BR', 'B', 'STRONG', 'I', 'EM', 'U', 'S', 'UL', 'OL', 'LI', 'CODE', 'PRE', 'BLOCKQUOTE']);
const made = new Map<number, Child>();

function copy(from: Node): Child[] {
  return [...from.childNodes].map((node): Child => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    if (!(node instanceof Element)) return null;
    const inside = copy(node);
    const href = node.tagName === 'A' ? (node.getAttribute('href') ?? '') : '';
    if (/^(https?|mailto|tel):/i.test(href)) return <a href={href} target="_blank" rel="noopener noreferrer">{inside}</a>;
    return KEPT.has(node.tagName) ? h(node.tagName.toLowerCase(), null, inside) : <>{inside}</>;
  });
}

export function Rich({ id, html, text }: { id: number; html: string; text: string }): Child {
  if (!html) return <p class="plain">{text}</p>;
  const known = made.get(id) ?? h(Fragment, null, copy(new DOMParser().parseFromString(policy.createHTML(html.replace(/ style\s*=/gi, ' data-s=')), 'text/html').body));
  made.set(id, known);
  return known;
}
