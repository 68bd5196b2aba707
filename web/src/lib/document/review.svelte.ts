import { api, asProblem, type ApiProblem } from '$lib/api/client';
import type { Detail, Finding, FindingType, Utf16Span } from '$lib/api/types';
import { foretell, foretellAll, toAccept, toUndo, type Decision, type Intent } from './decision';
import { keepWaiting, loadWaiting } from './waiting';

/** How long after a failure the next attempt is made by itself. */
const RETRY_AFTER_MS = 4000;

interface Done {
  findingId: number;
  /** `null`: the person added it. */
  before: Finding | null;
}

/**
 * The findings of one document and what a person decides about them.
 *
 * Decisions show at once and are sent in their order; one that cannot be sent waits, also over a reload; one that
 * met a newer version is put before the person again. None is dropped silently.
 */
export class Review {
  readonly documentId: number;
  #answered: Finding[] = $state.raw([]);
  waiting: Decision[] = $state.raw([]);
  /** Decisions about findings that somebody else has changed meanwhile. */
  conflicts: Decision[] = $state.raw([]);
  /** Why the last decision was not taken. */
  problem: ApiProblem | null = $state.raw(null);
  #history: Done[] = $state.raw([]);
  #sending = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** As they stand, waiting decisions included. */
  readonly findings: Finding[] = $derived(foretellAll(this.#answered, this.waiting));
  readonly canUndo: boolean = $derived(this.#history.length > 0);

  constructor(document: Detail) {
    this.documentId = document.id;
    this.#answered = document.findings;
    this.waiting = loadWaiting(document.id);
    void this.#send();
  }

  find(id: number | null): Finding | undefined {
    return this.findings.find((it) => it.id === id);
  }

  accept(finding: Finding): void {
    this.#decide(finding, toAccept(finding));
  }

  reject(finding: Finding): void {
    if (finding.state !== 'rejected') this.#decide(finding, [{ step: 'reject' }]);
  }

  reopen(finding: Finding): void {
    if (finding.state !== 'suggested') this.#decide(finding, [{ step: 'reopen' }]);
  }

  /** Takes the last decision of this visit back; tells which finding it was about. */
  undo(): Finding | null {
    const last = this.#history.at(-1);
    const now = this.find(last?.findingId ?? null);
    this.#history = this.#history.slice(0, -1);
    if (!last || !now) return null;
    this.#queue(now, toUndo(last.before, now));
    return now;
  }

  /** Puts a finding right; throws the server's refusal, so that the form keeps what was typed. */
  async correct(finding: Finding, value: object, utf16?: Utf16Span): Promise<void> {
    let now = finding;
    if (now.state === 'rejected') now = await api.decide(now.id, 'reopen', now.version);
    this.#take(await api.correct(now.id, now.version, value, utf16));
    this.#history = [...this.#history, { findingId: finding.id, before: finding }];
  }

  /** Adds a finding that the reader missed; throws the server's refusal. */
  async add(type: FindingType, utf16: Utf16Span, value: object): Promise<Finding> {
    const added = await api.add(this.documentId, type, utf16, value);
    this.#answered = [...this.#answered, added];
    this.#history = [...this.#history, { findingId: added.id, before: null }];
    return added;
  }

  /** Takes a decision that met a newer version once more, on that version. */
  repeat(decision: Decision): void {
    this.forget(decision);
    const now = this.find(decision.findingId);
    if (!now) return;
    this.#decide(now, decision.step === 'accept' ? toAccept(now) : [decision]);
  }

  forget(decision: Decision): void {
    this.conflicts = this.conflicts.filter((it) => it !== decision);
  }

  /** Sends what waits now, instead of after a while. */
  retry(): void {
    void this.#send();
  }

  /** Reads the findings afresh. */
  async refresh(): Promise<void> {
    this.#answered = (await api.document(this.documentId)).findings;
  }

  /** Stops trying; what waits stays kept. */
  close(): void {
    clearTimeout(this.#retry);
  }

  #decide(finding: Finding, steps: Intent[]): void {
    if (steps.length === 0) return;
    this.#history = [...this.#history, { findingId: finding.id, before: finding }];
    this.#queue(finding, steps);
  }

  #queue(finding: Finding, steps: Intent[]): void {
    const decisions = steps.map((it) => ({ ...it, findingId: finding.id, version: finding.version }));
    this.#wait([...this.waiting, ...decisions]);
    void this.#send();
  }

  #wait(waiting: Decision[]): void {
    this.waiting = waiting;
    keepWaiting(this.documentId, waiting);
  }

  #take(answer: Finding): void {
    this.#answered = this.#answered.map((it) => (it.id === answer.id ? answer : it));
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#retry);
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        if (!(await this.#sendOne(next))) break;
      }
    } finally {
      this.#sending = false;
    }
  }

  /** Whether the following ones can be tried. */
  async #sendOne(decision: Decision): Promise<boolean> {
    const { findingId, step, version, value } = decision;
    try {
      const answer =
        step === 'correct'
          ? await api.correct(findingId, version, value ?? {})
          : await api.decide(findingId, step, version);
      this.#take(answer);
      // Our own next step on the same finding was decided in full view of this one.
      const rest = this.waiting.slice(1);
      this.#wait(rest.map((it) => (it.findingId === findingId ? { ...it, version: answer.version } : it)));
      this.problem = null;
      return true;
    } catch (thrown) {
      return this.#refused(decision, asProblem(thrown));
    }
  }

  async #refused(decision: Decision, problem: ApiProblem): Promise<boolean> {
    if (problem.isUnreachable) {
      this.problem = problem;
      this.#retry = setTimeout(() => void this.#send(), RETRY_AFTER_MS);
      return false;
    }
    this.#wait(this.waiting.filter((it) => it.findingId !== decision.findingId));
    if (problem.isStale) {
      const wanted = this.find(decision.findingId);
      const foretold = wanted && foretell(wanted, decision).state;
      await this.refresh().catch(() => undefined);
      // The answer to our own first attempt may have been lost on the way: then it stands as we wanted it.
      const isDone = decision.step !== 'correct' && this.find(decision.findingId)?.state === foretold;
      if (!isDone) this.conflicts = [...this.conflicts, decision];
    } else {
      this.problem = problem;
    }
    return true;
  }
}

