/** Periods that are closed. */
import { request } from './client';
import type { Countersign } from './countersigns';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Lock = Schemas['LockView'];
export type LockSent = Schemas['LockSent'];
export type PackShort = Schemas['PackView'];

function sent(body: unknown, code: string): RequestInit {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (code !== '') headers['x-second-factor'] = code;
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

export const locksApi = {
  /** Those that are set; of one period also those that were lifted. */
  list: (period: string | null, signal?: AbortSignal) =>
    request<Schemas['LockList']>(
      period === null ? '/api/locks' : `/api/locks?${new URLSearchParams({ period }).toString()}`,
      signal ? { signal } : {},
    ),
  set: (lock: LockSent) => request<Lock>('/api/locks', sent(lock, '')),
  lift: (id: number, reason: string, code: string) => request<Countersign | null>(`/api/locks/${id}/lift`, sent({ reason }, code), true),
  packs: (signal?: AbortSignal) => request<Schemas['PackList']>('/api/packs', signal ? { signal } : {}),
};
