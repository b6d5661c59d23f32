// The present address as reactive state; plain links inside the desk are taken over here.
import { href, parse, type Route } from './route';

class Router {
  route = $state.raw<Route>(parse(location.pathname, location.search));

  constructor() {
    addEventListener('popstate', () => this.read());
    document.addEventListener('click', (event) => this.click(event));
  }

  go(route: Route, replace = false): void {
    const to = href(route);
    if (to !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState'](null, '', to);
    this.route = route;
  }

  private read(): void {
    this.route = parse(location.pathname, location.search);
  }

  private click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname !== '/desk' && !link.pathname.startsWith('/desk/')) return;
    event.preventDefault();
    history.pushState(null, '', link.pathname + link.search);
    this.read();
  }
}

export const router = new Router();
