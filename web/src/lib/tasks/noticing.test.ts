import { expect, test } from 'vitest';

import type { Notice } from '$lib/api/notices';
import { en } from '$lib/messages/en';
import { vi } from '$lib/messages/vi';
import { digestLines, noticeAddress, noticeWords } from './noticing';

const NOTICE: Notice = {
  what: '7',
  kind: 'return',
  at: '2026-11-22T00:30:00Z',
  is_read: false,
  text: 'Lập danh sách',
  task: 12,
  letter: null,
  unit: { id: 8, name: 'Xã Bình An' },
  n_tasks: 1,
  by: 'lan',
  digest: null,
  countersign: null,
};

test('a notice says what happened and leads to its task', () => {
  expect(noticeWords(vi, NOTICE)).toBe('Nhiệm vụ bị trả lại');
  expect(noticeAddress(NOTICE)).toBe('/tasks/12');
});

test('a letter leads to all that the unit is late with', () => {
  const letter = { ...NOTICE, kind: 'letter', task: null, letter: 3, n_tasks: 4 };
  expect(noticeWords(vi, letter)).toBe('Công văn đôn đốc về 4 nhiệm vụ');
  expect(noticeAddress(letter)).toBe('/tasks?late=true&lead=8');
});

test('the digest tells only of what there is', () => {
  const digest = { late: [1, 2], soon: [], returned: [6], to_decide: [], to_escalate: [] };
  expect(digestLines(vi, digest)).toEqual(['2 nhiệm vụ quá hạn', '1 nhiệm vụ bị trả lại']);
  expect(digestLines(en, digest)).toEqual(['2 tasks overdue', '1 task sent back']);
  expect(noticeAddress({ ...NOTICE, kind: 'digest', task: null, unit: null, digest })).toBe('/');
});

test('a kind that the page does not know still says something', () => {
  expect(noticeWords(vi, { ...NOTICE, kind: 'something new' })).not.toBe('');
});
