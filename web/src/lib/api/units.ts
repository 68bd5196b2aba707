/** Units: who reports to whom, now and in the past. */
import { request } from './client';
import type { components } from './schema';

export type UnitHit = components['schemas']['UnitHit'];
export type UnitList = components['schemas']['UnitList'];
export type UnitView = components['schemas']['UnitView'];
export type UnitDetail = components['schemas']['UnitDetail'];
export type Predecessor = components['schemas']['PredecessorView'];

/** Narrows what is asked for; what is left out narrows nothing. */
export interface Narrowed {
  under?: number | undefined;
  /** An ISO day; today if left out. */
  on?: string | undefined;
}

function search(of: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

export const unitsApi = {
  /** Units by what was typed of their names, best first. */
  find: (q: string, narrowed: Narrowed, signal?: AbortSignal) =>
    request<UnitList>(`/api/units${search({ q, under: narrowed.under, on: narrowed.on })}`, signal ? { signal } : {}),
  /** The units right under another in the official order; the roots without one. */
  under: (unit: number | undefined, on?: string, signal?: AbortSignal) =>
    request<UnitList>(`/api/units${search({ under: unit, on })}`, signal ? { signal } : {}),
  detail: (unit: number, on?: string, signal?: AbortSignal) =>
    request<UnitDetail>(`/api/units/${unit}${search({ on })}`, signal ? { signal } : {}),
};
