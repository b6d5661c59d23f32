// The rich-text editor: ProseMirror with our schema, in a part that loads when somebody writes.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn, lift } from 'prosemirror-commands';
import { dropCursor } from 'prosemirror-dropcursor';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { DOMParser, DOMSerializer, type MarkType, type Node } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, EditorState, Plugin, Selection } from 'prosemirror-state';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import { inert, unstyled } from '~/ui/foreign';
import './editor.css';
import { schema } from './schema';

export type Format = 'bold' | 'italic' | 'underline' | 'strike' | 'code' | 'bullets' | 'numbers' | 'quote';

export interface Asked {
  query: string;
  left: number;
  top: number;
  bottom: number;
}

export interface Wishes {
  label: string;
  placeholder: () => string;
  changed: (empty: boolean) => void;
  active: (formats: ReadonlySet<Format>) => void;
  files: (files: File[], pasted: boolean) => void;
  /** An `@` is being typed; null when it is over. */
  asked: (asked: Asked | null) => void;
  /** Arrow keys and Enter while a list of mentions is open. */
  choose: (key: string) => boolean;
  send: (solved: boolean) => void;
  /** Enter alone sends, as in a chat. */
  enter?: () => boolean;
}

const { nodes, marks } = schema;

const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

function keys(wishes: Wishes): Record<string, Command> {
  const send = (solved: boolean): Command => () => (wishes.send(solved), true);
  return {
    'Mod-Enter': send(false),
    'Mod-Shift-Enter': send(true),
    'Mod-b': toggleMark(marks.bold),
    'Mod-i': toggleMark(marks.italic),
    'Mod-u': toggleMark(marks.underline),
    'Mod-Shift-x': toggleMark(marks.strike),
    'Mod-e': toggleMark(marks.code),
    'Mod-z': undo,
    'Mod-y': redo,
    'Mod-Shift-z': redo,
    'Shift-Enter': breakLine,
    Enter: chainCommands((_, dispatch) => (wishes.enter?.() ?? false) && (dispatch && wishes.send(false), true), splitListItem(nodes.list_item)),
    'Mod-]': sinkListItem(nodes.list_item),
    'Mod-[': liftListItem(nodes.list_item),
    'Mod-Shift-8': wrapInList(nodes.bullet_list),
    'Mod-Shift-7': wrapInList(nodes.ordered_list),
    'Mod-Shift-9': wrapIn(nodes.blockquote),
  };
}

const rules = inputRules({
  rules: [
    wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    textblockTypeInputRule(/^```$/, nodes.code_block),
  ],
});

function placeholder(text: () => string): Plugin {
  return new Plugin({
    props: {
      decorations(state) {
        const first = state.doc.firstChild;
        if (state.doc.childCount !== 1 || first?.type !== nodes.paragraph || first.content.size > 0) return null;
        return DecorationSet.create(state.doc, [Decoration.node(0, first.nodeSize, { class: 'empty', 'data-placeholder': text() })]);
      },
    },
  });
}

const MENTION = /(?:^|\s)@([\p{L}\p{M}.'-]{0,24})$/u;

function mentionAt(state: EditorState): { from: number; to: number; query: string } | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '￼');
  const found = MENTION.exec(before);
  if (!found) return null;
  const query = found[1] ?? '';
  return { from: $from.pos - query.length - 1, to: $from.pos, query };
}

function has(state: EditorState, mark: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  return empty ? mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, mark);
}

function activeFormats(state: EditorState): Set<Format> {
  const found = new Set<Format>();
  for (const name of ['bold', 'italic', 'underline', 'strike', 'code'] as const) if (has(state, marks[name])) found.add(name);
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const type = $from.node(depth).type;
    if (type === nodes.bullet_list) found.add('bullets');
    if (type === nodes.ordered_list) found.add('numbers');
    if (type === nodes.blockquote) found.add('quote');
    if (type === nodes.code_block) found.add('code');
  }
  return found;
}

function parse(html: string): Node {
  return DOMParser.fromSchema(schema).parse(inert(html).body);
}

const commands: Record<Format, (state: EditorState) => Command> = {
  bold: () => toggleMark(marks.bold),
  italic: () => toggleMark(marks.italic),
  underline: () => toggleMark(marks.underline),
  strike: () => toggleMark(marks.strike),
  code: (state) => (state.selection.empty ? setBlockType(state.selection.$from.parent.type === nodes.code_block ? nodes.paragraph : nodes.code_block) : toggleMark(marks.code)),
  bullets: (state) => (activeFormats(state).has('bullets') ? liftListItem(nodes.list_item) : wrapInList(nodes.bullet_list)),
  numbers: (state) => (activeFormats(state).has('numbers') ? liftListItem(nodes.list_item) : wrapInList(nodes.ordered_list)),
  quote: (state) => (activeFormats(state).has('quote') ? lift : wrapIn(nodes.blockquote)),
};

export class Editor {
  private readonly view: EditorView;

  constructor(place: HTMLElement, html: string, wishes: Wishes) {
    const state = EditorState.create({
      doc: parse(html),
      plugins: [rules, keymap(keys(wishes)), keymap(baseKeymap), history(), dropCursor({ class: 'drop' }), placeholder(wishes.placeholder)],
    });
    this.view = new EditorView(place, {
      state,
      attributes: { 'aria-label': wishes.label, 'aria-multiline': 'true', role: 'textbox', class: 'editor', dir: 'auto' },
      // The editor would swallow Escape, which belongs to whatever it stands in.
      handleDOMEvents: { keydown: (_, event) => event.key === 'Escape' && !event.isComposing && !wishes.choose('Escape') },
      handleKeyDown: (_, event) => wishes.choose(event.key),
      transformPastedHTML: unstyled,
      handlePaste: (_, event) => this.take(event.clipboardData, true, wishes),
      handleDrop: (_, event) => this.take(event.dataTransfer, false, wishes),
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(tr));
        if (tr.docChanged) wishes.changed(this.empty);
        wishes.active(activeFormats(this.view.state));
        wishes.asked(this.asked());
      },
    });
  }

  private asked(): Asked | null {
    const at = mentionAt(this.view.state);
    if (!at) return null;
    const { left, top, bottom } = this.view.coordsAtPos(at.from);
    return { query: at.query, left, top, bottom };
  }

  private take(data: DataTransfer | null, pasted: boolean, wishes: Wishes): boolean {
    const files = [...(data?.files ?? [])];
    // A word processor puts a picture of its text beside the text: then the text is meant.
    if (files.length === 0 || (pasted && data?.types.includes('text/html'))) return false;
    wishes.files(files, pasted);
    return true;
  }

  get html(): string {
    const made = inert('').createElement('div');
    made.append(DOMSerializer.fromSchema(schema).serializeFragment(this.view.state.doc.content, { document: made.ownerDocument }));
    return this.empty ? '' : made.innerHTML;
  }

  get empty(): boolean {
    const { doc } = this.view.state;
    let something = doc.textContent.trim() !== '';
    doc.descendants((node) => {
      something ||= node.type === nodes.image || node.type === nodes.mention;
    });
    return !something;
  }

  get mentions(): number[] {
    const found = new Set<number>();
    this.view.state.doc.descendants((node) => {
      if (node.type === nodes.mention) found.add(Number(node.attrs.id));
    });
    return [...found];
  }

  set(html: string): void {
    const { state } = this.view;
    const tr = state.tr.replaceWith(0, state.doc.content.size, parse(html).content);
    this.view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)));
  }

  run(format: Format): void {
    commands[format](this.view.state)(this.view.state, this.view.dispatch);
    this.view.focus();
  }

  link(href: string | null): void {
    const { from, to, empty } = this.view.state.selection;
    if (href === null) toggleMark(marks.link)(this.view.state, this.view.dispatch);
    else if (empty) this.view.dispatch(this.view.state.tr.replaceSelectionWith(schema.text(href, [marks.link.create({ href })]), false));
    else this.view.dispatch(this.view.state.tr.addMark(from, to, marks.link.create({ href })));
    this.view.focus();
  }

  image(src: string, alt: string): void {
    this.view.dispatch(this.view.state.tr.replaceSelectionWith(nodes.image.create({ src, alt })).scrollIntoView());
  }

  mention(id: number, name: string): void {
    const at = mentionAt(this.view.state);
    if (!at) return;
    const tr = this.view.state.tr.replaceWith(at.from, at.to, [nodes.mention.create({ id, name }), schema.text(' ')]);
    this.view.dispatch(tr);
    this.view.focus();
  }

  /** Types text as if by hand, so that an `@` opens its list. */
  type(text: string): void {
    const before = this.view.state.selection.$from.nodeBefore;
    this.view.focus();
    this.view.dispatch(this.view.state.tr.insertText(before && !/\s$/.test(before.text ?? '') ? ` ${text}` : text));
  }

  repaint(): void {
    this.view.dispatch(this.view.state.tr);
  }

  focus(): void {
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }
}
