/** What was done with a task and what was sent about it, as one story. */
import type { TaskDetail } from '$lib/api/tasks';

export type Step = TaskDetail['log'][number];
export type Sent = TaskDetail['sent'][number];

/** A step that was taken, or something that was sent. */
export type Event = { step: Step; sent: null } | { step: null; sent: Sent };

/** The day of an instant where the reader sits, ISO. */
function dayOf(instant: string): string {
  const at = new Date(instant);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The latest first. Of what was sent only the day is known: it stands after the steps of its day. */
export function story({ log, sent }: Pick<TaskDetail, 'log' | 'sent'>): Event[] {
  const all = [
    ...log.map((step) => ({ day: dayOf(step.at), event: { step, sent: null } as Event })),
    ...sent.map((it) => ({ day: it.on, event: { step: null, sent: it } as Event })),
  ];
  return all
    .toSorted((one, other) => one.day.localeCompare(other.day))
    .map((it) => it.event)
    .toReversed();
}
