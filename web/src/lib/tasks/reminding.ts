/** Who is reminded, and of how much. */
import type { LateUnit, TaskRow } from '$lib/api/tasks';
import type { Timing } from './due';
import { timingOf } from './timing';

export interface Reminded {
  unit: { id: number; name?: string | null };
  /** How many tasks and reports. */
  n: number;
  /** The one that is late longest. */
  worst: Timing;
}

function isWorse(one: Timing, other: Timing): boolean {
  return (one.late ?? -1) > (other.late ?? -1);
}

/** Tasks by their lead unit, in the order in which the units come; a task without a lead goes with those of its parts. */
export function byLead(tasks: readonly TaskRow[]): Reminded[] {
  const found = new Map<number, Reminded>();
  for (const task of tasks) {
    if (!task.lead) continue;
    const before = found.get(task.lead.id);
    const timing = timingOf(task);
    if (!before) found.set(task.lead.id, { unit: task.lead, n: 1, worst: timing });
    else found.set(task.lead.id, { ...before, n: before.n + 1, worst: isWorse(timing, before.worst) ? timing : before.worst });
  }
  return [...found.values()];
}

/** A unit with all that it is late with. */
export function ofLate({ unit, tasks, reports }: LateUnit): Reminded {
  const timings: Timing[] = [
    ...tasks.map(timingOf),
    ...reports.map((it): Timing => ({ due: it.due ?? null, left: null, late: it.days_late, lateIn: 'days' })),
  ];
  const worst = timings.reduce((worst, it) => (isWorse(it, worst) ? it : worst), timings[0] ?? NOTHING);
  return { unit, n: timings.length, worst };
}

const NOTHING: Timing = { due: null, left: null, late: null, lateIn: 'days' };
