import { expect, test } from 'vitest';

import type { Owed } from '$lib/api/home';
import { vi } from '$lib/messages/vi';
import { formAddress, fromAllOwed, grouped } from './duties';

function owed(change: Partial<Owed>): Owed {
  return {
    pack: 'KVPT',
    pack_name: { vi: 'Khu vực phòng thủ', en: 'Defence zone' },
    form: 'B01-XA',
    form_name: { vi: 'Báo cáo tháng của cấp xã', en: 'Monthly report of a commune' },
    unit: 8,
    unit_name: 'Xã Bình An',
    period: '2026-11',
    kind: 'final',
    from: '2026-10-15',
    to: '2026-11-14',
    opens: '2026-11-14',
    due: '2026-11-27',
    due_is_sure: true,
    state: 'not_started',
    is_late: false,
    days_late: null,
    working_days_left: 5,
    is_closed: false,
    may_be_nil: true,
    report: null,
    version: null,
    receipt: null,
    handed_in_on: null,
    returned: null,
    ...change,
  };
}

function groups(all: Owed[]) {
  return grouped(fromAllOwed(vi, all)).map((it) => [it.urgency, it.bundles.map((bundle) => bundle.duties.map((duty) => duty.unit))]);
}

test('the latest stands on top, what was sent back before what is only due', () => {
  const late = { is_late: true, working_days_left: null };
  const all = [
    owed({ unit: 1, unit_name: 'A', working_days_left: 9 }),
    owed({ unit: 2, unit_name: 'B', working_days_left: 0 }),
    owed({ unit: 3, unit_name: 'C', ...late, days_late: 2 }),
    owed({ unit: 4, unit_name: 'D', ...late, days_late: 30, due: '2026-10-16', period: '2026-10' }),
    owed({ unit: 5, unit_name: 'E', state: 'returned', returned: { by: 'Tỉnh', at: '', reason: 'Thiếu', notes: [] } }),
    owed({ unit: 6, unit_name: 'F', due: null, working_days_left: null }),
  ];
  expect(groups(all)).toEqual([
    ['late', [['D'], ['C']]],
    ['returned', [['E']]],
    ['soon', [['B']]],
    ['later', [['A']]],
    ['undated', [['F']]],
  ]);
});

test('a report that was sent back and is late stands with the late ones', () => {
  const both = owed({ is_late: true, days_late: 1, working_days_left: null, returned: { by: 'Tỉnh', at: '', reason: null, notes: [] } });
  expect(groups([both])).toEqual([['late', [['Xã Bình An']]]]);
});

test('what many units owe alike is told in one line, what few owe is not', () => {
  const of = (n: number) => Array.from({ length: n }, (_, i) => owed({ unit: i + 1, unit_name: `Xã ${i + 1}` }));
  expect(groups(of(4))).toEqual([['later', [['Xã 1', 'Xã 2', 'Xã 3', 'Xã 4']]]]);
  expect(groups(of(3))).toEqual([['later', [['Xã 1'], ['Xã 2'], ['Xã 3']]]]);
});

test('a report leads to its form, an estimate to the estimate', () => {
  expect(formAddress(owed({}))).toBe('/reports/form/B01-XA/8/2026-11');
  expect(formAddress(owed({ form: 'B 1/2', kind: 'estimate' }))).toBe('/reports/form/B%201%2F2/8/2026-11?kind=estimate');
});

test('of an estimate and the report for good each says which it is, and a report without an estimate says nothing', () => {
  const half = { form_name: { vi: 'Báo cáo 6 tháng và năm', en: '' }, form: 'B08', period: '2026' };
  // The year before was estimated as well, long ago; of it only the report for good is owed.
  const all = [owed({ ...half, kind: 'estimate' }), owed({ ...half, kind: 'final' }), owed({ ...half, period: '2025', kind: 'final' }), owed({})];
  expect(fromAllOwed(vi, all).map((it) => it.title)).toEqual([
    'Báo cáo 6 tháng và năm, năm 2026 (số ước)',
    'Báo cáo 6 tháng và năm, năm 2026 (chính thức)',
    'Báo cáo 6 tháng và năm, năm 2025',
    'Báo cáo tháng của cấp xã, tháng 11/2026',
  ]);
});
