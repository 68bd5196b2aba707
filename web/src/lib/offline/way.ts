/** The way to the real server, in the terms of `deliver`. */

import { ApiProblem } from '$lib/api/client';
import { entryApi, type Asked, type FigureSent, type ReceiptView, type ReportDetail, type ReportSent } from '$lib/api/entry';
import { Failure, type Way } from './deliver';
import type { Cells, Entry, Note, Served } from './replica';

/** What it takes to speak of a form: which, and which of its cells are control totals. */
export interface Named {
  asked: Asked;
  formVersion: number;
  /** Keys of the cells that take control totals. */
  controls: string[];
}

const KEY = /^(.*) \(([^()]*)\)$/;

/** The cells of a form as they are sent. */
function figuresOf(cells: Cells, controls: readonly string[]): FigureSent[] {
  const isControl = new Set(controls);
  return Object.keys(cells)
    .sort()
    .map((key): FigureSent => {
      const { text, reason } = cells[key] as Entry;
      const [, row = '', column = ''] = KEY.exec(key) ?? [];
      return { row, column, value: text, ...(reason && { reason }), ...(isControl.has(key) && { control: true }) };
    });
}

/** The cells of what was sent before; `null` of a report that came otherwise: a workbook, a file. */
function cellsOf(content: unknown): Cells | null {
  if (!Array.isArray(content)) return null;
  const cells: Record<string, Entry> = {};
  for (const it of content as Partial<FigureSent>[]) {
    if (typeof it.row !== 'string' || typeof it.column !== 'string') return null;
    const text = it.value === undefined ? '' : String(it.value);
    if (text === '' && !it.reason) continue;
    cells[`${it.row} (${it.column})`] = { text, ...(it.reason && { reason: it.reason }) };
  }
  return cells;
}

/** A report as it is sent. */
export function reportOf({ asked, formVersion, controls }: Named, cells: Cells, seen?: number, notes: Note[] = []): ReportSent {
  return {
    ...asked,
    form_version: formVersion,
    figures: figuresOf(cells, controls),
    notes: notes.map((it) => ({ row: it.row ?? null, column: it.column ?? null, about: it.about ?? null, words: it.words })),
    ...(seen !== undefined && { seen }),
  };
}

/** A report as it stands on the server; `otherwise` are its cells where it was not typed. */
export function servedOf(detail: ReportDetail | null, otherwise: Cells): Served {
  if (!detail) return { version: 0, state: 'open', cells: otherwise };
  return { version: detail.version, state: detail.state, cells: cellsOf(detail.content) ?? otherwise };
}

/** What failed, in the terms of `deliver`. */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof ApiProblem)) return new Failure('refused', thrown);
  // Who was signed out, or whose page is locked, comes back: nothing was decided on what was typed.
  const passing = ['unreachable', 'unreadable_answer', 'timed_out', 'unsure', 'internal', 'not_signed_in'];
  if (passing.includes(thrown.code)) return new Failure('no_way', thrown);
  if (thrown.code === 'stale') return new Failure('stale', thrown);
  if (thrown.code === 'wrong_step') return new Failure('closed', thrown);
  return new Failure('refused', thrown);
}

async function asFailure<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

/** The way to the server for one form. `fetched` makes the cells of a report that was not typed. */
export function wayOf(named: Named, fetched: () => Promise<Served>): Way<ReceiptView> {
  return {
    look: () => asFailure(fetched()),
    save: ({ cells, seen }) => asFailure(entryApi.saveDraft(reportOf(named, cells, seen))),
    handIn: ({ key, cells, seen, notes }) => asFailure(entryApi.handIn(reportOf(named, cells, seen, notes), key)),
  };
}
