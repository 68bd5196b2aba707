import { expect, test } from 'vitest';

import type { Figure, Task } from '$lib/api/types';
import { vi } from '$lib/messages/vi';
import { emptyDraft, fromDraft, toDraft } from './draft';

const TASK: Task = {
  label: 'IV.1',
  parent: null,
  lead: ['Sở Y tế', 'UBND các xã'],
  coordinate: [],
  recipients: ['Các sở, ban, ngành'],
  due: '2026-12',
  recurring: 'yearly',
};

const FIGURE: Figure = {
  value: 1234.5,
  value_to: null,
  unit: 'ha',
  subject: 'rừng trồng',
  bound: 'about',
  period: '2025-01/2025-09',
  place: null,
  negative: true,
};

test('a form that is not touched says what the finding said', () => {
  expect(fromDraft(vi, 'task', toDraft('task', TASK)).value).toEqual(TASK);
  expect(fromDraft(vi, 'figure', toDraft('figure', FIGURE)).value).toEqual(FIGURE);
});

test('fields show days and numbers the Vietnamese way', () => {
  expect(toDraft('task', TASK)['due']).toBe('12/2026');
  expect(toDraft('figure', FIGURE)).toMatchObject({ value: '1.234,5', period: '01/2025 – 09/2025', negative: 'yes' });
});

test('all errors are told at once, each at its field', () => {
  const { errors } = fromDraft(vi, 'figure', { value: '1.5', unit: ' ', period: 'sau Tết' });
  expect(errors.map((it) => it.field)).toEqual(['value', 'unit', 'period']);
});

test('a number that is missing is asked for, not taken as zero', () => {
  const { value, errors } = fromDraft(vi, 'figure', { value: '', unit: 'ha' });
  expect(value).toBeNull();
  expect(errors).toEqual([{ field: 'value', text: 'Chưa điền “Giá trị”.' }]);
});

test('a citation needs a number or a name', () => {
  expect(fromDraft(vi, 'citation', { kind: 'KH' }).errors.map((it) => it.field)).toEqual(['number']);
  const named = fromDraft(vi, 'citation', { kind: 'LUAT', name: 'Luật Đê điều' });
  expect(named.value).toEqual({ kind: 'LUAT', number: null, date: null, issuer: null, name: 'Luật Đê điều' });
});

test('words that were selected stand where they belong', () => {
  expect(emptyDraft('figure', 'gần 12.500 lượt\nngười')).toMatchObject({ value: '12.500', unit: 'lượt người' });
  expect(emptyDraft('abbreviation', 'dân quân tự vệ (DQTV)')).toEqual({ long: 'dân quân tự vệ', short: 'DQTV' });
  expect(emptyDraft('citation', 'Kế hoạch số 12/KH-UBND')).toMatchObject({ number: '12/KH-UBND', name: '' });
});
