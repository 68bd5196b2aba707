import { expect, test } from 'vitest';

import type { Finding, FindingState, FindingType, TaskFinding } from '$lib/api/types';
import { beside, depths, groups, nextUndecided } from './listing';

function task(id: number, label: string | null, parent: string | null, state: FindingState = 'suggested'): TaskFinding {
  const value = { label, parent, lead: [], coordinate: [], recipients: [], due: null, recurring: null };
  const decided = { decided_by: null, decided_at: null, version: 1 };
  return { id, type: 'task', utf16: [id * 10, id * 10 + 5], state, value, original: value, ...decided };
}

function furniture(id: number): Finding {
  const value = {};
  const decided = { decided_by: null, decided_at: null, version: 1 };
  return { id, type: 'boilerplate', utf16: [0, 3], state: 'suggested', value, original: value, ...decided };
}

const ids = (list: readonly Finding[]) => list.map((it) => it.id);

test('tasks come first, each group in the order of the text', () => {
  const shown = groups([furniture(9), task(2, null, null), task(1, null, null)], 'all', new Set());
  expect(shown.map((it) => [it.type, ids(it.findings)])).toEqual([
    ['task', [1, 2]],
    ['boilerplate', [9]],
  ]);
});

test('nobody is asked about page furniture', () => {
  expect(groups([furniture(9)], 'undecided', new Set())).toEqual([]);
  expect(nextUndecided([furniture(9)], null)).toBeNull();
});

test('what is hidden and what is in another state is left out', () => {
  const list = [task(1, null, null, 'accepted'), task(2, null, null, 'corrected'), task(3, null, null)];
  expect(groups(list, 'changed', new Set()).flatMap((it) => ids(it.findings))).toEqual([2]);
  expect(groups(list, 'all', new Set<FindingType>(['task']))).toEqual([]);
});

test('next and previous stop at the ends', () => {
  const list = [task(1, null, null), task(2, null, null)];
  expect(beside(list, null, 1)?.id).toBe(1);
  expect(beside(list, 1, 1)?.id).toBe(2);
  expect(beside(list, 2, 1)?.id).toBe(2);
  expect(beside(list, 1, -1)?.id).toBe(1);
  expect(beside([], 1, 1)).toBeNull();
});

test('the search for an undecided one goes on from the top', () => {
  const list = [task(1, null, null), task(2, null, null, 'accepted'), task(3, null, null)];
  expect(nextUndecided(list, 1)?.id).toBe(3);
  expect(nextUndecided(list, 3)?.id).toBe(1);
  expect(nextUndecided([task(1, null, null)], 1)).toBeNull();
});

test('a task stands as deep as its printed labels say', () => {
  const deep = depths([task(1, 'IV.1', null), task(2, 'IV.1.a', 'IV.1'), task(3, null, 'IV.1.a'), task(4, null, 'V')]);
  expect([...deep.values()]).toEqual([0, 1, 2, 1]);
});

test('labels that name each other as parents do not hang the page', () => {
  expect([...depths([task(1, 'a', 'b'), task(2, 'b', 'a')]).values()]).toEqual([1, 1]);
});
