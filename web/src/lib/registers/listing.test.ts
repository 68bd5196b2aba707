import { expect, test } from 'vitest';

import type { RegisterField } from '$lib/api/registers';
import { EVERYTHING, formatNarrowing, mainFields, parseNarrowing, yearOf } from './listing';

test('what a list is narrowed to survives the address', () => {
  const narrowed = {
    ...EVERYTHING,
    q: 'đông khê & “lũ”',
    unit: 12,
    from: '2026-01-01',
    to: '2026-03-31',
    with: { subject: 'doi_tuong_4', integrated: 'no' },
    sort: '-attended',
    withdrawn: true,
    page: 3,
  };
  expect(parseNarrowing(formatNarrowing(narrowed))).toEqual(narrowed);
  expect(formatNarrowing(EVERYTHING)).toBe('');
});

test('a year is all its days, and nonsense narrows nothing', () => {
  const year = parseNarrowing('year=2026');
  expect([year.from, year.to, yearOf(year)]).toEqual(['2026-01-01', '2026-12-31', '2026']);
  expect(parseNarrowing('unit=x&from=5/7&page=-1&with=a')).toEqual(EVERYTHING);
});

test('columns that are needed come before others, in the order of the register', () => {
  const field = (code: string, kind: string, required: boolean): RegisterField => ({
    code,
    kind,
    required,
    name: { vi: code, en: code },
    options: [],
    decimals: 0,
    measure: null,
  });
  const fields = [
    field('note', 'text', false),
    field('on', 'day', true),
    field('n', 'number', false),
    field('host', 'text', true),
  ];
  expect(mainFields(fields, 2).map((it) => it.code)).toEqual(['n', 'host']);
  expect(mainFields(fields, 2, []).map((it) => it.code)).toEqual(['note', 'host']);
});
