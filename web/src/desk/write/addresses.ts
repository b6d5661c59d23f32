// Addresses as people type and paste them.

/** Splits at commas, semicolons and line ends; takes the part in angle brackets. */
export function splitAddresses(text: string): string[] {
  return text
    .split(/[,;\n]+/)
    .map((part) => (/<([^<>]+)>/.exec(part)?.[1] ?? part).trim())
    .filter(Boolean);
}

/** Those that are there and what was typed, each once; null when something typed is no address. */
export function withTyped(present: readonly string[], typed: string): string[] | null {
  const found = splitAddresses(typed);
  return found.every(isAddress) ? [...new Set([...present, ...found])] : null;
}

/** Good enough to catch slips; the server has the last word. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/u.test(text) && text.length <= 254;
}
