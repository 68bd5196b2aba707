import { asProblem, upload } from '$lib/api/client';
import type { FileOutcome, Problem } from '$lib/api/types';

export type Stage = 'waiting' | 'sending' | 'reading' | 'done';

/** One file on its way into the library. */
export interface Upload {
  id: number;
  name: string;
  stage: Stage;
  /** How much has been sent. */
  percent: number;
  /** Only when done. */
  outcome: FileOutcome | null;
}

function refused(name: string, problem: Problem): FileOutcome {
  return { name, status: 'refused', file_id: null, documents: [], problem, near_duplicates: [] };
}

/** Files on their way; one after another, each a request of its own, so that a bad one costs only itself. */
class Uploads {
  list: Upload[] = $state.raw([]);
  /** Grows whenever the library has changed. */
  nStored = $state(0);
  #queue: { id: number; file: File }[] = [];
  #nextId = 1;
  #running = false;

  readonly isBusy = $derived(this.list.some((it) => it.stage !== 'done'));

  add(files: readonly File[]): void {
    const queued = files.map((file) => ({ id: this.#nextId++, file }));
    this.#queue.push(...queued);
    const shown = queued.map(({ id, file }): Upload => {
      return { id, name: file.name, stage: 'waiting', percent: 0, outcome: null };
    });
    this.list = [...this.list, ...shown];
    void this.#run();
  }

  /** Takes the finished ones off the screen. */
  clear(): void {
    this.list = this.list.filter((it) => it.stage !== 'done');
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { id, file } = next;
      this.#change(id, { stage: 'sending' });
      const outcome = await this.#send(id, file);
      this.#change(id, { stage: 'done', outcome });
      if (outcome.status === 'stored') this.nStored += 1;
    }
    this.#running = false;
  }

  async #send(id: number, file: File): Promise<FileOutcome> {
    try {
      const answer = await upload(file, (percent) =>
        this.#change(id, percent < 100 ? { percent } : { percent, stage: 'reading' }),
      );
      const [outcome] = answer.files;
      if (outcome) return outcome;
      throw new Error('no outcome');
    } catch (thrown) {
      const problem = asProblem(thrown);
      return refused(file.name, { code: problem.code, message: problem.inWords, remedy: problem.remedy });
    }
  }

  #change(id: number, change: Partial<Upload>): void {
    this.list = this.list.map((it) => (it.id === id ? { ...it, ...change } : it));
  }
}

export const uploads = new Uploads();
