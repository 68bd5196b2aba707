/** How a task stands to its deadline, from the API's view of it. */
import type { TaskRow } from '$lib/api/tasks';
import type { Timing } from './due';

export function timingOf(task: Pick<TaskRow, 'due' | 'working_days_left' | 'working_days_late'>): Timing {
  return { due: task.due, left: task.working_days_left, late: task.working_days_late, lateIn: 'working_days' };
}
