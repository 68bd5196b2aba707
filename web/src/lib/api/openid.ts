/** Signing in with a provider of identities. */
import { post } from './client';
import type { PasskeyShown } from './passkeys';
import type { components } from './schema';

type Schemas = components['schemas'];
export type OpenIdState = Schemas['OpenIdView'];
export type OpenIdWay = Schemas['OpenIdWay'];
export type OpenIdDone = Schemas['OpenIdDone'];

export const openIdApi = {
  /** Where to go to sign in. */
  go: () => post<OpenIdWay>('/api/session/openid', {}),
  /** What the provider sent back with; it counts once. No code: it let nobody in. */
  comeBack: (state: string, code: string | null) => post<OpenIdDone>('/api/session/openid/return', { state, code }, true),
  confirm: (code: string | null, passkey: PasskeyShown | null) => post<OpenIdDone>('/api/session/openid/confirm', { code, passkey }, true),
  /** Where to go to link the account that is signed in. */
  link: (password: string | null) => post<OpenIdWay>('/api/account/openid', { password }),
  unlink: () => post<null>('/api/account/openid/end', {}),
};
