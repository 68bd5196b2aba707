/** What the administration asks of the server. */
import { post, request } from './client';
import type { Countersign } from './countersigns';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Health = Schemas['FullHealthView'];
export type Job = Schemas['JobView'];
export type Backup = Schemas['BackupView'];
export type Schedule = Schemas['ScheduleView'];
export type ScheduleSent = Schemas['ScheduleSent'];
export type ChangeRequest = Schemas['ChangeRequest'];
export type Target = Schemas['Target'];
export type Weight = Schemas['Weight'];
export type Rehearsal = Schemas['RehearsalView'];
export type RehearsalRow = Schemas['RehearsedRowView'];
export type KindEntry = Schemas['KindEntry'];
export type UnitFile = Schemas['UnitFileView'];
export type AdminPack = Schemas['AdminPackView'];
export type PackCheck = Schemas['PackCheckView'];
export type PackSent = Schemas['PackSent'];
export type UnitRow = Schemas['UnitView'];
export type UnitDetail = Schemas['UnitDetail'];

function sent(method: string, body?: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function fileQuery(file: File, on: string | null, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ name: file.name, ...more });
  if (on !== null) query.set('on', on);
  return query.toString();
}

function fileSent(file: File): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file };
}

export const adminApi = {
  health: () => request<Health>('/api/health/full'),
  check: () => request<Job>('/api/admin/check', sent('POST')),
  job: (id: number) => request<Job>(`/api/admin/jobs/${id}`),
  backups: () => request<Schemas['BackupList']>('/api/admin/backups'),
  backUp: () => request<Job>('/api/admin/backups', sent('POST')),
  drill: (id: number) => request<Job>(`/api/admin/backups/${id}/drill`, sent('POST')),
  schedule: () => request<Schedule>('/api/admin/backups/schedule'),
  setSchedule: (schedule: ScheduleSent) => request<Schedule>('/api/admin/backups/schedule', sent('PUT', schedule)),
  units: (query: string) => request<Schemas['UnitList']>(`/api/units?${query}`),
  unit: (id: number, query: string) => request<UnitDetail>(`/api/units/${id}?${query}`),
  kinds: () => request<Schemas['KindList']>('/api/admin/changes/kinds'),
  rehearse: (change: ChangeRequest, weight: Weight) =>
    post<Job>('/api/admin/changes/rehearsals', { change, weight }),
  carryOut: (change: ChangeRequest, rehearsal: number) =>
    post<Schemas['ChangeDone'] | Countersign>('/api/admin/changes', { change, rehearsal }),
  compareFile: (file: File, on: string | null) =>
    request<UnitFile>(`/api/admin/units/file/comparison?${fileQuery(file, on)}`, fileSent(file)),
  loadFile: (file: File, on: string | null, seen: UnitFile) => {
    const more = { sha256: seen.sha256, n_before: String(seen.n_before) };
    return request<UnitFile | Countersign>(`/api/admin/units/file?${fileQuery(file, on, more)}`, fileSent(file));
  },
  packs: () => request<Schemas['AdminPackList']>('/api/admin/packs'),
  pack: (code: string) => request<Schemas['PackDetail']>(`/api/packs/${encodeURIComponent(code)}`),
  checkPack: (pack: PackSent) => post<PackCheck>('/api/admin/packs/check', pack),
  adoptPack: (pack: PackSent) => post<PackCheck | Countersign>('/api/admin/packs', pack),
  clear: (clearing: Schemas['ClearingSent']) =>
    request<Countersign | null>('/api/admin/packs/clearings', sent('POST', clearing)),
};
