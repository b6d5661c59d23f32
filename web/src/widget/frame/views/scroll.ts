// Keeps the end of the thread in sight for whoever is at the end, and the place for whoever reads back.

const box = () => document.querySelector<HTMLElement>('.thread');

/** Called before drawing; the answer is called after it. */
export function keepEnd(): () => void {
  const before = box();
  const height = before?.scrollHeight ?? 0;
  const top = before?.scrollTop ?? 0;
  const atEnd = !before || height - top - before.clientHeight < 60;
  const first = before?.querySelector('[data-line]')?.getAttribute('data-line');
  return () => {
    const after = box();
    if (!after) return;
    if (atEnd || after !== before) after.scrollTop = after.scrollHeight;
    // Earlier messages came in above: what was on screen stays there.
    else if (after.querySelector('[data-line]')?.getAttribute('data-line') !== first) after.scrollTop = top + after.scrollHeight - height;
  };
}
