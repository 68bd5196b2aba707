/** Requests that do their work once, however often they are sent. */
import { request } from './client';

/** A key that nobody else makes: works on plain HTTP too, where `crypto.randomUUID` is not offered. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (it) => it.toString(16).padStart(2, '0')).join('');
}

/** Sends it with its key: sent again with the same one, it gets the same answer again. */
export function postOnce<T>(path: string, body: unknown, key: string): Promise<T> {
  return request<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
}
