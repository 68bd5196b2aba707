import { expect, test } from 'vitest';

import { told } from './wrongs';

const wrong = (vi: string, cell?: string) => ({ message: { vi, en: 'Wrong' }, remedy: { vi: 'ghi số nguyên', en: 'Mend it' }, place: { cell: cell ?? null } });

test('what is wrong alike in several cells is told once, and names each cell once', () => {
  const all = [wrong('có phần thập phân', '1.2 (3)'), wrong('số âm', '1.1 (1)'), wrong('có phần thập phân', '1.3 (1)'), wrong('có phần thập phân', '1.2 (3)')];
  expect(told(all, 'vi')).toEqual([
    { cells: ['1.2 (3)', '1.3 (1)'], words: 'Có phần thập phân. Ghi số nguyên.' },
    { cells: ['1.1 (1)'], words: 'Số âm. Ghi số nguyên.' },
  ]);
});

test('what concerns the whole names no cell, in the language of the reader', () => {
  const nowhere = { message: { vi: 'thiếu biểu', en: 'no form' }, remedy: { vi: 'chọn', en: 'choose one' } };
  expect(told([wrong('thiếu'), nowhere], 'en')).toEqual([
    { cells: [], words: 'Wrong. Mend it.' },
    { cells: [], words: 'No form. Choose one.' },
  ]);
});
