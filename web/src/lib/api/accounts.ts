/** Accounts: one's own, and those that an administrator looks after. */
import { post, request } from './client';
import type { Countersign } from './countersigns';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Account = Schemas['AccountView'];
export type AccountList = Schemas['AccountList'];
export type RoleChoice = Schemas['RoleChoice'];
export type Grant = Schemas['GrantView'];
export type GrantSent = Schemas['GrantSent'];
export type OneTimeCode = Schemas['CodeView'];
export type OwnAccount = Schemas['OwnView'];
export type SecondFactor = Schemas['SecondFactorView'];

/** With the six digits of the second factor, where they were asked for. */
function sent<T>(path: string, body: unknown, code = '', method = 'POST'): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (code !== '') headers['x-second-factor'] = code;
  return request<T>(path, { method, headers, body: JSON.stringify(body) }, true);
}

export const ownApi = {
  get: (signal?: AbortSignal) => request<OwnAccount>('/api/account', signal ? { signal } : {}),
  changePassword: (old: string, fresh: string) => post<null>('/api/account/password', { old, new: fresh }),
  endOtherSessions: () => post<null>('/api/account/sessions/end', {}),
  beginSecondFactor: () => post<SecondFactor>('/api/account/second-factor', {}),
  confirmSecondFactor: (secret: string, code: string, password: string) =>
    post<null>('/api/account/second-factor/confirm', { secret, code, password }),
  removeSecondFactor: (code: string) => post<null>('/api/account/second-factor/remove', { code }),
  makeKey: (body: Schemas['KeySent'], code: string) => sent<Schemas['NewKeyView']>('/api/account/keys', body, code),
  endKey: (id: number) => post<null>(`/api/account/keys/${id}/end`, {}),
  delegate: (body: Schemas['DelegationSent'], code: string) => sent<Countersign | null>('/api/account/delegations', body, code),
  endDelegation: (id: number) => post<null>(`/api/account/delegations/${id}/end`, {}),
};

export const namesApi = {
  /** What people are called, by their sign-in names; 100 at most. */
  named: (of: readonly string[]) => request<Schemas['PeopleNamed']>(`/api/names?of=${of.map(encodeURIComponent).join(',')}`),
};

export const accountsApi = {
  list: (signal?: AbortSignal) => request<AccountList>('/api/accounts', signal ? { signal } : {}),
  add: (body: Schemas['AccountSent'], code: string) => sent<OneTimeCode>('/api/accounts', body, code),
  change: (id: number, body: Schemas['AccountChange'], code: string) =>
    sent<Account>(`/api/accounts/${id}`, body, code, 'PUT'),
  newCode: (id: number, forgetsSecondFactor: boolean, code: string) =>
    sent<OneTimeCode>(`/api/accounts/${id}/code`, { forget_second_factor: forgetsSecondFactor }, code),
  give: (id: number, grant: GrantSent, code: string) => sent<Account | Countersign>(`/api/accounts/${id}/grants`, grant, code),
  end: (id: number, grant: number, code: string) => sent<Account>(`/api/accounts/${id}/grants/end`, { grant }, code),
  suspend: (id: number, code: string) => sent<Account>(`/api/accounts/${id}/suspend`, {}, code),
  reinstate: (id: number, code: string) => sent<Account>(`/api/accounts/${id}/reinstate`, {}, code),
};
