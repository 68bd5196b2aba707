import { expect, test } from 'vitest';

import { formatDay, formatInstant, formatPeriod, parseDay, parsePeriod } from './day';

test('days, months and years are written the Vietnamese way', () => {
  expect(formatDay('2026-03-14')).toBe('14/03/2026');
  expect(formatDay('2026-03')).toBe('03/2026');
  expect(formatDay('2026')).toBe('2026');
});

test('a range shows both ends, an open end as an ellipsis', () => {
  expect(formatPeriod('2025-01/2025-09')).toBe('01/2025 – 09/2025');
  expect(formatPeriod('2009/2019')).toBe('2009 – 2019');
  expect(formatPeriod('2009/..')).toBe('2009 – …');
});

test('an instant that cannot be read is shown as it came', () => {
  expect(formatInstant('never')).toBe('never');
  expect(formatInstant('2026-11-21T03:04:05Z')).toMatch(/^2[01]\/11\/2026 \d\d:04$/);
});

test('a day is understood in any of the usual ways', () => {
  for (const typed of ['5/7/2026', '05/07/2026', '5-7-26', '05.07.2026', '05072026', '2026-07-05']) {
    expect(parseDay(typed), typed).toBe('2026-07-05');
  }
});

test('a day that does not exist, or has no year, is refused', () => {
  for (const typed of ['31/02/2026', '5/13/2026', '5/7', 'hôm qua', '']) {
    expect(parseDay(typed), typed).toBeNull();
  }
});

test('what is shown as a period is understood as the same period', () => {
  for (const iso of ['2026-03-14', '2026-03', '2026', '2025-01/2025-09', '2009/2019', '2009/..', '2025-11-17/2025-11-20']) {
    expect(parsePeriod(formatPeriod(iso)), iso).toBe(iso);
  }
});

test('a range may be typed with a plain hyphen', () => {
  expect(parsePeriod('2026-2030')).toBe('2026/2030');
  expect(parsePeriod('01/2025 - 09/2025')).toBe('2025-01/2025-09');
  expect(parsePeriod('13/2025')).toBeNull();
});
