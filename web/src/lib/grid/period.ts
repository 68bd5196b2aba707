/** A reporting period as office people say it: `2026-10` is tháng 10/2026 without its word, `2026-Q3` quý III. */
import { formatDay } from '$lib/format/day';
import { m } from '$lib/messages/language.svelte';

export function periodName(period: string): string {
  const texts = m().grid.periods;
  const [, year = '', rest = ''] = /^(\d{4})(?:-(.+))?$/.exec(period) ?? [];
  if (/^\d{2}$/.test(rest)) return texts.month(`${rest}/${year}`);
  if (/^Q[1-4]$/.test(rest)) return texts.quarter(['I', 'II', 'III', 'IV'][Number(rest[1]) - 1] ?? '', year);
  if (rest === 'H1') return texts.half(1, year);
  if (rest === 'H2') return texts.half(2, year);
  if (rest === '9M') return texts.nineMonths(year);
  if (year !== '' && rest === '') return texts.year(year);
  const [from, to] = period.split('..');
  return from && to ? `${formatDay(from)} – ${formatDay(to)}` : period;
}
