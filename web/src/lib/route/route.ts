/** The addresses of the page: what stands in the address bar, and what it means. */

export type With = 'tasks' | 'figures' | 'open_citations';
export type Sort = 'issued_on' | 'added_at' | 'relevance';
export type CitationsState = 'all' | 'open' | 'ambiguous' | 'conflicting';

/** What the library is narrowed to; an empty text narrows nothing. */
export interface LibraryQuery {
  words: string;
  kind: string;
  issuer: string;
  place: string;
  /** ISO days, both included. */
  from: string;
  to: string;
  with: With | '';
  sort: Sort | '';
  page: number;
}

/** The parts of the page that read the rest of their address themselves. */
const AREAS = ['tasks', 'reports', 'registers', 'overview', 'explorer', 'admin', 'account', 'openid'] as const;
export type Area = (typeof AREAS)[number];

export type Route =
  | { screen: 'home' }
  /** `rest` is what stands behind the area: `/reports/form/3` is `['form', '3']`; `search` as in `?a=b`, without the mark. */
  | { screen: Area; rest: string[]; search: string }
  | { screen: 'library'; query: LibraryQuery }
  | { screen: 'document'; id: number; finding: number | null }
  | { screen: 'cascade'; id: number }
  | { screen: 'citations'; state: CitationsState; page: number }
  | { screen: 'missing' };

export const EVERYTHING: LibraryQuery = {
  words: '',
  kind: '',
  issuer: '',
  place: '',
  from: '',
  to: '',
  with: '',
  sort: '',
  page: 1,
};

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((it) => it === text) ?? null;
}

function whole(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
}

function parseQuery(search: URLSearchParams): LibraryQuery {
  const text = (name: string) => search.get(name) ?? '';
  return {
    words: text('words'),
    kind: text('kind'),
    issuer: text('issuer'),
    place: text('place'),
    from: text('from'),
    to: text('to'),
    with: oneOf(['tasks', 'figures', 'open_citations'], search.get('with')) ?? '',
    sort: oneOf(['issued_on', 'added_at', 'relevance'], search.get('sort')) ?? '',
    page: whole(search.get('page')) ?? 1,
  };
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The screen that an address leads to. */
export function parseRoute(pathname: string, searchText: string): Route {
  const search = new URLSearchParams(searchText);
  const parts = pathname.split('/').filter((it) => it !== '');
  const [first, second, third] = parts;
  if (parts.length === 0) return { screen: 'home' };
  const area = oneOf(AREAS, first ?? null);
  if (area !== null) return { screen: area, rest: parts.slice(1).map(unescaped), search: search.toString() };
  if (first === 'documents' && parts.length === 1) return { screen: 'library', query: parseQuery(search) };
  if (first === 'citations' && parts.length === 1) {
    const state = oneOf(['all', 'open', 'ambiguous', 'conflicting'], search.get('state')) ?? 'all';
    return { screen: 'citations', state, page: whole(search.get('page')) ?? 1 };
  }
  const id = first === 'documents' ? whole(second ?? null) : null;
  if (id === null) return { screen: 'missing' };
  if (parts.length === 2) return { screen: 'document', id, finding: whole(search.get('finding')) };
  if (parts.length === 3 && third === 'cascade') return { screen: 'cascade', id };
  return { screen: 'missing' };
}

/** A query as the API and the address bar write it: `?kind=CT&words=…`, or nothing. */
export function formatQuery(query: LibraryQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== '' && !(name === 'page' && value === 1)) search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address of a screen. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '/';
    case 'library':
      return `/documents${formatQuery(route.query)}`;
    case 'document':
      return `/documents/${route.id}${route.finding === null ? '' : `?finding=${route.finding}`}`;
    case 'cascade':
      return `/documents/${route.id}/cascade`;
    case 'citations': {
      const search = new URLSearchParams();
      if (route.state !== 'all') search.set('state', route.state);
      if (route.page !== 1) search.set('page', String(route.page));
      return `/citations${search.size === 0 ? '' : `?${search.toString()}`}`;
    }
    case 'missing':
      return '/';
    default: {
      const rest = route.rest.map((it) => `/${encodeURIComponent(it)}`).join('');
      return `/${route.screen}${rest}${route.search === '' ? '' : `?${route.search}`}`;
    }
  }
}
