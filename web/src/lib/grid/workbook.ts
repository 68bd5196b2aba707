import type { FaultView, WorkbookView } from '$lib/api/entry';
import type { Plan } from './block';
import type { Cell, Sheet } from './form';
import { read } from './number';

/** A workbook held against a form. */
export interface Held {
  plan: Plan;
  /** What is wrong with the file as a whole: of another form, another period, no sheet of that kind. */
  faults: FaultView[];
  rowsNotThere: string[];
}

function isSame(cell: Cell, one: string, other: string): boolean {
  if (one === other || cell.isNote) return one === other;
  const [first, second] = [read(one, cell.field), read(other, cell.field)];
  if (first.is === 'number' && second.is === 'number') return first.value === second.value && first.qualifier === second.qualifier && first.status === second.status;
  return first.is === second.is && ['blank', 'nil', 'no_figure'].includes(first.is);
}

/** What a filled-in workbook would change: each cell as it is written there, also where it can't be read. */
export function fromWorkbook(sheet: Sheet, workbook: WorkbookView, textOf: (key: string) => string): Held {
  const plan: Plan = { changes: [], nSame: 0, nPassed: workbook.not_taken.length, nOutside: 0 };
  const formulas = new Set(workbook.findings.filter((it) => it.code === 'formula').map((it) => it.place.cell));
  for (const { row, column, text, place } of workbook.written) {
    const cell = sheet.byKey.get(`${row} (${column})`);
    if (!cell || !cell.isTyped || cell.isControl) {
      plan.nOutside += 1;
      continue;
    }
    // What a formula shows may be old, so it is no figure until somebody types it.
    const after = formulas.has(place.cell) ? `=${text}` : text;
    const before = textOf(cell.key);
    if (isSame(cell, before, after)) plan.nSame += 1;
    else plan.changes.push({ cell, before, after });
  }
  // What is wrong at a figure shows at its cell; the form and period of the file stand in cells of no figure.
  const faults = workbook.findings.filter((it) => it.severity === 'error' && (it.place.cell == null || it.place.indicator == null));
  return { plan, faults, rowsNotThere: workbook.rows_not_there };
}
