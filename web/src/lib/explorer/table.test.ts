import { expect, test } from 'vitest';

import type { Totals } from '$lib/api/explorer';
import { layOut, missingPercent } from './table';

const TOTALS: Totals = {
  moment: 7,
  series: [
    { indicator: 'A', option: null, decimals: 2, measure: 'km', is_ratio: false },
    { indicator: 'B', option: 'x', decimals: 0, measure: '%', is_ratio: true },
  ],
  periods: ['2026-01', '2026-02'],
  units: [1, 2],
  // Series by series, period by period, unit by unit.
  values: [150, 250, null, 0, 2, null, null, 1],
  denominators: [null, null, null, null, 3, null, null, 8],
  n_reported: [1, 1, 0, 1, 1, 0, 0, 1],
  counts: {
    n_expected: [1, 1, 1, 1, 1, 1, 1, 1],
    n_missing: [0, 0, 1, 0, 0, 1, 1, 0],
    n_nil: [0, 0, 0, 1, 0, 0, 0, 0],
    n_no_figure: [0, 0, 0, 0, 0, 1, 0, 0],
    n_estimated: [1, 0, 0, 0, 0, 0, 0, 0],
    n_inexact: [0, 0, 0, 0, 0, 0, 0, 0],
    n_weighted: [0, 3, 0, 0, 0, 0, 0, 0],
  },
  why: [],
  lost: [],
};

test('totals become rows of units with columns of series and periods', () => {
  const table = layOut(TOTALS);
  expect(table.columns.map((it) => [it.series, it.period])).toEqual([[0, '2026-01'], [0, '2026-02'], [1, '2026-01'], [1, '2026-02']]);
  expect(table.rows.map((it) => it.cells.map((cell) => cell.text))).toEqual([
    ['1,50', '', '66,67 %', ''],
    ['2,50', '0,00', '', '12,50 %'],
  ]);
  const [first, second] = table.rows;
  expect(first?.cells[0]).toMatchObject({ unit: 1, indicator: 'A', period: '2026-01', isEstimate: true, isShared: false });
  expect(second?.cells[0]).toMatchObject({ unit: 2, isShared: true });
  expect(second?.cells[1]).toMatchObject({ isNil: true, plain: '0.00' });
  expect(second?.cells[2]).toMatchObject({ indicator: 'B', option: 'x', hasNoFigure: true });
});

test('the share of missing counts what was expected', () => {
  const { rows } = layOut(TOTALS);
  expect(missingPercent(rows.flatMap((it) => it.cells))).toBe(38);
  expect(missingPercent([])).toBeNull();
});
