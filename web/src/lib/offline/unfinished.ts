/**
 * The text of the cell that somebody is typing into, until it is put in: kept by itself, for it is small and the form is not. A page
 * that is closed has no time to keep anything, so this does not wait for that.
 */

import type { Asked } from '$lib/api/entry';
import { nameOf, vault } from './kept';

/** From a key to its keeping; later keys don't put it off. */
const KEEP_AFTER_MS = 150;

/** What stands in a cell that was not left yet. */
export interface HalfTyped {
  key: string;
  text: string;
}

/** Where it is kept. */
export interface Place {
  put(name: string, thing: HalfTyped): Promise<void>;
  get(name: string): Promise<HalfTyped | null>;
  remove(name: string): Promise<void>;
}

export class Unfinished {
  readonly #name: string;
  readonly #place: () => Promise<Place | null>;
  #now: HalfTyped | null = null;
  #isKept = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #line: Promise<unknown> = Promise.resolve();

  constructor(asked: Asked, place: () => Promise<Place | null> = vault) {
    this.#name = `typing/${nameOf(asked)}`;
    this.#place = place;
  }

  /** Whether a cell is being typed into. */
  get isOpen(): boolean {
    return this.#now !== null;
  }

  typing(key: string, text: string): void {
    this.#now = { key, text };
    this.#timer ??= setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    this.#timer = undefined;
    const now = this.#now;
    if (!now) return;
    this.#isKept = true;
    this.#after(async (place) => place.put(this.#name, now));
  }

  /** The cell was left; what it holds now is not kept yet, so this stays until `forget`. */
  left(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#now = null;
  }

  /** The text is kept with the form, or dropped. */
  forget(): void {
    if (!this.#isKept || this.#now) return;
    this.#isKept = false;
    this.#after(async (place) => place.remove(this.#name));
  }

  /** What was being typed when the page went away. */
  async found(): Promise<HalfTyped | null> {
    const found = await (await this.#place().catch(() => null))?.get(this.#name).catch(() => null);
    this.#isKept ||= found != null;
    return found ?? null;
  }

  /** One after another; a browser that keeps nothing is told of with the form. */
  #after(work: (place: Place) => Promise<void>): void {
    this.#line = this.#line.then(async () => {
      const place = await this.#place();
      if (place) await work(place);
    }).catch(() => undefined);
  }
}
