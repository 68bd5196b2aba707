/** Decisions that the server has not answered, kept on this machine so that none is ever lost. */
import type { Decision } from './decision';

function key(documentId: number): string {
  return `dondoc.waiting.${documentId}`;
}

/** What an earlier visit left behind. */
export function loadWaiting(documentId: number): Decision[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(documentId)) ?? '[]');
    return Array.isArray(kept) ? (kept as Decision[]) : [];
  } catch {
    return [];
  }
}

/** Keeps them until they are answered; where storage is forbidden they live as long as the page. */
export function keepWaiting(documentId: number, waiting: readonly Decision[]): void {
  try {
    if (waiting.length === 0) localStorage.removeItem(key(documentId));
    else localStorage.setItem(key(documentId), JSON.stringify(waiting));
  } catch {
    // A private window may refuse; the decisions are still on the screen and sent as soon as possible.
  }
}
