/**
 * What waits on this machine as a file, to be carried on a stick to a computer that has a network: encrypted with a password, and of no
 * use when a single byte of it was changed.
 */

import { keep, keptOf, type Kept } from './kept';
import { met, typed, type Replica } from './replica';

const KIND = 'dondoc-queue-1';
const ROUNDS = 310_000;

interface Bundle {
  kind: typeof KIND;
  salt: string;
  iv: string;
  sealed: string;
}

export class BundleError extends Error {}

function toText(bytes: ArrayBuffer | Uint8Array): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
}

async function keyOf(password: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const given = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', salt, iterations: ROUNDS, hash: 'SHA-256' };
  return crypto.subtle.deriveKey(how, given, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The forms as a file. */
export async function bundled(forms: Kept[], password: string): Promise<string> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const plain = new TextEncoder().encode(JSON.stringify(forms));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(password, salt), plain);
  return JSON.stringify({ kind: KIND, salt: toText(salt), iv: toText(iv), sealed: toText(sealed) } satisfies Bundle);
}

/** The forms of a file; throws if the password is another one or the file was changed. */
export async function unbundled(file: string, password: string): Promise<Kept[]> {
  try {
    const { kind, salt, iv, sealed } = JSON.parse(file) as Bundle;
    if (kind !== KIND) throw new BundleError();
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: toBytes(iv) }, await keyOf(password, toBytes(salt)), toBytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain)) as Kept[];
  } catch (thrown) {
    throw new BundleError('', { cause: thrown });
  }
}

/** A form that came in a file, beside what is kept here of it: cells that both changed keep both values. */
export function joined(here: Replica | null, came: Replica): Replica {
  if (!here) return came;
  const [older, newer] = here.base.version <= came.base.version ? [here, came] : [came, here];
  const seen = met(older, newer.base);
  // What was typed on the other side since is met as if it came from a server that has it.
  const both = met({ ...seen, base: newer.base }, { ...newer.base, cells: newer.mine });
  const back = { ...both, base: newer.base, handing: null };
  return Object.keys(back.conflicts).length === 0 ? typed(back, []) : back;
}

/** Keeps what came in a file; how many forms there were. */
export async function takeIn(forms: Kept[]): Promise<number> {
  for (const came of forms) {
    const here = await keptOf(came.named.asked);
    await keep({ ...came, replica: joined(here?.replica ?? null, came.replica) });
  }
  return forms.length;
}
