/** Exact numbers as the server sends them (`-1234.50`), written in Vietnamese; never through floating point. */
import type { components } from '$lib/api/schema';

type Amount = components['schemas']['AmountView'];

/** `-1234567.50` as `-1.234.567,50`. */
export function formatExact(plain: string): string {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (whole === undefined) return plain;
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  return `${sign ?? ''}${grouped}${fraction === undefined ? '' : `,${fraction}`}`;
}

/** A whole number of the smallest unit with its decimals: `150` with 2 as `1.50`. */
export function plainOf(whole: number | string, decimals: number): string {
  const digits = String(whole);
  if (decimals === 0) return digits;
  const sign = digits.startsWith('-') ? '-' : '';
  const padded = digits.slice(sign.length).padStart(decimals + 1, '0');
  return `${sign}${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/** A share of two whole numbers in percent with two digits, half away from zero; `null` of nothing. */
export function percentOf(numerator: number | string, denominator: number | string): string | null {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  if (d <= 0n) return null;
  const scaled = n * 20000n;
  return plainOf(String((scaled + (n < 0n ? -d : d)) / (2n * d)), 2);
}

/** An amount as it is read: `1.234,5`, of a share `87,23 %`. */
export function formatAmountView(amount: Amount | null | undefined): string {
  if (!amount) return '';
  if (amount.value !== null && amount.value !== undefined) return formatExact(amount.value);
  return amount.percent ? `${formatExact(amount.percent)} %` : '';
}

/** Both parts of a share, `34/40`; nothing of a plain number. */
export function formatParts(amount: Amount | null | undefined): string {
  if (!amount?.numerator || !amount.denominator) return '';
  return `${formatExact(amount.numerator)}/${formatExact(amount.denominator)}`;
}

/** For the length of a bar only: a number that may be rounded. */
export function roughly(amount: Amount | null | undefined): number | null {
  const text = amount?.value ?? amount?.percent ?? null;
  return text === null ? null : Number(text);
}

/** Thousandths in percent: `875` as `87,5 %`. */
export function formatPermille(permille: number): string {
  return `${formatExact(plainOf(permille, 1))} %`;
}
