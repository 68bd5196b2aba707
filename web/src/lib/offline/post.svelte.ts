/** Sends what waits on this machine, also of forms that are not open; one tab at a time does it. */

import { deliver, type Held } from './deliver';
import { allKept, keep, nameOf, type Kept } from './kept';
import { nUnsent } from './replica';
import { servedOf, wayOf } from './way';
import { entryApi } from '$lib/api/entry';
import { Sheet } from '$lib/grid/form';

const EVERY_MS = 30_000;

/** A form that waits: how much of it, and whether it is to be handed in. */
export interface Waiting {
  kept: Kept;
  nCells: number;
  isToBeHandedIn: boolean;
}

class Post {
  waiting: Waiting[] = $state.raw([]);
  /** Forms that are open in this page send for themselves. */
  readonly #open = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;

  begin(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.run(), EVERY_MS);
    addEventListener('online', () => void this.run());
    void this.run();
  }

  opened(name: string): void {
    this.#open.add(name);
  }

  closed(name: string): void {
    this.#open.delete(name);
    void this.count();
  }

  async count(): Promise<void> {
    const found = (await allKept()).map((kept) => ({ kept, nCells: nUnsent(kept.replica), isToBeHandedIn: kept.replica.handing !== null }));
    this.waiting = found.filter((it) => it.nCells > 0 || it.isToBeHandedIn);
  }

  /** Sends whatever can be sent. */
  async run(): Promise<void> {
    await this.count();
    if (navigator.locks) await navigator.locks.request('dondoc-post', { ifAvailable: true }, (lock) => (lock ? this.#send() : undefined));
    else await this.#send();
    await this.count();
  }

  async #send(): Promise<void> {
    for (const { kept } of this.waiting) {
      if (this.#open.has(nameOf(kept.named.asked))) continue;
      if ((await this.#deliver(kept)) === 'no_way') return;
    }
  }

  async #deliver(kept: Kept): Promise<string> {
    const { asked } = kept.named;
    let now = kept;
    const held: Held = {
      get: () => now.replica,
      change: async (how) => {
        now = { ...now, replica: how(now.replica) };
        await keep(now);
      },
    };
    const look = async () => {
      const view = await entryApi.form(asked);
      const detail = view.report ? await entryApi.report(view.report.id) : null;
      now = { ...now, view, steps: detail?.steps ?? [] };
      return servedOf(detail, Object.fromEntries(new Sheet(view).inForce()));
    };
    const outcome = await deliver(held, wayOf(kept.named, look));
    if (outcome.is === 'receipt') await keep({ ...now, receipt: outcome.receipt });
    return outcome.is;
  }
}

export const post = new Post();
