import { expect, test } from 'vitest';

import { classBounds, classOf, labelStep, linePaths, niceTicks, share } from './scale';

test('ticks are round and hold all values', () => {
  expect(niceTicks([3, 97])).toEqual([0, 25, 50, 75, 100]);
  expect(niceTicks([-4, 8], 3)).toEqual([-5, 0, 5, 10]);
  expect(niceTicks([0.1, 0.37])).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  expect(niceTicks([null])).toEqual([0, 1]);
  expect(share(25, [0, 25, 50])).toBe(0.5);
});

test('a line breaks where nothing is known', () => {
  expect(linePaths([{ x: 0, y: 1 }, null, { x: 2, y: 3 }, { x: 4, y: 5 }])).toEqual(['M0.0 1.0', 'M2.0 3.0L4.0 5.0']);
  expect(linePaths([null])).toEqual([]);
});

test('classes hold about equally many values, and every value has one', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
  const bounds = classBounds(values);
  expect(bounds).toEqual([2, 4, 6, 8, 100]);
  expect(values.map((it) => classOf(it, bounds))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  expect(classBounds([7, 7])).toEqual([7]);
});

test('labels are left out where there is no room', () => {
  expect(labelStep(12, 600, 50)).toBe(1);
  expect(labelStep(12, 200, 50)).toBe(3);
});
