import { expect, test } from 'vitest';

import { formatBytes, formatExact, formatFigure, formatReportPeriod } from './naming';

test('sizes are written with a comma and in the unit that people use', () => {
  expect(formatBytes(0)).toBe('0 B');
  expect(formatBytes(1023)).toBe('1.023 B');
  expect(formatBytes(1536)).toBe('1,5 KB');
  expect(formatBytes(5 * 1024 ** 3)).toBe('5 GB');
});

test('exact decimals keep every digit', () => {
  expect(formatExact('-1234567.50')).toBe('-1.234.567,50');
  expect(formatExact('12')).toBe('12');
  expect(formatExact('90071992547409931234')).toBe('90.071.992.547.409.931.234');
});

test('a share shows both its parts', () => {
  const share = { value: null, numerator: '9', denominator: '10', percent: '90.00', decimals: 0 };
  expect(formatFigure(share)).toBe('9/10 (90,00 %)');
  expect(formatFigure(null)).toBe(null);
});

test('periods are said as in an office', () => {
  const words = {
    quarter: (number: string, year: string) => `quý ${number}/${year}`,
    half: (number: string, year: string) => `6 tháng ${number}/${year}`,
    nine: (year: string) => `9 tháng/${year}`,
  };
  expect(formatReportPeriod('2026-03', words)).toBe('03/2026');
  expect(formatReportPeriod('2026-Q3', words)).toBe('quý III/2026');
  expect(formatReportPeriod('2026', words)).toBe('2026');
});
