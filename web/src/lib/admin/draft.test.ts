import { expect, test } from 'vitest';

import { Draft, wholeNumber } from './draft.svelte';

test('numbers of people may have dots between thousands, and nothing else', () => {
  expect(wholeNumber('12.345')).toBe(12345);
  expect(wholeNumber(' ')).toBe(null);
  expect(wholeNumber('12,5')).toBe(undefined);
  expect(wholeNumber('khoảng 5')).toBe(undefined);
});

test('a merger into a unit that is there is sent as it was typed', () => {
  const draft = new Draft();
  draft.day = '1/7/2027';
  draft.source = ' Nghị quyết 15/NQ-HĐND ';
  draft.units = [{ id: 7, name: 'Xã Bình An' }];
  draft.into.unit = { id: 8, name: 'Xã Đông Khê' };
  expect(draft.read()).toEqual({
    change: {
      act: { verb: 'merge', units: [7], into: { unit: 8 } },
      day: '2027-07-01',
      source: 'Nghị quyết 15/NQ-HĐND',
    },
  });
});

test('what is missing is named, each with its field', () => {
  const draft = new Draft();
  draft.into.isNew = true;
  expect(draft.read()).toEqual({
    missing: [
      { field: 'change-day', error: 'day' },
      { field: 'change-source', error: 'source' },
      { field: 'change-units', error: 'units' },
      { field: 'change-into', error: 'kind' },
    ],
  });
});
