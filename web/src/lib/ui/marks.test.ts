import { expect, test } from 'vitest';

import { cutMarks, marksOf } from './marks';

function shown(text: string, marks: [number, number][]): string {
  return cutMarks(text, marks)
    .map((it) => (it.isMarked ? `[${it.text}]` : it.text))
    .join('');
}

test('the words that were hit are marked, the rest is as it was', () => {
  expect(shown('đôn đốc các xã', [[0, 3], [4, 7]])).toBe('[đôn] [đốc] các xã');
  expect(shown('abc', [])).toBe('abc');
});

test('marks out of order, overlapping or past the end do no harm', () => {
  expect(shown('abcdef', [[4, 99], [0, 2], [1, 3]])).toBe('[ab][c]d[ef]');
  expect(shown('', [[0, 1]])).toBe('');
});

test('the first text that stands in the sentence is marked', () => {
  expect(marksOf('Thực hiện Kế hoạch số 12/KH-UBND.', [null, '12/kh-ubnd', 'Kế hoạch'])).toEqual([[22, 32]]);
  expect(marksOf('Không có.', ['12/KH-UBND', ''])).toEqual([]);
});
