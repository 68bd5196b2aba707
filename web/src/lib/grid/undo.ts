/** Steps that can be taken back: one a typed cell, one a whole paste. */

import type { Entry } from './form';

/** A cell before and after; `undefined` is blank. */
export interface Edit {
  key: string;
  before: Entry | undefined;
  after: Entry | undefined;
}

const MAX_STEPS = 500;

/** What was done, and what was taken back. */
export class Steps {
  #done: Edit[][] = [];
  #undone: Edit[][] = [];

  did(edits: Edit[]): void {
    if (edits.length === 0) return;
    this.#done.push(edits);
    if (this.#done.length > MAX_STEPS) this.#done.shift();
    this.#undone = [];
  }

  /** The edits that take the last step back. */
  undo(): Edit[] {
    const last = this.#done.pop();
    if (!last) return [];
    this.#undone.push(last);
    return last.toReversed().map(({ key, before, after }) => ({ key, before: after, after: before }));
  }

  redo(): Edit[] {
    const last = this.#undone.pop();
    if (!last) return [];
    this.#done.push(last);
    return last;
  }
}
