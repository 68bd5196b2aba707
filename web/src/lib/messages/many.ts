import { formatAmount } from '$lib/format/amount';

/** In English: `1 task`, `2 tasks`. */
export function many(n: number, one: string): string {
  return `${formatAmount(n)} ${one}${n === 1 ? '' : 's'}`;
}
