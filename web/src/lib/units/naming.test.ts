import { expect, test } from 'vitest';

import { compareNames, formatBefore } from './naming';

const WORDS = { before: (day: string, names: string) => `trước ${day}: ${names}`, part: (name: string) => `một phần ${name}` };

test('names stand in the order of a Vietnamese dictionary', () => {
  const names = ['Đông', 'Da', 'Ân', 'Ăn', 'An', 'Bạ', 'Bá', 'Bã', 'Bả', 'Bà', 'Ba', 'Ê', 'E', 'Ô', 'Ơ', 'O', 'Ư', 'U'];
  const sorted = ['An', 'Ăn', 'Ân', 'Ba', 'Bà', 'Bả', 'Bã', 'Bá', 'Bạ', 'Da', 'Đông', 'E', 'Ê', 'O', 'Ô', 'Ơ', 'U', 'Ư'];
  expect(names.sort(compareNames)).toEqual(sorted);
  expect(['Phường 10', 'Phường 2'].sort(compareNames)).toEqual(['Phường 2', 'Phường 10']);
});

test('a merged unit says what it was made of, and since when', () => {
  const before = [
    { id: 1, name: 'Xã Bình An', last_day: '2025-06-30', in_part: false },
    { id: 2, name: 'Xã An Khê', last_day: '2025-06-30', in_part: true },
    { id: 3, name: 'Xã Xưa', last_day: '2004-12-31', in_part: false },
  ];
  expect(formatBefore(before, WORDS)).toBe('trước 01/07/2025: Xã Bình An, một phần Xã An Khê');
  expect(formatBefore([], WORDS)).toBe('');
});
