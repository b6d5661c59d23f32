// What an answer may consist of; the server's sanitiser lets exactly this through.
import { Schema } from 'prosemirror-model';

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }, { tag: 'div' }], toDOM: () => ['p', 0] },
    blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
    code_block: { content: 'text*', marks: '', group: 'block', code: true, defining: true, parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }], toDOM: () => ['pre', ['code', 0]] },
    bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
    ordered_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ol' }], toDOM: () => ['ol', 0] },
    list_item: { content: 'paragraph block*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    text: { group: 'inline' },
    hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    image: {
      inline: true,
      group: 'inline',
      draggable: true,
      attrs: { src: {}, alt: { default: '' } },
      parseDOM: [
        {
          tag: 'img[src^="/api/files/"]',
          getAttrs: (node) => ({ src: node.getAttribute('src'), alt: node.getAttribute('alt') ?? '' }),
        },
      ],
      toDOM: (node) => ['img', { src: String(node.attrs.src), alt: String(node.attrs.alt) }],
    },
    mention: {
      inline: true,
      group: 'inline',
      atom: true,
      attrs: { id: {}, name: {} },
      parseDOM: [{ tag: 'span[data-mention-id]', getAttrs: (node) => ({ id: Number(node.getAttribute('data-mention-id')), name: (node.textContent ?? '').replace(/^@/, '') }) }],
      toDOM: (node) => ['span', { 'data-mention-id': String(node.attrs.id) }, `@${String(node.attrs.name)}`],
    },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: (node) => (/^(https?|mailto|tel):/i.test(node.getAttribute('href') ?? '') ? { href: node.getAttribute('href') } : false) }],
      toDOM: (mark) => ['a', { href: String(mark.attrs.href) }, 0],
    },
    bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
    italic: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
    underline: { parseDOM: [{ tag: 'u' }], toDOM: () => ['u', 0] },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }], toDOM: () => ['s', 0] },
    code: { excludes: '_', parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
  },
});
