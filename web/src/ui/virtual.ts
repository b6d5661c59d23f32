// Which rows of a long list exist in the page: arithmetic for rows of one height.

export interface Span {
  from: number;
  to: number;
  /** Where the first row stands, in pixels. */
  offset: number;
  /** Height of the whole list. */
  total: number;
}

/** Rows to draw for a scroll position, with some more on both sides so that scrolling shows no gaps. */
export function span(count: number, height: number, top: number, view: number, over = 6): Span {
  const total = count * height;
  const start = Math.max(0, Math.min(top, total - view));
  const from = Math.max(0, Math.floor(start / height) - over);
  const to = Math.min(count, Math.ceil((start + view) / height) + over);
  return { from, to, offset: from * height, total };
}

/** The scroll position that brings a row into sight with the least movement. */
export function reveal(index: number, height: number, top: number, view: number): number {
  const start = index * height;
  if (start < top) return start;
  if (start + height > top + view) return start + height - view;
  return top;
}
