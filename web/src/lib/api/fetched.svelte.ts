import { asProblem, type ApiProblem } from './client';

/** Something asked of the server: the last answer stays until the next one is here. */
export class Fetched<T> {
  value: T | null = $state.raw(null);
  problem: ApiProblem | null = $state.raw(null);
  isLoading = $state(false);
  #ask: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<T>) {
    this.#ask = ask;
  }

  /** Asks anew; an answer to an earlier question that comes late is ignored. */
  async load(ask: (signal: AbortSignal) => Promise<T> = this.#ask): Promise<void> {
    this.#ask = ask;
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.isLoading = true;
    try {
      const answer = await ask(mine.signal);
      if (mine.signal.aborted) return;
      this.value = answer;
      this.problem = null;
    } catch (thrown) {
      if (mine.signal.aborted) return;
      this.problem = asProblem(thrown);
    }
    this.isLoading = false;
  }
}
