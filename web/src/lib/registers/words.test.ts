import { expect, test } from 'vitest';

import type { Recounted, RegisterField } from '$lib/api/registers';
import { en } from '$lib/messages/en';
import { vi } from '$lib/messages/vi';
import { dayText, effectText, fieldText, latestEffects, momentText } from './words';

const courses: Recounted = {
  indicator: 'X.01',
  name: { vi: 'Số lớp', en: 'Courses' },
  measure: 'lớp',
  option: 'doi_tuong_4',
  option_name: { vi: 'Đối tượng 4', en: 'Group 4' },
  unit: 3,
  unit_name: 'Xã Đông Khê',
  period: '2026-03',
  before: { kind: 'value', text: '3' },
  after: { kind: 'value', text: '4' },
  direction: 'up',
};

test('what changed with an entry is one sentence', () => {
  expect(effectText(vi, courses)).toBe('Số lớp – Đối tượng 4, Xã Đông Khê, tháng 3/2026 tăng từ 3 lên 4 lớp');
  const fell: Recounted = { ...courses, direction: 'down', before: courses.after, after: courses.before };
  expect(effectText(vi, fell)).toContain('giảm từ 4 xuống 3 lớp');
  const first: Recounted = { ...courses, before: { kind: 'none', text: null } };
  expect(effectText(vi, first)).toContain('có số liệu mới, 4 lớp');
  expect(effectText(en, courses)).toContain('rose from 3 to 4');
});

test('of a figure that changed in many periods the latest is shown', () => {
  const later = { ...courses, period: '2026-11' };
  const other = { ...courses, option: null, option_name: null };
  const shown = latestEffects([courses, later, other]);
  expect(shown.map((it) => [it.it.period, it.n])).toEqual([
    ['2026-11', 1],
    ['2026-03', 0],
  ]);
});

test('moments and days are said in words', () => {
  expect(momentText(vi, '2026-09-08T14:00:00')).toBe('14 giờ ngày 08/09/2026');
  expect(dayText(vi, '05/07/2026')).toBe('Chủ Nhật, 05/07/2026');
});

test('options are said in the language of the reader', () => {
  const field: RegisterField = {
    code: 'kind',
    name: { vi: 'Loại', en: 'Kind' },
    kind: 'choice',
    required: true,
    options: [{ code: 'bao', name: { vi: 'Bão', en: 'Storm' } }],
    decimals: 0,
    measure: null,
  };
  expect(fieldText(en, field, { kind: 'Bão' }, 'bao')).toBe('Storm');
  expect(fieldText(vi, { ...field, kind: 'yes_no', options: [] }, { kind: 'Không' }, false)).toBe('Không');
  expect(fieldText(vi, field, {}, undefined)).toBe('');
});
