/** Tasks, their follow-up, the book, coverage and missing documents. */
import { post, request } from './client';
import { postOnce } from './once';
import type { components } from './schema';
import type { Whole } from './whole';

type Schemas = components['schemas'];

export type TaskRow = Whole<Schemas['TaskView']>;
export type TaskDetail = Whole<Schemas['TaskDetail']>;
export type TaskPage = Whole<Schemas['TaskPage']>;
export type TaskSent = Schemas['TaskSent'];
export type Evidence = Whole<Schemas['EvidenceView']>;
export type Proposal = Whole<Schemas['ProposalView']>;
export type ProposalList = Whole<Schemas['ProposalList']>;
export type Given = Whole<Schemas['GivenView']>;
export type Batch = Whole<Schemas['LetterBatch']>;
export type Late = Whole<Schemas['LateView']>;
export type LateUnit = Whole<Schemas['LateUnit']>;
export type LateReport = Whole<Schemas['LateReport']>;
export type Book = Whole<Schemas['BookView']>;
export type Coverage = Whole<Schemas['CoverageView']>;
export type MissingList = Whole<Schemas['MissingList']>;

/** What is said with a step; which of these count depends on the step. */
export interface StepBody {
  /** What was done, or why. */
  words?: string;
  percent?: number;
  reply?: string;
  /** ISO day. */
  until?: string;
  lead?: number;
}

function init(signal?: AbortSignal): RequestInit {
  return signal ? { signal } : {};
}

function ofYear(year: string | null, more = ''): string {
  const search = [year === null ? '' : `year=${encodeURIComponent(year)}`, more].filter((it) => it !== '').join('&');
  return search === '' ? '' : `?${search}`;
}

export const tasksApi = {
  /** `search` as `formatTaskQuery` writes it. */
  list: (search: string, signal?: AbortSignal) =>
    request<TaskPage>(`/api/tasks${search === '' ? '' : `?${search}`}`, init(signal)),
  /** What waits for the units of the account. */
  mine: (signal?: AbortSignal) => request<TaskPage>('/api/tasks?mine=true&open=true&page_size=500', init(signal)),
  detail: (id: number, signal?: AbortSignal) => request<TaskDetail>(`/api/tasks/${id}`, init(signal)),
  step: (id: number, step: string, body: StepBody & { version: number }) =>
    post<TaskDetail>(`/api/tasks/${id}/${step}`, body),
  give: (task: TaskSent, key: string) => postOnce<TaskRow>('/api/tasks', task, key),
  cascade: (id: number, body: { units: number[]; text: string; due: string | null }, key: string) =>
    postOnce<TaskRow[]>(`/api/tasks/${id}/cascade`, body, key),
  addEvidence: (id: number, file: File) => {
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
  remind: (about: { tasks: number[]; units: number[] }, key: string) =>
    postOnce<Batch>('/api/followup/letters', about, key),
  late: (signal?: AbortSignal) => request<Late>('/api/followup/late', init(signal)),
  book: (year: string | null, signal?: AbortSignal) =>
    request<Book>(`/api/followup/book${ofYear(year)}`, init(signal)),
  coverage: (documentId: number, signal?: AbortSignal) =>
    request<Coverage>(`/api/documents/${documentId}/coverage`, init(signal)),
  missing: (year: string | null, signal?: AbortSignal) =>
    request<MissingList>(`/api/followup/missing${ofYear(year)}`, init(signal)),
};

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
