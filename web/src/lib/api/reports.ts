/** Reports that are owed, handed in, returned, approved, locked and corrected. */
import { post, request } from './client';
import { postOnce } from './once';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Board = Schemas['BoardView'];
export type BoardForm = Schemas['BoardForm'];
export type BoardRow = Schemas['BoardRow'];
export type BoardCell = Schemas['BoardCell'];
export type Approval = Schemas['ApprovalView'];
export type Approved = Schemas['ApprovedList'];
export type Left = Schemas['LeftView'];
export type Summary = Schemas['ReportSummary'];
export type ReportDetail = Schemas['ReportDetail'];
export type Step = Schemas['StepView'];
export type Note = Schemas['NoteView'];
export type Form = Schemas['FormView'];
export type FormRow = Schemas['RowView'];
export type FormCell = Schemas['FormCell'];
export type Figure = Schemas['FigureView'];
export type Amount = Schemas['AmountView'];
export type Correction = Schemas['CorrectionView'];
export type Version = Schemas['VersionView'];

/** The steps that are taken from the page of a report. */
export type TakenStep = 'return' | 'approve' | 'lock' | 'unlock';

/** A figure as it should be, at its cell. */
export interface Mended {
  row: string;
  column: string;
  value: string;
}

function asked(path: string, values: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

export const reportsApi = {
  board: (period: string | null, signal?: AbortSignal) =>
    request<Board>(asked('/api/board', { period }), signal ? { signal } : {}),
  approvals: (signal?: AbortSignal) => request<{ items: Approval[] }>('/api/approvals', signal ? { signal } : {}),
  /** Approves what is clean of these; nothing at all asks only whether the second factor is needed. */
  approveClean: (reports: { id: number; version: number }[]) => post<Approved>('/api/reports/approve-clean', { reports }),
  report: (id: number) => request<ReportDetail>(`/api/reports/${id}`),
  summary: (id: number) => request<Summary>(`/api/reports/${id}/summary`),
  form: ({ form, unit, period, kind }: { form: string; unit: number; period: string; kind: string }) =>
    request<Form>(asked(`/api/forms/${encodeURIComponent(form)}`, { unit, period, kind })),
  step: (id: number, step: TakenStep, body: { version: number; reason?: string; notes?: Note[] }) =>
    post<unknown>(`/api/reports/${id}/${step}`, body),
  versions: (unit: number, period: string, indicator: string, option: string | null | undefined) =>
    request<{ items: Version[] }>(asked('/api/figures/versions', { unit, period, indicator, option })),
  corrections: (state: string, of: { unit?: number; period?: string } = {}, signal?: AbortSignal) =>
    request<{ items: Correction[] }>(asked('/api/corrections', { state, ...of }), signal ? { signal } : {}),
  correct: (body: { form: string; unit: number; period: string; figures: Mended[]; reason: string }, key: string) =>
    postOnce<Correction>('/api/corrections', body, key),
  decide: (id: number, verdict: 'accept' | 'refuse', reason: string) =>
    post<Correction>(`/api/corrections/${id}/${verdict}`, reason === '' ? {} : { reason }),
};
