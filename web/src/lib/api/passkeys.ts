/** Passkeys: what the server asks an authenticator, and the answers that go back. */
import { post } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Passkey = Schemas['PasskeyView'];
export type PasskeyQuestion = Schemas['PasskeyQuestion'];
/** An answer, with the ticket of its question. */
export interface PasskeyShown {
  ticket: string;
  credential: Record<string, never>;
}

export const passkeyApi = {
  begin: (password: string | null) => post<PasskeyQuestion>('/api/account/passkeys', { password }),
  confirm: (answer: PasskeyShown, label: string) => post<Passkey>('/api/account/passkeys/confirm', { ...answer, label }),
  end: (id: number) => post<null>(`/api/account/passkeys/${id}/end`, {}),
  ask: () => post<PasskeyQuestion>('/api/account/passkeys/ask', {}),
  show: (answer: PasskeyShown) => post<null>('/api/account/passkeys/show', answer),
  /** Before signing in: with name and password, with a one-time code, or back from the provider of identities. */
  askAtDoor: (who: { name: string; password: string } | { code: string } | { openid: true }) => post<PasskeyQuestion>('/api/session/passkey', who),
};
