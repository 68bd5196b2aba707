/** How units are named and put in order on the screen. */
import type { Predecessor, UnitHit } from '$lib/api/units';
import { formatDay } from '$lib/format/day';

/** The words that naming takes. */
export interface NamingWords {
  before: (day: string, names: string) => string;
  part: (name: string) => string;
}

/** Alphabetical by Vietnamese rules: a ă â b c d đ e ê …, then level, grave, hook, tilde, acute, dot. */
const COLLATOR = new Intl.Collator('vi', { numeric: true });

/** Names in the order of a Vietnamese dictionary. */
export function compareNames(one: string | null | undefined, other: string | null | undefined): number {
  return COLLATOR.compare(one ?? '', other ?? '');
}

function dayAfter(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number);
  const next = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, (day ?? 1) + 1));
  return next.toISOString().slice(0, 10);
}

/**
 * What a merged unit was before: `trước 01/07/2025: Xã A, một phần Xã B`; nothing if it was never merged.
 *
 * Of several mergers the last one is told.
 */
export function formatBefore(predecessors: readonly Predecessor[], words: NamingWords): string {
  const last = predecessors.map((it) => it.last_day ?? '').reduce((one, other) => (one > other ? one : other), '');
  if (last === '') return '';
  const names = predecessors
    .filter((it) => it.last_day === last && it.name !== null)
    .map((it) => (it.in_part ? words.part(it.name ?? '') : (it.name ?? '')));
  return names.length === 0 ? '' : words.before(formatDay(dayAfter(last)), names.join(', '));
}

/** The name of a hit, for the one line of an input. */
export function hitName(hit: UnitHit): string {
  return hit.name ?? hit.code ?? String(hit.id);
}
