import { expect, test } from 'vitest';

import { formatAmountView, formatExact, formatPermille, percentOf, plainOf } from './exact';

test('exact numbers are written in Vietnamese, digit by digit', () => {
  expect(formatExact('1234567.50')).toBe('1.234.567,50');
  expect(formatExact('-999')).toBe('-999');
  expect(formatExact('170141183460469231731687303715884105727')).toBe('170.141.183.460.469.231.731.687.303.715.884.105.727');
  expect(plainOf(150, 2)).toBe('1.50');
  expect(plainOf('-5', 2)).toBe('-0.05');
});

test('shares are rounded half away from zero, and nothing has no share', () => {
  expect(percentOf(2, 3)).toBe('66.67');
  expect(percentOf('1', '8')).toBe('12.50');
  expect(percentOf(1, 0)).toBeNull();
  expect(formatPermille(875)).toBe('87,5 %');
  const share = { value: null, numerator: '2', denominator: '3', percent: '66.67', decimals: 0 };
  expect(formatAmountView(share)).toBe('66,67 %');
});
