import { formatRoute, parseRoute, type Route } from './route';

/** Where the person is, and the only way to go elsewhere. */
class Router {
  current: Route = $state.raw(parseRoute(location.pathname, location.search));

  constructor() {
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** To another screen; the back button leads here again. */
  go(route: Route): void {
    history.pushState(null, '', formatRoute(route));
    this.#read();
  }

  /** The same screen, narrowed otherwise; leaves no trace behind the back button. */
  replace(route: Route): void {
    history.replaceState(null, '', formatRoute(route));
    this.#read();
  }

  #read(): void {
    this.current = parseRoute(location.pathname, location.search);
  }

  /** Links stay links (new tab, copy address); a plain click on one of ours needs no new page. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const address = link?.getAttribute('href');
    if (!link || !address || !address.startsWith('/') || address.startsWith('/api/')) return;
    if (link.hasAttribute('target') || link.hasAttribute('download')) return;
    event.preventDefault();
    history.pushState(null, '', address);
    this.#read();
    scrollTo(0, 0);
  }
}

export const router = new Router();
