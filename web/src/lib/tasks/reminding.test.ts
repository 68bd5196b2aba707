import { expect, test } from 'vitest';

import type { LateUnit, TaskRow } from '$lib/api/tasks';
import { byLead, ofLate } from './reminding';

/** As much of a task as counts here. */
function task(lead: number | null, late: number | null): TaskRow {
  const unit = lead === null ? null : { id: lead, name: `Đơn vị ${lead}` };
  return { lead: unit, due: '2026-11-10', working_days_left: null, working_days_late: late } as TaskRow;
}

test('tasks are told by the unit that leads them, with the one that is late longest', () => {
  const told = byLead([task(8, 2), task(44, 1), task(8, 9), task(null, 3)]);
  expect(told.map((it) => [it.unit.id, it.n, it.worst.late])).toEqual([
    [8, 2, 9],
    [44, 1, 1],
  ]);
});

test('of a unit tasks and reports count alike', () => {
  const report = { form: 'B01', form_name: { vi: '', en: '' }, period: '2026-10', kind: 'final', due: '2026-10-16', days_late: 20 };
  const late: LateUnit = { unit: { id: 9, name: 'Xã Đông Khê' }, tasks: [task(9, 3)], reports: [report], reminded_on: null };
  expect(ofLate(late)).toEqual({
    unit: { id: 9, name: 'Xã Đông Khê' },
    n: 2,
    worst: { due: '2026-10-16', left: null, late: 20, lateIn: 'days' },
  });
});
