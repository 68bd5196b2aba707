/** What the explorer shows, and how it stands in the address. */

/** An indicator with the option that it is looked at by; `null` undivided. */
export interface Chosen {
  code: string;
  option: string | null;
}

export type Sight = 'as_then' | 'as_now';
export type Order = 'official' | 'alphabet';

/** Everything that makes a table; what is `null` or empty is chosen by the page. */
export interface ExplorerView {
  indicators: Chosen[];
  under: number | null;
  /** Periods as the API writes them, from the oldest on. */
  periods: string[];
  sight: Sight;
  weight: string;
  line: string;
  order: Order;
  chart: boolean;
  /** `unit|indicator|option|period` of the figure that is traced. */
  trace: string;
}

const LINES = ['party', 'military', 'front'];
const WEIGHTS = ['area', 'equal'];

function oneOf(allowed: readonly string[], text: string | null): string {
  return allowed.find((it) => it === text) ?? '';
}

function chosen(text: string): Chosen {
  const at = text.indexOf(':');
  return at < 0 ? { code: text, option: null } : { code: text.slice(0, at), option: text.slice(at + 1) };
}

/** What an address asks for; what it does not know it leaves out. */
export function parseView(text: string): ExplorerView {
  const search = new URLSearchParams(text);
  const list = (name: string) => (search.get(name) ?? '').split(',').filter((it) => it !== '');
  const under = Number(search.get('u'));
  return {
    indicators: list('i').map(chosen),
    under: Number.isSafeInteger(under) && under > 0 ? under : null,
    periods: list('p'),
    sight: search.get('v') === 'as_now' ? 'as_now' : 'as_then',
    weight: oneOf(WEIGHTS, search.get('w')),
    line: oneOf(LINES, search.get('l')),
    order: search.get('o') === 'alphabet' ? 'alphabet' : 'official',
    chart: search.get('c') === '1',
    trace: search.get('t') ?? '',
  };
}

/** The address of a view, without the question mark. */
export function formatView(view: ExplorerView): string {
  const search = new URLSearchParams();
  const set = (name: string, value: string) => {
    if (value !== '') search.set(name, value);
  };
  set('i', view.indicators.map((it) => (it.option === null ? it.code : `${it.code}:${it.option}`)).join(','));
  set('u', view.under === null ? '' : String(view.under));
  set('p', view.periods.join(','));
  set('v', view.sight === 'as_now' ? 'as_now' : '');
  set('w', view.sight === 'as_now' ? view.weight : '');
  set('l', view.line);
  set('o', view.order === 'alphabet' ? 'alphabet' : '');
  set('c', view.chart ? '1' : '');
  set('t', view.trace);
  return search.toString();
}

/** The figure that an address traces; `null` if it names none. */
export function parseTrace(text: string): { unit: number; indicator: string; option: string | null; period: string } | null {
  const [unit, indicator, option, period] = text.split('|');
  if (!unit || !indicator || !period || !/^\d+$/.test(unit)) return null;
  return { unit: Number(unit), indicator, option: option ? option : null, period };
}

/** The other way round. */
export function formatTrace(cell: { unit: number; indicator: string; option: string | null; period: string }): string {
  return [cell.unit, cell.indicator, cell.option ?? '', cell.period].join('|');
}
