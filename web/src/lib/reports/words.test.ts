import { expect, test } from 'vitest';

import { vi } from '$lib/messages/vi';
import { amountText, dayWithName, daysOf, figureText, folded, periodTitle, printed, receiversOf } from './words';

test('numbers keep all their digits and get Vietnamese marks', () => {
  expect(printed('1234567.50')).toBe('1.234.567,50');
  expect(printed('-1000')).toBe('-1.000');
  expect(printed('12')).toBe('12');
  expect(printed('170141183460469231731687303715884105727')).toMatch(/^170\.141\..*\.727$/);
});

test('the kinds of empty look different', () => {
  const figure = (content: string) => ({ content, amount: null, is_estimate: false, is_inexact: false });
  const looks = [figureText(null, null), figureText(figure('nil'), null), figureText(figure('no_figure'), null)];
  expect(new Set([...looks, '0']).size).toBe(4);
});

test('a share is shown in percent, and by its parts in their columns', () => {
  const amount = { value: null, numerator: '30', denominator: '40', percent: '75.00', decimals: 0 };
  const figure = { content: 'ratio', amount, is_estimate: false, is_inexact: false };
  expect(amountText(amount)).toBe('75,00');
  expect(figureText(figure, 'numerator')).toBe('30');
  expect(figureText(figure, 'denominator')).toBe('40');
});

test('periods say their days, and deadlines their day of the week', () => {
  expect(periodTitle(vi, '2026-11')).toBe('Tháng 11/2026');
  expect(daysOf(vi, '2026-10-15', '2026-11-14')).toBe('từ 15/10/2026 đến 14/11/2026');
  expect(daysOf(vi, null, null)).toBe('');
  expect(dayWithName(vi, '2026-11-16')).toBe('Thứ Hai, 16/11/2026');
});

test('units are found without accents', () => {
  expect(folded('Xã Đông Khê')).toBe('xa dong khe');
});

test('a form goes to everybody on its way but the one who fills it in', () => {
  expect(receiversOf('UBND cấp xã → tỉnh → Quân khu, bộ, ngành')).toEqual(['tỉnh', 'Quân khu, bộ, ngành']);
  expect(receiversOf('UBND cấp xã')).toEqual([]);
});
