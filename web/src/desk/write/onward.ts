// Enter in a field of a form that writes mail: what was typed is taken, and the next field gets the focus.

/** The fields that somebody types into, in their order. */
const FIELDS = "input:not([type='radio'], [type='checkbox'], [type='file']), [contenteditable='true']";

/** For `onkeydown` of the form: sending is for its button and for Ctrl+Enter, never for Enter in a field. */
export function onward(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || !(field instanceof HTMLInputElement)) return;
  // A form within the form, such as the one of a link, has an Enter of its own.
  if (event.currentTarget instanceof HTMLFormElement && field.form !== event.currentTarget) return;
  event.preventDefault();
  const next = [...(field.form?.querySelectorAll<HTMLElement>(FIELDS) ?? [])].find((other) => field.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING && other.offsetParent !== null);
  next?.focus();
}
