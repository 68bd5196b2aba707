/** Accounts: one's own, and those that an administrator looks after. */
import { post, put, request } from './client';
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

export const ownApi = {
  get: (signal?: AbortSignal) => request<OwnAccount>('/api/account', signal ? { signal } : {}),
  changePassword: (old: string, fresh: string) => post<null>('/api/account/password', { old, new: fresh }),
  endOtherSessions: () => post<null>('/api/account/sessions/end', {}),
  beginSecondFactor: () => post<SecondFactor>('/api/account/second-factor', {}),
  confirmSecondFactor: (secret: string, code: string, password: string) =>
    post<null>('/api/account/second-factor/confirm', { secret, code, password }),
  removeSecondFactor: (code: string) => post<null>('/api/account/second-factor/remove', { code }),
  makeKey: (body: Schemas['KeySent']) => post<Schemas['NewKeyView']>('/api/account/keys', body),
  endKey: (id: number) => post<null>(`/api/account/keys/${id}/end`, {}),
  delegate: (body: Schemas['DelegationSent']) => post<Countersign | null>('/api/account/delegations', body),
  endDelegation: (id: number) => post<null>(`/api/account/delegations/${id}/end`, {}),
};

export const namesApi = {
  /** What people are called, by their sign-in names; 100 at most. */
  named: (of: readonly string[]) => request<Schemas['PeopleNamed']>(`/api/names?of=${of.map(encodeURIComponent).join(',')}`),
};

export const accountsApi = {
  list: (signal?: AbortSignal) => request<AccountList>('/api/accounts', signal ? { signal } : {}),
  add: (body: Schemas['AccountSent']) => post<OneTimeCode>('/api/accounts', body),
  change: (id: number, body: Schemas['AccountChange']) => put<Account>(`/api/accounts/${id}`, body),
  newCode: (id: number, forgetsSecondFactor: boolean) =>
    post<OneTimeCode>(`/api/accounts/${id}/code`, { forget_second_factor: forgetsSecondFactor }),
  give: (id: number, grant: GrantSent) => post<Account | Countersign>(`/api/accounts/${id}/grants`, grant),
  end: (id: number, grant: number) => post<Account>(`/api/accounts/${id}/grants/end`, { grant }),
  unlink: (id: number) => post<Account>(`/api/accounts/${id}/openid/end`, {}),
  suspend: (id: number) => post<Account>(`/api/accounts/${id}/suspend`, {}),
  reinstate: (id: number) => post<Account>(`/api/accounts/${id}/reinstate`, {}),
};
