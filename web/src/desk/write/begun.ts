// What was begun in a form and isn't sent: this tab has it after leaving and reloading, until it is sent or discarded.
// A reply has its draft on the server; what goes elsewhere has no place there.

/** Signing out takes everything under it from the machine. */
const under = (name: string) => `rapport.draft.${name}`;
/** Stands in where the browser refuses storage. */
const memory = new Map<string, string>();

/** What was kept under this name, which says whose it is as well. */
export function begun<T>(name: string): T | null {
  let found = memory.get(name);
  try {
    found = sessionStorage.getItem(under(name)) ?? found;
  } catch {
    // Refused: memory has it.
  }
  return found === undefined ? null : (JSON.parse(found) as T);
}

/** Keeps it; nothing to keep forgets what was there. */
export function keepBegun(name: string, value: object | null): void {
  memory.delete(name);
  try {
    if (value) sessionStorage.setItem(under(name), JSON.stringify(value));
    else sessionStorage.removeItem(under(name));
  } catch {
    if (value) memory.set(name, JSON.stringify(value));
  }
}
