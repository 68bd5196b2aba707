/** Tasks, their follow-up, the book, coverage and missing documents. */
import { post, request } from './client';
import { postOnce } from './once';
import type { Bilingual } from './types';

export interface UnitName { id: number; name: string | null }
export interface TaskSource { id: number; kind: string; number: string | null; issued_on: string | null; title: string | null }

export interface TaskRow {
  id: number; version: number; text: string; label: string | null; origin: string; source: string | null;
  document: TaskSource | null; finding_id: number | null;
  giver: UnitName | null; lead: UnitName | null; coordinating: UnitName[]; addressed: UnitName[]; office: string | null;
  kind: string; due: string | null; first_due: string | null; recurrence: { rule: string } | null; product: string | null; note: string | null;
  stage: string; state: string; waits_for: string | null; percent: number; reply: string | null; asked_until: string | null; given_on: string;
  working_days_left: number | null; working_days_late: number | null;
  reminders: number; reminded_on: string | null;
}
export interface TaskStep { version: number; step: string; by: string; at: string; words: string | null; percent: number; due: string | null; until: string | null }
export interface Evidence { id: number; name: string; format: string; size: number; by: string; at: string }
export interface TaskDetail extends TaskRow {
  quote: string | null; parent: TaskRow | null; children: TaskRow[]; log: TaskStep[]; evidence: Evidence[]; allowed: string[];
}
export interface TaskList { items: TaskRow[]; total: number; page: number; page_size: number; counts: Record<string, number> }

export const tasksApi = {
  list: (search: string, signal?: AbortSignal) =>
    request<TaskList>(`/api/tasks${search === '' ? '' : `?${search}`}`, signal ? { signal } : {}),
  mine: (signal?: AbortSignal) => request<TaskList>('/api/tasks?mine=true&open=true&page_size=500', signal ? { signal } : {}),
  detail: (id: number, signal?: AbortSignal) => request<TaskDetail>(`/api/tasks/${id}`, signal ? { signal } : {}),
  step: (id: number, step: string, body: object) => post<TaskDetail>(`/api/tasks/${id}/${step}`, body),
  give: (task: TaskSent, key: string) => postOnce<TaskDetail>('/api/tasks', task, key),
  cascade: (id: number, body: { units: number[]; text: string; due: string | null }, key: string) =>
    postOnce<TaskRow[]>(`/api/tasks/${id}/cascade`, body, key),
  addEvidence: async (id: number, file: File) => {
    const form = new FormData();
    form.append('file', file, file.name);
    return request<Evidence>(`/api/tasks/${id}/evidence`, { method: 'POST', body: form });
  },
  /** The tasks that were read in a document, with the units that they mean. */
  propose: (documentId: number) => request<ProposalList>(`/api/documents/${documentId}/tasks`),
  /** Gives accepted tasks of a document in one go; the leads that a person chose stand in place of what is printed. */
  giveFrom: (document: number, items: readonly { finding: number; lead: number | null }[], key: string) =>
    postOnce<Given>('/api/tasks/from-findings', { document, items }, key),
  /** Letters to the lead units of tasks, or to units about all that they are late with. */
  remind: (about: { tasks: number[]; units: number[] }, key: string) => postOnce<Batch>('/api/followup/letters', about, key),
  late: (signal?: AbortSignal) => request<Late>('/api/followup/late', signal ? { signal } : {}),
  book: (year: string | null, signal?: AbortSignal) =>
    request<Book>(`/api/followup/book${ofYear(year)}`, signal ? { signal } : {}),
  coverage: (documentId: number, signal?: AbortSignal) =>
    request<Coverage>(`/api/documents/${documentId}/coverage`, signal ? { signal } : {}),
  missing: (year: string | null, signal?: AbortSignal) =>
    request<MissingList>(`/api/followup/missing${ofYear(year)}`, signal ? { signal } : {}),
};

export interface StepBody { words?: string; percent?: number; reply?: string; until?: string; lead?: number }
export interface TaskSent { text: string; origin: string; source: string | null; lead: number; coordinates: number[]; due: string | null; product: string | null; recurrence: string | null }
export interface Proposal {
  finding_id: number; state: string; text: string; label: string | null; task_id: number | null; is_clear: boolean;
  written: string[]; leads: UnitName[]; coordinating: UnitName[]; due: string | null; recurrence: string | null;
  open: { name: string; role: 'lead' | 'coordinate'; candidates: UnitName[] }[];
}
export interface Batch { id: number; letters: { id: number; unit: UnitName; words: string }[] }
export interface BookLine { task_id: number; arrival: string | null; document: string; text: string; unit: string | null; due: string | null; progress: string; state: string; reply: string | null; note: string | null }
export interface Book { items: BookLine[] }
export interface Coverage { document: TaskSource; items: { unit: UnitName; own: TaskSource | null }[] }
export interface MissingLine { code: string; name: Bilingual; unit: UnitName; due: string }
export interface MissingList { year: number; items: MissingLine[] }
export interface ProposalList { items: Proposal[] }
export interface Given { tasks: TaskRow[]; problems: Proposal[] }
export interface LateReport { form: string; form_name: Bilingual; period: string; kind: string; due: string | null; days_late: number }
export interface LateUnit { unit: UnitName; tasks: TaskRow[]; reports: LateReport[]; reminded_on: string | null }
export interface Late { today: string; n_tasks: number; n_reports: number; items: LateUnit[] }

function ofYear(year: string | null, more = ''): string {
  const search = [year === null ? '' : `year=${encodeURIComponent(year)}`, more].filter((it) => it !== '').join('&');
  return search === '' ? '' : `?${search}`;
}

/** Where all letters of a batch are fetched from, as one file. */
export function lettersAddress(batch: Batch): string {
  return `/api/followup/letters/${batch.id}`;
}

/** Where the book is fetched from as a workbook. */
export function bookAddress(year: string | null): string {
  return `/api/followup/book${ofYear(year, 'as=xlsx')}`;
}

export function evidenceAddress(evidence: number): string {
  return `/api/evidence/${evidence}`;
}

/** The deadlines as a calendar that other programs read. */
export const CALENDAR_ADDRESS = '/api/tasks.ics';
