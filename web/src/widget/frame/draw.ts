// The frame's own small drawing: views are functions that say what should stand there, and the page is brought to it.
// A library of the same kind weighs four times as much as this and all that it would bring is not needed.

export type Child = Node_ | string | number | boolean | null | undefined | Child[];

type On<E extends Event, T extends Element> = (event: E & { currentTarget: T }) => unknown;

interface Props {
  key?: string | number;
  onClick?: On<MouseEvent, HTMLElement>;
  onInput?: On<InputEvent, HTMLTextAreaElement>;
  onChange?: On<Event, HTMLInputElement>;
  onSubmit?: On<SubmitEvent, HTMLFormElement>;
  onKeyDown?: On<KeyboardEvent, HTMLElement>;
  onPaste?: On<ClipboardEvent, HTMLElement>;
  onDrop?: On<DragEvent, HTMLElement>;
  onDragOver?: On<DragEvent, HTMLElement>;
  onScroll?: On<Event, HTMLElement>;
  children?: Child;
  [name: string]: unknown;
}

interface Node_ {
  tag: string;
  props: Props;
  inside: Child[];
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the compiler looks for the names of JSX here
  namespace JSX {
    type Element = Child;
    type ElementType = string | ((props: never) => Child);
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicAttributes {
      key?: string | number;
    }
    interface IntrinsicElements {
      [tag: string]: Props;
    }
  }
}

// What was drawn last, on the node itself.
type Drawn = ChildNode & { was?: Node_ };

/** A view is a function of its properties; it is called at once. */
export function h(tag: string | ((props: never) => Child), props: Props | null, ...inside: Child[]): Child {
  return typeof tag === 'string' ? { tag, props: props ?? {}, inside } : tag({ ...props, children: inside } as never);
}

export const Fragment = (props: { children?: Child }): Child => props.children;

function flat(children: Child[], into: (Node_ | string)[] = []): (Node_ | string)[] {
  for (const child of children) {
    if (Array.isArray(child)) flat(child, into);
    else if (typeof child === 'object' && child) into.push(child);
    else if (typeof child === 'string' || typeof child === 'number') into.push(String(child));
  }
  return into;
}

function set(element: Element, name: string, value: unknown): void {
  if (name === 'key') return;
  if (name.startsWith('on')) (element as unknown as Record<string, unknown>)[name.toLowerCase()] = value ?? null;
  else if (name === 'value') (element as HTMLTextAreaElement).value = String(value ?? '');
  else if (name === 'defaultValue') element.setAttribute('value', String(value));
  else if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

function dress(node: Drawn, next: Node_): void {
  const element = node as unknown as Element;
  const before = node.was?.props ?? {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(next.props)])) {
    const value = next.props[name];
    // A field is compared with what stands in it, since people write there as well.
    if (name === 'value' ? (element as HTMLTextAreaElement).value !== value : before[name] !== value) set(element, name, value);
  }
  node.was = next;
  draw(element, next.inside);
}

function matches(node: Drawn, next: Node_ | string): boolean {
  if (typeof next === 'string') return !node.was && node.nodeType === 3;
  return node.was?.tag === next.tag && node.was.props.key === next.props.key;
}

function make(parent: Element, next: Node_ | string): Drawn {
  if (typeof next === 'string') return document.createTextNode(next);
  return document.createElementNS(next.tag === 'svg' ? 'http://www.w3.org/2000/svg' : next.tag === 'path' ? parent.namespaceURI : 'http://www.w3.org/1999/xhtml', next.tag) as Drawn;
}

/** Brings the inside of an element to what is wanted; what stays keeps its focus, text and scroll. */
export function draw(parent: Element, children: Child[]): void {
  const old = new Set([...parent.childNodes] as Drawn[]);
  const wanted = flat(children);
  const nodes = wanted.map((next) => {
    const known = [...old].find((one) => matches(one, next));
    if (known) old.delete(known);
    return known ?? make(parent, next);
  });
  for (const gone of old) gone.remove();
  nodes.forEach((node, i) => {
    const next = wanted[i];
    if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null);
    if (typeof next === 'object') dress(node, next);
    else if (node.nodeValue !== next) node.nodeValue = next ?? null;
  });
}
