/** How sizes, counts and amounts are written in the administration. */
import type { components } from '$lib/api/schema';
import { formatAmount } from '$lib/format/amount';

const STEPS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `1.536` bytes as `1,5 KB`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let step = 0;
  while (size >= 1024 && step < STEPS.length - 1) {
    size /= 1024;
    step += 1;
  }
  const shown = step === 0 ? size : Math.round(size * 10) / 10;
  return `${formatAmount(shown)} ${STEPS[step] ?? 'B'}`;
}

/** An exact decimal with a point as it is written here: `-1234.50` as `-1.234,50`. */
export function formatExact(decimal: string): string {
  const [whole = '', rest] = decimal.split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const grouped = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, '.');
  return rest === undefined ? `${sign}${grouped}` : `${sign}${grouped},${rest}`;
}

/** An amount: a number, or a share as `9/10 (90,00 %)`. */
export function formatFigure(amount: components['schemas']['AmountView'] | null | undefined): string | null {
  if (!amount) return null;
  if (amount.value !== null && amount.value !== undefined) return formatExact(amount.value);
  const parts = `${formatExact(amount.numerator ?? '')}/${formatExact(amount.denominator ?? '')}`;
  return amount.percent ? `${parts} (${formatExact(amount.percent)} %)` : parts;
}

/** A digest in the first twelve of its digits. */
export function shortDigest(digest: string | null | undefined): string {
  return digest ? digest.slice(0, 12) : '';
}

/** A period as it is said: `2026-Q3` as `quý III/2026`. */
export function formatReportPeriod(period: string, words: PeriodWords): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return `${month[2]}/${month[1]}`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) return words.quarter(['I', 'II', 'III', 'IV'][Number(quarter[2]) - 1] ?? '', quarter[1] ?? '');
  const half = /^(\d{4})-H([12])$/.exec(period);
  if (half) return words.half(half[2] ?? '', half[1] ?? '');
  const nine = /^(\d{4})-9M$/.exec(period);
  if (nine) return words.nine(nine[1] ?? '');
  return period.replace('..', ' – ');
}

export interface PeriodWords {
  quarter: (number: string, year: string) => string;
  half: (number: string, year: string) => string;
  nine: (year: string) => string;
}
