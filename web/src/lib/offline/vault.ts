/**
 * What is kept on this machine: in IndexedDB, encrypted with a key that the browser keeps and gives to nobody, gone at sign-out.
 * The names of what is kept (form, unit, period) are not secret; what was typed is.
 */

const DATABASE = 'dondoc';
const [THINGS, KEYS] = ['things', 'keys'];
const KEY = 'own';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(THINGS);
    request.result.createObjectStore(KEYS);
  };
  const database = await answer(request);
  // A newer page, or the sign-out of another tab, must not wait for this one.
  database.onversionchange = () => database.close();
  return database;
}

async function keyOf(database: IDBDatabase): Promise<CryptoKey> {
  const found = await answer<CryptoKey | undefined>(database.transaction(KEYS).objectStore(KEYS).get(KEY));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const transaction = database.transaction(KEYS, 'readwrite');
  const store = transaction.objectStore(KEYS);
  // Two tabs may come here at once: the first key stays.
  const first = await answer<CryptoKey | undefined>(store.get(KEY));
  if (!first) store.put(made, KEY);
  await done(transaction);
  return first ?? made;
}

/** A store of things that only this browser can read. */
export class Vault {
  readonly #database: IDBDatabase;
  readonly #key: CryptoKey;

  private constructor(database: IDBDatabase, key: CryptoKey) {
    this.#database = database;
    this.#key = key;
  }

  /** `null` where the browser keeps nothing: no secure address, or a private window that refuses. */
  static async open(): Promise<Vault | null> {
    if (typeof indexedDB === 'undefined' || !globalThis.crypto?.subtle) return null;
    try {
      const database = await openDatabase();
      return new Vault(database, await keyOf(database));
    } catch {
      return null;
    }
  }

  async put(name: string, thing: unknown): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(thing));
    const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#key, plain);
    const transaction = this.#database.transaction(THINGS, 'readwrite', { durability: 'strict' });
    transaction.objectStore(THINGS).put({ iv, bytes } satisfies Sealed, name);
    await done(transaction);
  }

  async get<T>(name: string): Promise<T | null> {
    const store = this.#database.transaction(THINGS).objectStore(THINGS);
    const sealed = await answer<Sealed | undefined>(store.get(name));
    return sealed ? this.#opened<T>(sealed) : null;
  }

  /** The names that begin like this, in order. */
  async names(prefix: string): Promise<string[]> {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const keys = await answer(this.#database.transaction(THINGS).objectStore(THINGS).getAllKeys(range));
    return keys.map(String);
  }

  async remove(name: string): Promise<void> {
    const transaction = this.#database.transaction(THINGS, 'readwrite');
    transaction.objectStore(THINGS).delete(name);
    await done(transaction);
  }

  async #opened<T>({ iv, bytes }: Sealed): Promise<T | null> {
    try {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.#key, bytes);
      return JSON.parse(new TextDecoder().decode(plain)) as T;
    } catch {
      return null;
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Removes everything that is kept on this machine, with its key. */
export async function wipe(): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  await answer(indexedDB.deleteDatabase(DATABASE));
}
