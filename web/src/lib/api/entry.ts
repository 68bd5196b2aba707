/** What the form grid asks of the API. */

import { readAnswer, request } from './client';
import type { components } from './schema';

export type FormView = components['schemas']['FormView'];
export type ReportView = components['schemas']['ReportView'];
export type ReportDetail = components['schemas']['ReportDetail'];
export type ReceiptView = components['schemas']['ReceiptView'];
export type TrialView = components['schemas']['TrialView'];
export type FaultView = components['schemas']['FaultView'];
export type NoteView = components['schemas']['NoteView'];
export type StepView = components['schemas']['StepView'];
export type WorkbookView = components['schemas']['WorkbookView'];
export type VersionView = components['schemas']['VersionView'];

/** Which form of whom and when. */
export interface Asked {
  form: string;
  unit: number;
  period: string;
  kind: 'final' | 'estimate';
}

/** A figure as it is typed. */
export interface FigureSent {
  row: string;
  column: string;
  value: string;
  reason?: string;
  control?: boolean;
}

export interface ReportSent extends Asked {
  form_version: number;
  figures: FigureSent[];
  notes?: { row: string | null; column: string | null; about: string | null; words: string }[];
  seen?: number;
}

function query({ unit, period, kind }: Asked): string {
  return new URLSearchParams({ unit: String(unit), period, kind }).toString();
}

function send<T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return request<T>(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Where the form as a workbook is fetched from. */
export function workbookAddress(asked: Asked): string {
  return `/api/forms/${encodeURIComponent(asked.form)}/workbook?${query(asked)}`;
}

export const entryApi = {
  form: (asked: Asked) => request<FormView>(`/api/forms/${encodeURIComponent(asked.form)}?${query(asked)}`),
  report: (id: number) => request<ReportDetail>(`/api/reports/${id}`),
  receipt: (id: number) => request<ReceiptView>(`/api/reports/${id}/receipt`),
  saveDraft: (report: ReportSent) => send<ReportView>('PUT', '/api/reports/draft', report),
  tryOut: (report: ReportSent) => send<TrialView>('POST', '/api/reports?dry_run=true', report),
  handIn: (report: ReportSent, key: string) =>
    send<ReceiptView>('POST', '/api/reports', report, { 'idempotency-key': key }),
  versions: (asked: Asked, indicator: string, option: string | null) => {
    const which = new URLSearchParams({ unit: String(asked.unit), period: asked.period, indicator });
    if (option !== null) which.set('option', option);
    return request<{ items: VersionView[] }>(`/api/figures/versions?${which.toString()}`);
  },
  readWorkbook: (asked: Asked, file: Blob) =>
    request<WorkbookView>(`/api/forms/workbook?form=${encodeURIComponent(asked.form)}&${query(asked)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    }),
};

export { readAnswer };
