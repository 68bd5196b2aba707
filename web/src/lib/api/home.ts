/** What the account's units owe. */
import { request } from './client';
import { postOnce } from './once';
import type { components } from './schema';
import type { Whole } from './whole';

export type Owed = Whole<components['schemas']['OwedView']>;
export type OwedList = Whole<components['schemas']['OwedList']>;
export type Receipt = components['schemas']['ReceiptView'];

export const homeApi = {
  owed: (signal?: AbortSignal) => request<OwedList>('/api/owed', signal ? { signal } : {}),
  /** Hands a whole form in as *không phát sinh*; with the same key it is done once only. */
  sendNil: ({ form, unit, period, kind, version }: Owed, key: string) =>
    postOnce<Receipt>('/api/reports', { form, unit, period, kind, nil: true, seen: version ?? 0 }, key),
};
