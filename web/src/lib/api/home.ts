/** What the account's units owe. */
import { request } from './client';
import { postOnce } from './once';
import type { components } from './schema';
import type { Bilingual } from './types';

export interface Owed {
  pack: string; form: string; form_name: Bilingual; unit: number; unit_name: string | null; period: string; kind: string;
  due: string | null; due_is_sure: boolean; state: string; is_late: boolean; days_late: number | null;
  working_days_left: number | null; may_be_nil: boolean; version: number | null;
  returned: { by: string; reason: string | null } | null;
}
export interface OwedList { today: string; n_late: number; n_open: number; items: Owed[] }
export type Receipt = components['schemas']['ReceiptView'];

export const homeApi = {
  owed: (signal?: AbortSignal) => request<OwedList>('/api/owed', signal ? { signal } : {}),
  /** Hands a whole form in as *không phát sinh*; with the same key it is done once only. */
  sendNil: ({ form, unit, period, kind, version }: Owed, key: string) =>
    postOnce<Receipt>('/api/reports', { form, unit, period, kind, nil: true, seen: version ?? 0 }, key),
};
