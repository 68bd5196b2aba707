import { expect, test } from 'vitest';

import { onlyUnit } from './own';

const clerk = (unit: number | null) => ({ role: 'clerk', unit });

test('a clerk of one commune has it chosen, who may note down for several units has none', () => {
  expect(onlyUnit([clerk(8)])).toBe(8);
  expect(onlyUnit([clerk(8), clerk(8)])).toBe(8);
  expect(onlyUnit([clerk(8), clerk(9)])).toBeNull();
  expect(onlyUnit([clerk(8), clerk(null)])).toBeNull();
  expect(onlyUnit([clerk(8), { role: 'officer', unit: 1 }])).toBeNull();
  expect(onlyUnit([{ role: 'officer', unit: 1 }])).toBeNull();
  expect(onlyUnit([])).toBeNull();
});
