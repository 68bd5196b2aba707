import { expect, test } from 'vitest';

import { formatAmount, parseAmount } from './amount';

test('thousands are set apart by points, the rest stands after a comma', () => {
  expect(formatAmount(1_234_567)).toBe('1.234.567');
  expect(formatAmount(1234.5)).toBe('1.234,5');
  expect(formatAmount(8.3)).toBe('8,3');
  expect(formatAmount(-40)).toBe('-40');
});

test('the ways a clerk writes a number are understood', () => {
  expect(parseAmount('1234,5')).toBe(1234.5);
  expect(parseAmount('1.234,5')).toBe(1234.5);
  expect(parseAmount('1 234,5')).toBe(1234.5);
  expect(parseAmount(' 32.266 ')).toBe(32266);
  expect(parseAmount('-7')).toBe(-7);
  expect(parseAmount('0,05')).toBe(0.05);
});

test('a number that can be read in two ways is refused, never guessed', () => {
  for (const typed of ['1.5', '1.23', '1,234.5', '1.2345', '1.234 567', '', 'mười', '1e3', '--1']) {
    expect(parseAmount(typed), typed).toBeNull();
  }
});
