import { request, post } from './client';
import type { PasskeyShown } from './passkeys';
import type { components } from './schema';

type Schemas = components['schemas'];

export type SessionState = Schemas['SessionView'];
export type SignedIn = Schemas['SignedInView'];
export type FirstStart = Schemas['FirstStart'];

export const sessions = {
  get: () => request<SessionState>('/api/session'),
  signIn: (name: string, password: string, code: string | null, passkey: PasskeyShown | null = null) =>
    post<null>('/api/session', { name, password, code, passkey }, true),
  first: (sent: FirstStart) => post<null>('/api/session/first', sent),
  /** Chooses a password with a one-time code, and signs in. */
  join: (code: string, password: string, secondFactor: string | null, passkey: PasskeyShown | null = null) =>
    post<null>('/api/session/password', { code, password, second_factor: secondFactor, passkey }, true),
  /** Ends the session because nobody is at the page. */
  lock: () => post<null>('/api/session/lock', {}),
  signOut: () => request<null>('/api/session', { method: 'DELETE' }),
};
