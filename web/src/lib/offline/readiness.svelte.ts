/** Whether the page opens and keeps work without network: its files are kept by the service worker, its figures by the vault. */

import { vault } from './kept';

class Readiness {
  /** `null` until it is known. */
  isReady: boolean | null = $state(null);
  #begun = false;

  /** Takes the page's files along, once; a newer page replaces them as soon as there is one. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#begin().then(
      (isReady) => (this.isReady = isReady),
      () => (this.isReady = false),
    );
  }

  async #begin(): Promise<boolean> {
    const isKept = (await vault()) !== null;
    // Asked for once; a browser that says no may clear the store when the disk is full.
    if (isKept) void navigator.storage?.persist?.().catch(() => false);
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return false;
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage('renew');
    return isKept;
  }
}

export const readiness = new Readiness();
