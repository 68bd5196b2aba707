/** Reporting periods as they are called: `2026-03` is *tháng 3/2026*. */

/** The words that periods take. */
export interface PeriodWords {
  month: (month: number, year: string) => string;
  quarter: (quarter: number, year: string) => string;
  half: (half: number, year: string) => string;
  nineMonths: (year: string) => string;
  year: (year: string) => string;
  years: (from: string, to: string) => string;
}

const ROMAN = ['', 'I', 'II', 'III', 'IV'];

export const VIETNAMESE: PeriodWords = {
  month: (month, year) => `tháng ${month}/${year}`,
  quarter: (quarter, year) => `quý ${ROMAN[quarter] ?? quarter}/${year}`,
  half: (half, year) => (half === 1 ? `6 tháng đầu năm ${year}` : `6 tháng cuối năm ${year}`),
  nineMonths: (year) => `9 tháng năm ${year}`,
  year: (year) => `năm ${year}`,
  years: (from, to) => `giai đoạn ${from}–${to}`,
};

export const ENGLISH: PeriodWords = {
  month: (month, year) => `${String(month).padStart(2, '0')}/${year}`,
  quarter: (quarter, year) => `quarter ${quarter}/${year}`,
  half: (half, year) => (half === 1 ? `first half of ${year}` : `second half of ${year}`),
  nineMonths: (year) => `first 9 months of ${year}`,
  year: (year) => `year ${year}`,
  years: (from, to) => `${from}–${to}`,
};

function two(iso: string): string {
  const [year, month, day] = iso.split('-');
  return `${day}/${month}/${year}`;
}

/** `2026-M03`, `2026-03`, `2026-Q1`, `2026-H1`, `2026-9M`, `2026`, `2021..2025`, `2026-03-01..2026-03-05` in words. */
export function periodName(period: string, words: PeriodWords): string {
  const part = /^(\d{4})-(?:M?(\d{2})|Q([1-4])|H([12])|(9M))$/.exec(period);
  if (part) {
    const [, year = '', month, quarter, half] = part;
    if (month) return words.month(Number(month), year);
    if (quarter) return words.quarter(Number(quarter), year);
    if (half) return words.half(Number(half), year);
    return words.nineMonths(year);
  }
  if (/^\d{4}$/.test(period)) return words.year(period);
  const span = /^(\d{4})\.\.(\d{4})?$/.exec(period);
  if (span) return words.years(span[1] ?? '', span[2] ?? '…');
  const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(period);
  return days ? `${two(days[1] ?? '')} – ${two(days[2] ?? '')}` : period;
}

/** The same in few letters, for the head of a column: `03/2026`, `Q1/2026`. */
export function periodShort(period: string, words: PeriodWords): string {
  const month = /^(\d{4})-M?(\d{2})$/.exec(period);
  if (month) return `${month[2]}/${month[1]}`;
  return periodName(period, words);
}

/** The words of a language. */
export function wordsOf(code: string): PeriodWords {
  return code === 'vi' ? VIETNAMESE : ENGLISH;
}
