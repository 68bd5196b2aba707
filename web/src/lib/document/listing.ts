/** The list of findings: what is shown, in which order, how deep. */
import type { Finding, FindingState, FindingType, TaskFinding } from '$lib/api/types';

/** In this order the groups stand; page furniture comes last. */
export const TYPES: readonly FindingType[] = ['task', 'citation', 'figure', 'abbreviation', 'boilerplate'];

export type Shown = 'all' | 'undecided' | 'accepted' | 'changed' | 'rejected';

export const SHOWN: readonly Shown[] = ['all', 'undecided', 'accepted', 'changed', 'rejected'];

const STATES: Record<Shown, readonly FindingState[]> = {
  all: ['suggested', 'accepted', 'rejected', 'corrected', 'added'],
  undecided: ['suggested'],
  accepted: ['accepted'],
  changed: ['corrected', 'added'],
  rejected: ['rejected'],
};

/** Page furniture is shown, but nobody is asked to decide about it. */
export function isAsked(finding: Finding): boolean {
  return finding.type !== 'boilerplate';
}

export function isShown(finding: Finding, shown: Shown): boolean {
  return STATES[shown].includes(finding.state) && (shown === 'all' || isAsked(finding));
}

export function isUndecided(finding: Finding): boolean {
  return isAsked(finding) && finding.state === 'suggested';
}

export interface Group {
  type: FindingType;
  findings: Finding[];
}

/** The findings that are shown, by type, each in the order of the text. */
export function groups(findings: readonly Finding[], shown: Shown, hidden: ReadonlySet<FindingType>): Group[] {
  return TYPES.filter((type) => !hidden.has(type))
    .map((type) => ({
      type,
      findings: findings
        .filter((it) => it.type === type && isShown(it, shown))
        .toSorted((a, b) => a.utf16[0] - b.utf16[0] || b.utf16[1] - a.utf16[1]),
    }))
    .filter((it) => it.findings.length > 0);
}

/** The one `step` places on from `current` in the list, or its first or last; `null` in an empty list. */
export function beside(list: readonly Finding[], current: number | null, step: 1 | -1): Finding | null {
  const at = list.findIndex((it) => it.id === current);
  if (at === -1) return (step === 1 ? list[0] : list.at(-1)) ?? null;
  return list[at + step] ?? list[at] ?? null;
}

/** The next undecided one after `current`, going on from the top; `null` if all are decided. */
export function nextUndecided(list: readonly Finding[], current: number | null): Finding | null {
  const at = list.findIndex((it) => it.id === current);
  const rotated = [...list.slice(at + 1), ...list.slice(0, at + 1)];
  return rotated.find((it) => isUndecided(it) && it.id !== current) ?? null;
}

/** How many tasks each task is a part of, by its printed labels; a parent that is not there counts as one. */
export function depths(tasks: readonly TaskFinding[]): Map<number, number> {
  const parentOf = new Map(tasks.filter((it) => it.value.label !== null).map((it) => [it.value.label, it.value.parent]));
  const depth = (parent: string | null, seen: readonly string[]): number =>
    parent === null || seen.includes(parent) ? 0 : 1 + depth(parentOf.get(parent) ?? null, [...seen, parent]);
  return new Map(tasks.map((it) => [it.id, depth(it.value.parent, it.value.label === null ? [] : [it.value.label])]));
}
