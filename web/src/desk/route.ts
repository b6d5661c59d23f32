// Addresses of the desk: one pure function each way, so that every screen can be linked.
import type { ViewId } from '~/api/types';

export const VIEWS: readonly ViewId[] = ['mine', 'unassigned', 'all', 'solved'];

/** How a new conversation begins: by mail, or logged by hand. */
export const WAYS = ['email', 'voice', 'walk-in', 'letter'] as const;
export type Way = (typeof WAYS)[number];

export type Route =
  | { at: 'view'; view: ViewId; number: number | null }
  | { at: 'search'; query: string; number: number | null }
  | { at: 'new'; customer?: number; way?: Way }
  | { at: 'preferences' }
  | { at: 'settings'; section: string | null }
  | { at: 'signin' }
  | { at: 'forgot' }
  | { at: 'reset'; token: string }
  | { at: 'invitation'; token: string }
  | { at: 'lost' };

const number = (text: string | undefined) => (text && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null);

export function parse(path: string, search = ''): Route {
  const [, root, first = '', second] = path.replace(/\/+$/, '').split('/');
  if (root !== 'desk') return { at: 'lost' };
  if (first === '') return { at: 'view', view: 'mine', number: null };
  const view = VIEWS.find((v) => v === first);
  if (view) return { at: 'view', view, number: number(second) };
  switch (first) {
    case 'conversations':
      return number(second) ? { at: 'view', view: 'all', number: number(second) } : { at: 'lost' };
    case 'search':
      return { at: 'search', query: new URLSearchParams(search).get('q') ?? '', number: number(second) };
    case 'new': {
      const asked = new URLSearchParams(search);
      const customer = number(asked.get('customer') ?? undefined);
      const way = WAYS.find((w) => w === asked.get('by'));
      return { at: 'new', ...(customer ? { customer } : {}), ...(way ? { way } : {}) };
    }
    case 'preferences':
    case 'signin':
    case 'forgot':
      return { at: first };
    case 'settings':
      return { at: 'settings', section: second ?? null };
    case 'reset':
    case 'invitation':
      return second ? { at: first, token: decodeURIComponent(second) } : { at: 'lost' };
    default:
      return { at: 'lost' };
  }
}

export function href(route: Route): string {
  switch (route.at) {
    case 'view':
      return `/desk/${route.view}${route.number ? `/${route.number}` : ''}`;
    case 'search': {
      const query = route.query ? `?${new URLSearchParams({ q: route.query })}` : '';
      return `/desk/search${route.number ? `/${route.number}` : ''}${query}`;
    }
    case 'new': {
      const asked = new URLSearchParams({ ...(route.customer ? { customer: String(route.customer) } : {}), ...(route.way ? { by: route.way } : {}) }).toString();
      return `/desk/new${asked ? `?${asked}` : ''}`;
    }
    case 'settings':
      return `/desk/settings${route.section ? `/${route.section}` : ''}`;
    case 'reset':
    case 'invitation':
      return `/desk/${route.at}/${encodeURIComponent(route.token)}`;
    case 'lost':
      return '/desk';
    default:
      return `/desk/${route.at}`;
  }
}

/** Screens that need no session. */
export function isOutside(route: Route): boolean {
  return route.at === 'signin' || route.at === 'forgot' || route.at === 'reset' || route.at === 'invitation';
}
