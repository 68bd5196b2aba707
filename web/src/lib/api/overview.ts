/** How things stand, the map, and news of changes. */
import { request } from './client';
import type { components } from './schema';

export type Overview = components['schemas']['OverviewView'];
export type Standing = components['schemas']['StandingView'];
export type Component = components['schemas']['ComponentView'];
export type Completeness = components['schemas']['CompletenessView'];
export type Shapes = components['schemas']['ShapeList'];
export type Maps = components['schemas']['MapList'];
export type LoadedMap = components['schemas']['LoadedMap'];
export type RegisterEntry = components['schemas']['EntryView'];

function query(of: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search.toString()}`;
}

export const overviewApi = {
  of: (unit: number | null, period: string, pack = '', signal?: AbortSignal) =>
    request<Overview>(`/api/overview${query({ unit, period, pack })}`, signal ? { signal } : {}),
  completeness: (form: string, period: string, under: number, signal?: AbortSignal) =>
    request<Completeness>(`/api/completeness${query({ form, period, under })}`, signal ? { signal } : {}),
  shapes: (under: number | null, signal?: AbortSignal) =>
    request<Shapes>(`/api/maps/shapes${query({ under })}`, signal ? { signal } : {}),
  maps: () => request<Maps>('/api/maps'),
  loadMap: (file: File, isTrial: boolean) =>
    request<LoadedMap>(`/api/maps${query({ name: file.name, dry_run: String(isTrial) })}`, {
      method: 'POST',
      headers: { 'content-type': 'application/geo+json' },
      body: file,
    }),
  removeMap: (id: number) => request<Maps>(`/api/maps/${id}`, { method: 'DELETE' }),
  entries: (register: string, unit: number, signal?: AbortSignal) =>
    request<{ items: RegisterEntry[] }>(`/api/registers/${encodeURIComponent(register)}/entries${query({ unit })}`, signal ? { signal } : {}),
  moment: () => request<components['schemas']['MomentView']>('/api/moment'),
};
