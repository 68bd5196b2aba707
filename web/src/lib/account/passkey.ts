/** Passkeys in this browser (WebAuthn): a question of the server goes to the authenticator, its answer back, bytes as base64url. */
import { ApiProblem } from '$lib/api/client';
import { passkeyApi, type PasskeyQuestion, type PasskeyShown } from '$lib/api/passkeys';
import type { Problem } from '$lib/api/types';

const NOT_SHOWN: Problem = {
  code: 'passkey_not_shown',
  message: { vi: 'Chưa dùng được khóa truy cập.', en: 'No passkey was shown.' },
  remedy: {
    vi: 'Bấm lại, rồi làm theo hộp thoại của trình duyệt (vân tay, mã PIN hoặc khóa USB) trong vòng 5 phút.',
    en: 'Press again and follow the box of the browser (finger, PIN or USB key), within 5 minutes.',
  },
};

const THERE_ALREADY: Problem = {
  code: 'passkey_there_already',
  message: { vi: 'Máy hoặc khóa này đã có khóa truy cập của tài khoản.', en: 'This computer or key has a passkey of the account already.' },
  remedy: { vi: 'Dùng luôn khóa đó, hoặc thêm ở máy khác.', en: 'Use that one, or add one on another computer.' },
};

const NOT_HERE: Problem = {
  code: 'passkey_not_here',
  message: { vi: 'Trình duyệt không cho dùng khóa truy cập ở địa chỉ này của trang.', en: 'The browser takes no passkeys at this address of the page.' },
  remedy: {
    vi: 'Mở trang bằng tên máy do quản trị cấp (https://…; trên chính máy này: localhost), hoặc dùng mã 6 số.',
    en: 'Open the page under the name that administrators gave it (https://…; on this machine: localhost), or use the six digits.',
  },
};

/** Whether this browser, at this address, has passkeys at all. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'credentials' in navigator;
}

/** Whether the page was opened under a number: browsers give passkeys to names only (WebAuthn, relying party identifier). */
export function isPlaceless(host = location.hostname): boolean {
  return /^[\d.]+$/u.test(host) || host.startsWith('[');
}

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/gu, '+').replace(/_/gu, '/'));
  return Uint8Array.from(plain, (it) => it.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replace(/\+/gu, '-').replace(/\//gu, '_').replace(/=+$/u, '');
}

interface Described {
  id: string;
}

/** The options as they came, with bytes where the browser wants bytes. */
function withBytes(options: unknown): { publicKey: Record<string, unknown> } {
  const { publicKey } = options as { publicKey: Record<string, unknown> };
  const them = (name: string) => (publicKey[name] as Described[] | null | undefined)?.map((it) => ({ ...it, id: toBytes(it.id) }));
  const user = publicKey['user'] as Described | undefined;
  const [excludeCredentials, allowCredentials] = [them('excludeCredentials'), them('allowCredentials')];
  return {
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey['challenge'] as string),
      ...(user && { user: { ...user, id: toBytes(user.id) } }),
      ...(excludeCredentials && { excludeCredentials }),
      ...(allowCredentials && { allowCredentials }),
    },
  };
}

function inWords(thrown: unknown): unknown {
  if (!(thrown instanceof DOMException)) return thrown;
  if (thrown.name === 'InvalidStateError') return new ApiProblem(THERE_ALREADY);
  return new ApiProblem(thrown.name === 'SecurityError' ? NOT_HERE : NOT_SHOWN);
}

function sent(ticket: string, key: PublicKeyCredential, response: Record<string, unknown>): PasskeyShown {
  const credential = { id: key.id, rawId: toText(key.rawId), type: key.type, response, extensions: {} };
  // What is inside is between the authenticator and the server.
  return { ticket, credential: credential as unknown as Record<string, never> };
}

/** Has the authenticator make a passkey. */
export async function made(asked: PasskeyQuestion): Promise<PasskeyShown> {
  if (!hasPasskeys()) throw new ApiProblem(NOT_HERE);
  try {
    const key = (await navigator.credentials.create(withBytes(asked.options) as unknown as CredentialCreationOptions)) as PublicKeyCredential;
    const { attestationObject, clientDataJSON } = key.response as AuthenticatorAttestationResponse;
    return sent(asked.ticket, key, { attestationObject: toText(attestationObject), clientDataJSON: toText(clientDataJSON) });
  } catch (thrown) {
    throw inWords(thrown);
  }
}

/** Has the authenticator show a passkey. */
export async function shown(asked: PasskeyQuestion): Promise<PasskeyShown> {
  if (!hasPasskeys()) throw new ApiProblem(NOT_HERE);
  try {
    const key = (await navigator.credentials.get(withBytes(asked.options) as unknown as CredentialRequestOptions)) as PublicKeyCredential;
    const { authenticatorData, clientDataJSON, signature, userHandle } = key.response as AuthenticatorAssertionResponse;
    return sent(asked.ticket, key, {
      authenticatorData: toText(authenticatorData),
      clientDataJSON: toText(clientDataJSON),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    });
  } catch (thrown) {
    throw inWords(thrown);
  }
}

/** Shows a passkey of the account that is signed in: for the next minutes what takes a second factor is open. */
export async function showPasskey(): Promise<void> {
  await passkeyApi.show(await shown(await passkeyApi.ask()));
}
