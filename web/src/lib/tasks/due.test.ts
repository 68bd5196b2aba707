import { expect, test } from 'vitest';

import { en } from '$lib/messages/en';
import { vi } from '$lib/messages/vi';
import { pressure, timingWords, weekdayName, type Timing } from './due';

const NONE: Timing = { due: '2026-11-27', left: null, late: null, lateIn: 'working_days' };

test('what is late says by how much, in words', () => {
  expect(timingWords(vi, { ...NONE, late: 3 })).toBe('quá hạn 3 ngày làm việc');
  expect(timingWords(vi, { ...NONE, late: 3, lateIn: 'days' })).toBe('quá hạn 3 ngày, kể cả ngày nghỉ');
  expect(timingWords(en, { ...NONE, late: 1200 })).toBe('1.200 working days late');
  expect(timingWords(vi, { ...NONE, late: 0 })).toBe('quá hạn');
});

test('what is not late says how much is left', () => {
  expect(timingWords(vi, { ...NONE, left: 2 })).toBe('còn 2 ngày làm việc');
  expect(timingWords(vi, { ...NONE, left: 0 })).toBe('hạn hôm nay');
  expect(timingWords(vi, { ...NONE, due: null })).toBe('chưa có thời hạn');
  expect(timingWords(vi, NONE)).toBe('');
});

test('late presses most, and what has no day does not press', () => {
  const of = (change: Partial<Timing>) => pressure({ ...NONE, ...change });
  expect([of({ late: 1 }), of({ left: 0 }), of({ left: 3 }), of({ left: 4 }), of({ due: null })]).toEqual([
    'late',
    'today',
    'soon',
    'later',
    'none',
  ]);
});

test('deadlines show their day of the week', () => {
  expect(weekdayName(vi, '2026-11-22')).toBe('Chủ nhật');
  expect(weekdayName(vi, '2026-11-27')).toBe('Thứ Sáu');
  expect(weekdayName(en, '2026-02-28')).toBe('Saturday');
  expect(weekdayName(vi, '11/2026')).toBe('');
});
