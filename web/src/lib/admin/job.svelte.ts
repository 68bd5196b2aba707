import { adminApi, type Job } from '$lib/api/admin';
import { ApiProblem, asProblem } from '$lib/api/client';

const WAIT_MS = 400;

/** Work of the server that takes a while: asked for once, then looked at until it is over. */
export class Work {
  job: Job | null = $state.raw(null);
  problem: ApiProblem | null = $state.raw(null);
  isRunning = $state(false);

  /** Begins, and waits for the end; what came of it is given to `then`. */
  async run(begin: () => Promise<Job>, then: (job: Job) => void = () => {}): Promise<void> {
    this.isRunning = true;
    this.problem = null;
    this.job = null;
    try {
      let job = await begin();
      this.job = job;
      while (job.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
        job = await adminApi.job(job.id);
        this.job = job;
      }
      if (job.problem) throw new ApiProblem(job.problem);
      then(job);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.isRunning = false;
  }
}
