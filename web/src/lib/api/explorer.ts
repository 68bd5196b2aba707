/** Tables of totals, and what there is to ask for. */
import { request } from './client';
import type { components } from './schema';
import type { UnitHit } from './units';

export type Totals = components['schemas']['TotalsView'];
export type PackDetail = components['schemas']['PackDetail'];

/** What a table of totals is asked by; the names are those of the API. */
export interface TotalsQuery {
  indicator: string;
  option?: string | undefined;
  unit?: string | undefined;
  under?: number | undefined;
  period: string;
  view?: string | undefined;
  weight?: string | undefined;
  line?: string | undefined;
}

/** A query as it stands behind the question mark. */
export function written(query: TotalsQuery, more: Record<string, string> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...more })) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.toString();
}

export const explorerApi = {
  totals: (query: TotalsQuery, signal?: AbortSignal) =>
    request<Totals>(`/api/totals?${written(query)}`, signal ? { signal } : {}),
  packs: () => request<components['schemas']['PackList']>('/api/packs'),
  pack: (code: string) => request<PackDetail>(`/api/packs/${encodeURIComponent(code)}`),
  /** Units by their numbers, dissolved ones too. */
  named: (ids: readonly number[], signal?: AbortSignal) =>
    request<{ items: UnitHit[] }>(`/api/units?id=${ids.join(',')}`, signal ? { signal } : {}),
};
