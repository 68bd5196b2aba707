import { expect, test } from 'vitest';

import type { Finding, FindingState } from '$lib/api/types';
import { foretell, foretellAll, toAccept, toUndo, type Intent } from './decision';

const READ = { short: 'QPTD', long: 'quốc phòng toàn dân' };
const PUT_RIGHT = { short: 'QPTD', long: 'nền quốc phòng toàn dân' };

function finding(state: FindingState): Finding {
  const value = state === 'corrected' ? PUT_RIGHT : READ;
  return {
    id: 7,
    type: 'abbreviation',
    utf16: [0, 4],
    state,
    value,
    original: state === 'added' ? null : READ,
    decided_by: null,
    decided_at: null,
    version: 3,
  };
}

function after(start: Finding, steps: Intent[]): Finding {
  return steps.reduce((it, step) => foretell(it, { findingId: it.id, version: it.version, ...step }), start);
}

test('a suggestion is accepted in one step, a rejected one after it is reopened', () => {
  expect(toAccept(finding('suggested')).map((it) => it.step)).toEqual(['accept']);
  expect(toAccept(finding('rejected')).map((it) => it.step)).toEqual(['reopen', 'accept']);
  expect(toAccept(finding('corrected'))).toEqual([]);
  expect(after(finding('rejected'), toAccept(finding('rejected'))).state).toBe('accepted');
});

test('undoing leads back to the state and the value of before', () => {
  const states: FindingState[] = ['suggested', 'accepted', 'corrected', 'added', 'rejected'];
  for (const state of states) {
    const before = finding(state);
    const now = after(before, state === 'rejected' ? [{ step: 'reopen' }] : [{ step: 'reject' }]);
    const undone = after(now, toUndo(before, now));
    expect([undone.state, undone.value], state).toEqual([before.state, before.value]);
  }
});

test('a correction is undone to what was read', () => {
  const before = finding('suggested');
  const now = after(before, [{ step: 'correct', value: PUT_RIGHT }]);
  expect(now.state).toBe('corrected');
  const undone = after(now, toUndo(before, now));
  expect([undone.state, undone.value]).toEqual(['suggested', READ]);
});

test('what was added is undone by rejecting it', () => {
  expect(toUndo(null, finding('added'))).toEqual([{ step: 'reject' }]);
});

test('steps that wait are shown as if they had been answered', () => {
  const shown = foretellAll([finding('suggested')], [{ findingId: 7, step: 'reject', version: 3 }]);
  expect(shown.map((it) => it.state)).toEqual(['rejected']);
  expect(foretellAll([finding('suggested')], [{ findingId: 8, step: 'reject', version: 3 }])[0]?.state).toBe('suggested');
});
