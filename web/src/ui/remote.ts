// Pictures of other servers in a mail: not loaded until somebody asks, and then through our own server.
import type { Id } from '~/api/types';

const MARK = /\sdata-remote-src="([^"]*)"/g;

export const hasRemote = (html: string | null): boolean => html?.includes(' data-remote-src="') ?? false;

/** The same mail with its pictures, fetched by our server. */
export function withPictures(html: string, message: Id): string {
  return html.replace(MARK, (_, address: string) => ` src="/api/messages/${message}/picture?address=${encodeURIComponent(address.replaceAll('&amp;', '&'))}"`);
}

/** Where a link leads, when its words name another host. */
export function misleads(words: string, href: string): string | null {
  const shown = words.trim();
  if (!shown || /\s|@/.test(shown) || shown.length > 300) return null;
  const named = hostOf(shown) ?? (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.([a-z]{2}|com|net|org|info|biz)([/?#:]|$)/i.test(shown) ? hostOf(`https://${shown}`) : null);
  const real = hostOf(href);
  if (!named || !real || named === real || real.endsWith(`.${named}`) || named.endsWith(`.${real}`)) return null;
  return real;
}

function hostOf(address: string): string | null {
  if (!/^https?:\/\//i.test(address)) return null;
  try {
    return new URL(address).hostname.replace(/^www\./, '');
  } catch {
    return null;
  }
}
