/** Where a figure comes from. */
import { request } from './client';
import type { components } from './schema';

export type Trace = components['schemas']['TraceView'];
export type TraceTotal = components['schemas']['TraceTotal'];
export type TraceChild = components['schemas']['TraceChild'];
export type TracePart = components['schemas']['TracePart'];
export type FigureVersion = components['schemas']['VersionView'];
export type Amount = components['schemas']['AmountView'];
export type Figure = components['schemas']['FigureView'];

/** Which figure is meant. */
export interface Cell {
  unit: number;
  indicator: string;
  option: string | null;
  period: string;
  /** `as_then` or `as_now`. */
  view?: string;
}

function query(cell: Cell): string {
  const search = new URLSearchParams({ unit: String(cell.unit), indicator: cell.indicator, period: cell.period });
  if (cell.option !== null) search.set('option', cell.option);
  if (cell.view) search.set('view', cell.view);
  return search.toString();
}

export const traceApi = {
  /** A total, and what it is made of. */
  of: (cell: Cell, signal?: AbortSignal) => request<Trace>(`/api/trace?${query(cell)}`, signal ? { signal } : {}),
  /** Every version of a unit's own figure, the newest first. */
  versions: (cell: Cell, signal?: AbortSignal) =>
    request<{ items: FigureVersion[] }>(`/api/figures/versions?${query({ ...cell, view: '' })}`, signal ? { signal } : {}),
};
