/** What the list of tasks is narrowed to, as the address bar and the API write it. */

export interface TaskQuery {
  words: string;
  /** Code of a state, or nothing. */
  state: string;
  /** Only tasks that are late. */
  late: boolean;
  /** Only tasks of the account's own units. */
  mine: boolean;
  /** Unit that leads. */
  lead: number | null;
  /** Unit that leads or takes part. */
  unit: number | null;
  /** Document that the tasks come from. */
  document: number | null;
  /** ISO days, both included. */
  due_from: string;
  due_to: string;
  page: number;
}

export const EVERY_TASK: TaskQuery = {
  words: '',
  state: '',
  late: false,
  mine: false,
  lead: null,
  unit: null,
  document: null,
  due_from: '',
  due_to: '',
  page: 1,
};

const STATES = ['not_started', 'in_progress', 'overdue', 'returned', 'done_on_time', 'done_late', 'cancelled'];

function whole(text: string | null): number | null {
  const n = text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
  return n;
}

function day(text: string | null): string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
}

/** Reads an address; what nobody offers is not narrowed by. */
export function parseTaskQuery(search: string): TaskQuery {
  const asked = new URLSearchParams(search);
  const state = asked.get('state') ?? '';
  return {
    words: asked.get('words') ?? '',
    state: STATES.includes(state) ? state : '',
    late: asked.get('late') === 'true',
    mine: asked.get('mine') === 'true',
    lead: whole(asked.get('lead')),
    unit: whole(asked.get('unit')),
    document: whole(asked.get('document')),
    due_from: day(asked.get('due_from')),
    due_to: day(asked.get('due_to')),
    page: whole(asked.get('page')) ?? 1,
  };
}

/** The query as text, without what narrows nothing: `late=true&lead=44`. */
export function formatTaskQuery(query: TaskQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const isDefault = value === '' || value === null || value === false || (name === 'page' && value === 1);
    if (!isDefault) search.set(name, String(value));
  }
  return search.toString();
}

/** The address of the list narrowed so. */
export function listAddress(change: Partial<TaskQuery>, from: TaskQuery = EVERY_TASK): string {
  const search = formatTaskQuery({ ...from, page: 1, ...change });
  return search === '' ? '/tasks' : `/tasks?${search}`;
}
