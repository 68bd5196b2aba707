/** When a standing task falls due again, in words: `quarter/after/5` as the API has it. */
import { formatAmount } from '$lib/format/amount';
import type { Messages } from '$lib/messages/vi';

/** `month/day/1/25` as `hằng tháng, ngày 25`; what is no such rule is shown as it is. */
export function recurrenceName(m: Messages, rule: string): string {
  const words = m.tasks.recurrence;
  const [every = '', how, ...rest] = rule.split('/');
  const often = m.tasks.recurrences[every];
  if (often === undefined) return rule;
  if (how === 'after') return words.after(often, formatAmount(Number(rest[0] ?? 0)));
  const [month = '1', day = ''] = rest;
  return every === 'month' ? words.day(often, day) : words.dayOfMonth(often, day, month);
}
