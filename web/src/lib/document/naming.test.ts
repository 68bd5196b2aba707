import { expect, test } from 'vitest';

import type { Figure } from '$lib/api/types';
import { vi } from '$lib/messages/vi';
import { citationName, documentName, figureName, shorten } from './naming';

function figure(change: Partial<Figure>): Figure {
  const unknown = { value_to: null, subject: null, period: null, place: null };
  return { value: 12500, unit: 'lượt người', bound: 'exact', negative: false, ...unknown, ...change };
}

test('a document goes by type and number, else by its title', () => {
  expect(documentName(vi, { kind: 'CT', number: '05/CT-UBND', title: 'về X' })).toBe('Chỉ thị 05/CT-UBND');
  expect(documentName(vi, { kind: 'news', number: null, title: 'Hội nghị' })).toBe('Bài viết: Hội nghị');
  expect(documentName(vi, { kind: '??', number: null, title: null })).toBe('??: Không có trích yếu');
});

test('a citation goes by its number or its name, with what is known of day and issuer', () => {
  const known = { kind: 'KH', number: '12/KH-UBND', date: '2026-07-05', issuer: 'UBND tỉnh', name: null };
  expect(citationName(vi, known)).toBe('Kế hoạch 12/KH-UBND (05/07/2026), UBND tỉnh');
  const named = { kind: 'LUAT', number: null, date: null, issuer: null, name: 'Luật Đê điều' };
  expect(citationName(vi, named)).toBe('Luật Đê điều');
});

test('a figure is read with the words that bound it', () => {
  expect(figureName(vi, figure({}))).toBe('12.500 lượt người');
  expect(figureName(vi, figure({ bound: 'about' }))).toBe('khoảng 12.500 lượt người');
  expect(figureName(vi, figure({ value: 70, value_to: 75, unit: '%' }))).toBe('70 – 75%');
  expect(figureName(vi, figure({ value: 100, bound: 'hundreds', unit: 'cuộc' }))).toBe('hàng trăm cuộc');
  expect(figureName(vi, figure({ value: 3, unit: 'hộ', negative: true }))).toBe('giảm 3 hộ');
});

test('a long text is cut between words', () => {
  expect(shorten('một  hai\nba', 40)).toBe('một hai ba');
  expect(shorten('một hai ba bốn', 9)).toBe('một hai …');
});
