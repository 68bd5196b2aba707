/** Totals as rows and columns, with what has to be said of each. */
import { formatExact, percentOf, plainOf } from '$lib/format/exact';
import type { Totals } from '$lib/api/explorer';

/** A figure in the table. */
export interface TableCell {
  unit: number;
  indicator: string;
  option: string | null;
  period: string;
  /** As it is read, `1.234,5`; empty if unknown. */
  text: string;
  /** As programs read it, `1234.5`; empty if unknown. */
  plain: string;
  /** For lengths only. */
  rough: number | null;
  /** Whoever reported said that nothing occurred. */
  isNil: boolean;
  /** Whoever reported said that there is no figure. */
  hasNoFigure: boolean;
  isEstimate: boolean;
  isShared: boolean;
  isInexact: boolean;
  nExpected: number;
  nMissing: number;
}

export interface TableRow {
  unit: number;
  cells: TableCell[];
}

/** A column: which series, in which period. */
export interface TableColumn {
  series: number;
  period: string;
}

export interface TotalsTable {
  columns: TableColumn[];
  rows: TableRow[];
}

/** Lays out an answer: units down, series and periods across. */
export function layOut(totals: Totals): TotalsTable {
  const [nPeriods, nUnits] = [totals.periods.length, totals.units.length];
  const columns = totals.series.flatMap((_, series) => totals.periods.map((period) => ({ series, period })));
  const rows = totals.units.map((unit, at) => ({
    unit,
    cells: columns.map(({ series }, column) => cellAt(totals, column * nUnits + at, { unit, series, period: totals.periods[column % nPeriods] ?? '' })),
  }));
  return { columns, rows };
}

function cellAt(totals: Totals, at: number, of: { unit: number; series: number; period: string }): TableCell {
  const series = totals.series[of.series];
  const [value, denominator] = [totals.values[at] ?? null, totals.denominators[at] ?? null];
  const plain = plainText(value, denominator, series?.decimals ?? 0);
  const count = (list: number[] | undefined) => list?.[at] ?? 0;
  const counts = totals.counts ?? undefined;
  const nReported = totals.n_reported[at] ?? 0;
  return {
    unit: of.unit,
    indicator: series?.indicator ?? '',
    option: series?.option ?? null,
    period: of.period,
    text: plain === '' ? '' : `${formatExact(plain)}${series?.is_ratio ? ' %' : ''}`,
    plain,
    rough: plain === '' ? null : Number(plain),
    isNil: nReported > 0 && count(counts?.n_nil) === nReported,
    hasNoFigure: plain === '' && count(counts?.n_no_figure) > 0,
    isEstimate: count(counts?.n_estimated) > 0,
    isShared: count(counts?.n_weighted) > 0,
    isInexact: count(counts?.n_inexact) > 0,
    nExpected: count(counts?.n_expected),
    nMissing: count(counts?.n_missing),
  };
}

function plainText(value: number | string | null, denominator: number | string | null, decimals: number): string {
  if (value === null) return '';
  if (denominator !== null) return percentOf(value, denominator) ?? '';
  return plainOf(value, decimals);
}

/** How much of what was expected is missing, in percent without digits; `null` where nothing was expected. */
export function missingPercent(cells: readonly TableCell[]): number | null {
  const expected = cells.reduce((sum, it) => sum + it.nExpected, 0);
  const missing = cells.reduce((sum, it) => sum + it.nMissing, 0);
  return expected === 0 ? null : Math.round((missing * 100) / expected);
}
