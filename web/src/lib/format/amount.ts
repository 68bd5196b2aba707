/** A number as it is written in Vietnamese: `1.234,5`. */
export function formatAmount(value: number): string {
  return value.toLocaleString('vi-VN', { maximumFractionDigits: 15 });
}

/**
 * The number that a person typed, or `null` if it can be read in two ways or not at all.
 *
 * `1.234` is one thousand two hundred and thirty-four, `1,5` one and a half, `1 234,5` is understood;
 * `1.5` and `1.23` are refused, for the writer may have meant either mark.
 */
export function parseAmount(typed: string): number | null {
  const text = typed.trim().replace(/[  ]/g, ' ');
  const grouped = /^-?\d{1,3}(?:([. ])\d{3}(?:\1\d{3})*)?(?:,\d+)?$/;
  const plain = /^-?\d+(?:,\d+)?$/;
  if (!grouped.test(text) && !plain.test(text)) return null;
  return Number(text.replace(/[. ]/g, '').replace(',', '.'));
}
