/** Work that may take the six digits of the second factor: it is tried without, and again with them. */
import { asProblem, type ApiProblem } from '$lib/api/client';

export class Confirming {
  /** The digits are asked for. */
  isAsking = $state(false);
  isRunning = $state(false);
  problem: ApiProblem | null = $state.raw(null);
  #work: (code: string) => Promise<void> = async () => {};

  async run(work: (code: string) => Promise<void>): Promise<void> {
    this.#work = work;
    await this.give('');
  }

  /** Tries with the digits that were typed. */
  async give(code: string): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.problem = null;
    try {
      await this.#work(code);
      this.isAsking = false;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code === 'second_factor_needed' && !this.isAsking) this.isAsking = true;
      else {
        this.problem = problem;
        // A wrong code is typed again; everything else is told on the page.
        if (!['wrong_code', 'second_factor_needed'].includes(problem.code)) this.isAsking = false;
      }
    }
    this.isRunning = false;
  }

  cancel(): void {
    this.isAsking = false;
    this.problem = null;
  }
}
