/** How reports read on the screen: what the server says by codes and days, the page says in words. */
import type { Amount, Figure } from '$lib/api/reports';
import { formatDay } from '$lib/format/day';
import { periodName, wordsOf } from '$lib/format/period';
import type { Messages } from '$lib/messages/vi';
import { weekdayName } from '$lib/tasks/due';

/** `2026-11` as `Tháng 11/2026`. */
export function periodTitle(m: Messages, period: string): string {
  const name = periodName(period, wordsOf(m.code));
  return name.slice(0, 1).toLocaleUpperCase('vi') + name.slice(1);
}

/** `từ 15/10/2026 đến 14/11/2026`; nothing of a round that names its own days. */
export function daysOf(m: Messages, from: string | null | undefined, to: string | null | undefined): string {
  return from && to ? m.reports.fromTo(formatDay(from), formatDay(to)) : '';
}

/** `Thứ Hai, 16/11/2026`. */
export function dayWithName(m: Messages, day: string): string {
  return m.home.today(weekdayName(m, day), formatDay(day));
}

/** A number as the API writes it, `-1234.50`, as it is printed: `-1.234,50`. No digit is lost, for none is reckoned with. */
export function printed(plain: string): string {
  const [, sign = '', whole = '', , rest = ''] = /^(-?)(\d+)(\.(\d+))?$/.exec(plain) ?? [];
  if (whole === '') return plain;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, '.');
  return `${sign}${grouped}${rest === '' ? '' : `,${rest}`}`;
}

/** An amount as it is printed: a number, or a share in percent. */
export function amountText(amount: Amount | null | undefined): string {
  if (!amount) return '';
  if (amount.value != null) return printed(amount.value);
  return amount.percent == null ? `${printed(amount.numerator ?? '')}/${printed(amount.denominator ?? '')}` : printed(amount.percent);
}

/** What is printed in a cell: four kinds of empty look different. */
export function figureText(figure: Figure | null | undefined, part: string | null | undefined): string {
  if (!figure) return '';
  if (figure.content === 'nil') return '–';
  if (figure.content === 'no_figure') return '…';
  if (part === 'numerator') return printed(figure.amount?.numerator ?? '');
  if (part === 'denominator') return printed(figure.amount?.denominator ?? '');
  return amountText(figure.amount);
}

/** A text as it is compared: without accents and capitals, `đ` as `d`. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}

/** Whom a form goes to, of the way that it goes: *UBND cấp xã → tỉnh → Quân khu* goes to *tỉnh* and *Quân khu*. */
export function receiversOf(route: string): string[] {
  return route.split('→').slice(1).map((it) => it.trim());
}
