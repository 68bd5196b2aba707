/** Something that is tried, one at a time; what goes wrong is told where it was begun. */
import { asProblem, type ApiProblem } from '$lib/api/client';

export class Attempt {
  isRunning = $state(false);
  problem: ApiProblem | null = $state.raw(null);

  async run(work: () => Promise<void>): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.problem = null;
    try {
      await work();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.isRunning = false;
  }
}
