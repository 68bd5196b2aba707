import { expect, test } from 'vitest';

import { vi } from '$lib/messages/vi';
import { EMPTY_TASK, monthsOf, readTask } from './draft';

const LEAD = { id: 44, name: 'Sở Nội vụ' };

test('a task is sent as it was typed, days as days', () => {
  const { task, errors } = readTask(vi, {
    ...EMPTY_TASK,
    text: ' Lập danh sách ',
    lead: LEAD,
    coordinates: [{ id: 45 }],
    due: '5/12/2026',
    product: ' Danh sách ',
  });
  expect(errors).toEqual([]);
  expect(task).toEqual({
    text: 'Lập danh sách',
    origin: 'hand',
    source: null,
    lead: 44,
    coordinates: [45],
    due: '2026-12-05',
    product: 'Danh sách',
    recurrence: null,
  });
});

test('everything that is missing or wrong is told at once, each at its field', () => {
  const { task, errors } = readTask(vi, { ...EMPTY_TASK, origin: 'meeting', due: '31/02/2026', every: 'month', day: '32' });
  expect(task).toBeNull();
  expect(errors.map((it) => it.field)).toEqual(['new-text', 'new-source', 'new-lead', 'new-due', 'new-day']);
  expect(errors[3]?.text).toContain('31/02/2026');
});

test('a recurring task says on which day of its round', () => {
  const draft = { ...EMPTY_TASK, text: 'Báo cáo', lead: LEAD, every: 'quarter', day: '20', month: '3' };
  expect(readTask(vi, draft).task?.recurrence).toBe('quarter/day/3/20');
  expect([monthsOf('month'), monthsOf('quarter'), monthsOf('half'), monthsOf('year')]).toEqual([1, 3, 6, 12]);
});
