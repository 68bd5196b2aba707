/** What a list of entries is narrowed to, as the address bar and the API write it. */
import type { RegisterField } from '$lib/api/registers';

/** Empty texts narrow nothing. */
export interface Narrowing {
  q: string;
  unit: number | null;
  from: string;
  to: string;
  /** By the codes of fields with choices. */
  with: Record<string, string>;
  sort: string;
  withdrawn: boolean;
  page: number;
}

export const EVERYTHING: Narrowing = {
  q: '',
  unit: null,
  from: '',
  to: '',
  with: {},
  sort: '',
  withdrawn: false,
  page: 1,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What an address asks for. `year=2026` is all days of that year. */
export function parseNarrowing(searchText: string): Narrowing {
  const search = new URLSearchParams(searchText);
  const text = (name: string) => search.get(name) ?? '';
  const day = (name: string) => (DAY.test(text(name)) ? text(name) : '');
  const whole = (name: string) => (/^[1-9]\d{0,9}$/.test(text(name)) ? Number(text(name)) : null);
  const year = /^\d{4}$/.test(text('year')) ? text('year') : null;
  const pairs = text('with')
    .split(',')
    .map((it) => it.split(':'))
    .filter((it): it is [string, string] => it.length === 2);
  return {
    q: text('q'),
    unit: whole('unit'),
    from: year === null ? day('from') : `${year}-01-01`,
    to: year === null ? day('to') : `${year}-12-31`,
    with: Object.fromEntries(pairs),
    sort: text('sort'),
    withdrawn: text('withdrawn') === 'true',
    page: whole('page') ?? 1,
  };
}

/** The same as an address writes it; without a mark before it. */
export function formatNarrowing(it: Narrowing): string {
  const search = new URLSearchParams();
  if (it.q !== '') search.set('q', it.q);
  if (it.unit !== null) search.set('unit', String(it.unit));
  if (it.from !== '') search.set('from', it.from);
  if (it.to !== '') search.set('to', it.to);
  const pairs = Object.entries(it.with).filter(([, wanted]) => wanted !== '');
  if (pairs.length > 0) search.set('with', pairs.map((pair) => pair.join(':')).join(','));
  if (it.sort !== '') search.set('sort', it.sort);
  if (it.withdrawn) search.set('withdrawn', 'true');
  if (it.page > 1) search.set('page', String(it.page));
  return search.toString();
}

/** The year that all days of are asked for, if it is one. */
export function yearOf(it: Narrowing): string {
  const year = it.from.slice(0, 4);
  return year !== '' && it.from === `${year}-01-01` && it.to === `${year}-12-31` ? year : '';
}

/** The fields that a list can be narrowed by: those with choices. */
export function choiceFields(fields: RegisterField[]): RegisterField[] {
  return fields.filter((it) => it.kind === 'choice' || it.kind === 'choices' || it.kind === 'yes_no');
}

/**
 * The columns that fit on a screen: what is needed first, then numbers that entries say something in; in the order of the register.
 *
 * `said` has the number fields that something stands in; without it all have.
 */
export function mainFields(fields: RegisterField[], most: number, said: string[] | null = null): RegisterField[] {
  const isSaid = (it: RegisterField) => said === null || said.includes(it.code);
  const rank = (it: RegisterField) =>
    it.required ? 0 : it.kind === 'number' && isSaid(it) ? 1 : it.kind === 'choice' ? 2 : it.kind === 'number' ? 4 : 3;
  const best = fields
    .map((field, at) => ({ field, at }))
    .filter(({ field }) => field.kind !== 'day')
    .sort((one, other) => rank(one.field) - rank(other.field) || one.at - other.at)
    .slice(0, most)
    .map(({ field }) => field);
  return fields.filter((it) => best.includes(it));
}
