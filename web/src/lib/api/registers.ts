/** What the registers ask of the API. */
import { post, request } from './client';
import { newKey } from './once';
import type { components } from './schema';

type Schemas = components['schemas'];
export type RegisterList = Schemas['RegisterList'];
export type RegisterView = Schemas['RegisterView'];
export type Register = Omit<Schemas['RegisterDetail'], 'fields'> & { fields: RegisterField[] };
export type RegisterField = Schemas['RegisterFieldView'];
export type Recounted = Schemas['RecountedView'];
export type EntryFile = Schemas['EntryFileView'];
export type EventReport = Schemas['EventReportView'];
export type EventReportList = Schemas['EventReportList'];
export type Fault = Schemas['FaultView'];
export type Attached = Schemas['AttachedView'];

/** What is written of an entry, by the codes of its fields. */
export type Shown = Record<string, string>;
/** What is kept in a field. */
export interface Kept {
  kind: string;
  value: unknown;
}
type WithFields<T> = Omit<T, 'fields' | 'shown'> & { fields: Record<string, Kept>; shown: Shown };
export type Entry = WithFields<Schemas['EntryView']>;
export type EntryVersion = Omit<Schemas['EntryVersionView'], 'shown'> & { shown: Shown };
export type EntryPage = Omit<Schemas['EntryPage'], 'items'> & { items: Entry[] };
export type EntryDetail = Entry & {
  pack: string;
  register: string;
  versions: EntryVersion[];
  files: EntryFile[];
  owed: EventReport[];
};
export type Noted = Schemas['NotedView'];
export interface Tried {
  shown: Shown;
  findings: Fault[];
}
export type SheetRow = Omit<Schemas['EntrySheetRowView'], 'shown'> & { shown: Shown };
export type Sheet = Omit<Schemas['EntrySheetView'], 'rows'> & { rows: SheetRow[] };

/** What is typed into a field: text, a choice, a list, a number of a unit or document, yes or no. */
export type Typed = string | number | boolean | (string | number)[] | null;
export type TypedFields = Record<string, Typed>;

const of = (code: string) => `/api/registers/${encodeURIComponent(code)}`;
const bytes = (file: Blob): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/octet-stream' },
  body: file,
});

/** Where a register is fetched from as a file. */
export const exportAddress = (code: string, search: string, format: 'xlsx' | 'csv') =>
  `${of(code)}/export?${search === '' ? '' : `${search}&`}format=${format}`;

/** Where the sheet to fill in is fetched from. */
export const sheetAddress = (code: string, unit: number | null) =>
  `${of(code)}/sheet${unit === null ? '' : `?unit=${unit}`}`;

export const fileAddress = (id: number) => `/api/entry-files/${id}`;

export const registersApi = {
  list: (year: number | null) => request<RegisterList>(`/api/registers${year === null ? '' : `?year=${year}`}`),
  register: (code: string) => request<Register>(of(code)),
  entries: (code: string, search: string, signal: AbortSignal) =>
    request<EntryPage>(`${of(code)}/entries${search === '' ? '' : `?${search}`}`, { signal }),
  owed: (code: string) => request<EventReportList>(`${of(code)}/owed`),
  entry: (id: number) => request<EntryDetail>(`/api/entries/${id}`),
  check: (code: string, unit: number, fields: TypedFields) =>
    post<Tried>(`${of(code)}/entries/check`, { unit, fields }),
  note: (code: string, unit: number, fields: TypedFields, key: string) =>
    request<Noted>(`${of(code)}/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ unit, fields }),
    }),
  correct: (id: number, version: number, unit: number, fields: TypedFields, reason: string) =>
    post<Noted>(`/api/entries/${id}/correct`, { version, unit, fields, reason }),
  withdraw: (id: number, version: number, reason: string) =>
    post<Noted>(`/api/entries/${id}/withdraw`, { version, reason }),
  attach: (id: number, file: File) =>
    request<Attached>(`/api/entries/${id}/files?name=${encodeURIComponent(file.name)}`, bytes(file)),
  withdrawFile: (id: number, reason: string) => post<EntryFile>(`/api/entry-files/${id}/withdraw`, { reason }),
  readSheet: (code: string, file: Blob, unit: number | null, save: boolean) => {
    const search = new URLSearchParams({ save: String(save) });
    if (unit !== null) search.set('unit', String(unit));
    return request<Sheet>(`${of(code)}/import?${search.toString()}`, bytes(file));
  },
};

export { newKey };
