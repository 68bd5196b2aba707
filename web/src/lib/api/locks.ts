/** Periods that are closed. */
import { post, request } from './client';
import type { Countersign } from './countersigns';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Lock = Schemas['LockView'];
export type LockSent = Schemas['LockSent'];
export type PackShort = Schemas['PackView'];

export const locksApi = {
  /** Those that are set; of one period also those that were lifted. */
  list: (period: string | null, signal?: AbortSignal) =>
    request<Schemas['LockList']>(
      period === null ? '/api/locks' : `/api/locks?${new URLSearchParams({ period }).toString()}`,
      signal ? { signal } : {},
    ),
  set: (lock: LockSent) => post<Lock>('/api/locks', lock),
  lift: (id: number, reason: string) => post<Countersign | null>(`/api/locks/${id}/lift`, { reason }),
  packs: (signal?: AbortSignal) => request<Schemas['PackList']>('/api/packs', signal ? { signal } : {}),
};
