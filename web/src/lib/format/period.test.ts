import { expect, test } from 'vitest';

import { ENGLISH, periodName, periodShort, VIETNAMESE } from './period';

test('periods are called as offices call them', () => {
  for (const [period, vi, en] of [
    ['2026-03', 'tháng 3/2026', '03/2026'],
    ['2026-M03', 'tháng 3/2026', '03/2026'],
    ['2026-Q3', 'quý III/2026', 'quarter 3/2026'],
    ['2026-H1', '6 tháng đầu năm 2026', 'first half of 2026'],
    ['2026-9M', '9 tháng năm 2026', 'first 9 months of 2026'],
    ['2026', 'năm 2026', 'year 2026'],
    ['2021..2025', 'giai đoạn 2021–2025', '2021–2025'],
    ['2026-03-01..2026-03-05', '01/03/2026 – 05/03/2026', '01/03/2026 – 05/03/2026'],
  ] as const) {
    expect(periodName(period, VIETNAMESE)).toBe(vi);
    expect(periodName(period, ENGLISH)).toBe(en);
  }
  expect(periodShort('2026-03', VIETNAMESE)).toBe('03/2026');
});
