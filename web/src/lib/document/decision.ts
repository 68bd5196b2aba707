/**
 * What a person decides about a finding, foretold before the server answers.
 *
 * The server alone rules (`dondoc-core`, `decision.rs`); what is foretold here is replaced by its answer.
 */
import type { Step } from '$lib/api/client';
import type { Finding } from '$lib/api/types';

/** A step that has not been answered yet. */
export interface Decision {
  findingId: number;
  step: Step | 'correct';
  /** The version of the finding that the person saw. */
  version: number;
  /** Only of `correct`. */
  value?: object;
}

/** The finding as it will probably be after the step. */
export function foretell(finding: Finding, decision: Decision): Finding {
  const wasRead = finding.original !== null;
  switch (decision.step) {
    case 'accept':
      return finding.state === 'suggested' ? { ...finding, state: 'accepted' } : finding;
    case 'reject':
      return { ...finding, state: 'rejected' };
    case 'reopen': {
      const value = finding.original ?? finding.value;
      return { ...finding, value, state: wasRead ? 'suggested' : 'added' } as Finding;
    }
    case 'correct':
      return { ...finding, value: decision.value, state: wasRead ? 'corrected' : 'added' } as Finding;
  }
}

/** The findings with all unanswered steps taken. */
export function foretellAll(findings: readonly Finding[], waiting: readonly Decision[]): Finding[] {
  if (waiting.length === 0) return [...findings];
  return findings.map((it) => waiting.filter((step) => step.findingId === it.id).reduce(foretell, it));
}

/** A step without the version, which is known only when it is its turn. */
export type Intent = Pick<Decision, 'step' | 'value'>;

/** The steps that accept it: a rejected one has to be reopened first; what is a fact already needs none. */
export function toAccept(finding: Finding): Intent[] {
  if (finding.state === 'suggested') return [{ step: 'accept' }];
  if (finding.state !== 'rejected') return [];
  return finding.original === null ? [{ step: 'reopen' }] : [{ step: 'reopen' }, { step: 'accept' }];
}

/** The steps that lead from what it is `now` back to what it was `before`; `null`: before, it was not there. */
export function toUndo(before: Finding | null, now: Finding): Intent[] {
  if (before === null) return [{ step: 'reject' }];
  const reopened = now.state === 'suggested' ? [] : [{ step: 'reopen' } as const];
  switch (before.state) {
    case 'suggested':
      return reopened;
    case 'accepted':
      return [...reopened, { step: 'accept' }];
    case 'rejected':
      return [{ step: 'reject' }];
    case 'corrected':
    case 'added':
      return [...reopened, { step: 'correct', value: before.value }];
  }
}
