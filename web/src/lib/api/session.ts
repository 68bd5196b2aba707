import { request, post } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type SessionState = Schemas['SessionView'];
export type SignedIn = Schemas['SignedInView'];
export type FirstStart = Schemas['FirstStart'];

export const sessions = {
  get: () => request<SessionState>('/api/session'),
  signIn: (name: string, password: string, code: string | null) => post<null>('/api/session', { name, password, code }, true),
  first: (sent: FirstStart) => post<null>('/api/session/first', sent),
  /** Chooses a password with a one-time code, and signs in. */
  join: (code: string, password: string, secondFactor: string | null) =>
    post<null>('/api/session/password', { code, password, second_factor: secondFactor }, true),
  signOut: () => request<null>('/api/session', { method: 'DELETE' }),
};
