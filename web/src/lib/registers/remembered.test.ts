import { expect, test } from 'vitest';

import { onlyUnit } from './remembered';

test('an account of one commune has it chosen, one of several units or of the whole installation has none', () => {
  expect(onlyUnit([{ unit: 8 }])).toBe(8);
  expect(onlyUnit([{ unit: 8 }, { unit: 8 }])).toBe(8);
  expect(onlyUnit([{ unit: 8 }, { unit: 9 }])).toBeNull();
  expect(onlyUnit([{ unit: 8 }, { unit: null }])).toBeNull();
  expect(onlyUnit([])).toBeNull();
});
