/** A new task as a person types it, and as it is sent. */
import type { TaskSent } from '$lib/api/tasks';
import { parseDay } from '$lib/format/day';
import type { Messages } from '$lib/messages/vi';

/** As much of a unit as the form shows. */
export interface Chosen {
  id: number;
  name?: string | null;
}

export interface TaskDraft {
  text: string;
  origin: 'hand' | 'meeting';
  /** The meeting, in words. */
  source: string;
  lead: Chosen | null;
  coordinates: Chosen[];
  due: string;
  product: string;
  /** How often it comes again, or nothing. */
  every: string;
  day: string;
  /** The month of the round. */
  month: string;
}

export const EMPTY_TASK: TaskDraft = {
  text: '',
  origin: 'hand',
  source: '',
  lead: null,
  coordinates: [],
  due: '',
  product: '',
  every: '',
  day: '',
  month: '1',
};

export interface FieldError {
  /** The element's id. */
  field: string;
  text: string;
}

const MONTHS: Record<string, number> = { month: 1, quarter: 3, half: 6, year: 12 };

/** How many months a round has. */
export function monthsOf(every: string): number {
  return MONTHS[every] ?? 1;
}

/** What the form says, or everything that has to be put right first. */
export function readTask(m: Messages, draft: TaskDraft): { task: TaskSent | null; errors: FieldError[] } {
  const words = m.tasks.form;
  const errors: FieldError[] = [];
  const fail = (field: string, text: string) => errors.push({ field: `new-${field}`, text });
  const text = draft.text.trim();
  const source = draft.origin === 'meeting' ? draft.source.trim() : '';
  const due = draft.due.trim() === '' ? null : parseDay(draft.due);
  if (text === '') fail('text', words.needText);
  if (draft.origin === 'meeting' && source === '') fail('source', words.needMeeting);
  if (draft.lead === null) fail('lead', words.needLead);
  if (draft.due.trim() !== '' && due === null) fail('due', words.notDay(draft.due));
  const day = /^\d{1,2}$/.test(draft.day.trim()) ? Number(draft.day) : null;
  if (draft.every !== '' && (day === null || day < 1 || day > 31)) fail('day', words.notRoundDay(draft.day));
  if (errors.length > 0 || draft.lead === null) return { task: null, errors };
  const task: TaskSent = {
    text,
    origin: draft.origin,
    source: source === '' ? null : source,
    lead: draft.lead.id,
    coordinates: draft.coordinates.map((it) => it.id),
    due,
    product: draft.product.trim() === '' ? null : draft.product.trim(),
    recurrence: draft.every === '' ? null : `${draft.every}/day/${draft.month}/${day}`,
  };
  return { task, errors };
}
