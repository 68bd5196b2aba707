import { expect, test } from 'vitest';

import { vi } from '$lib/messages/vi';
import { recurrenceName } from './recurrence';

test('rules of recurrence read as offices say them', () => {
  expect(recurrenceName(vi, 'month/day/1/25')).toBe('hằng tháng, ngày 25');
  expect(recurrenceName(vi, 'year/day/11/30')).toBe('hằng năm, ngày 30 tháng thứ 11 của kỳ');
  expect(recurrenceName(vi, 'quarter/after/5')).toBe('hằng quý, sau khi hết kỳ 5 ngày làm việc');
  expect(recurrenceName(vi, 'lúc nào cũng được')).toBe('lúc nào cũng được');
});
