/** Blocks of cells that are pasted: from Excel, a table of Word, or plain text. */

import type { Cell, Sheet } from './form';

/** A cell that a paste would change. */
export interface Change {
  cell: Cell;
  before: string;
  after: string;
}

/** What a paste would do. */
export interface Plan {
  changes: Change[];
  /** Cells of the block that already say the same. */
  nSame: number;
  /** Values that fall on cells that take none: totals, headings, cells that are only shown. */
  nPassed: number;
  /** Values beyond the edge of the form. */
  nOutside: number;
}

/** Rows of cells of a text: tabs between cells, as spreadsheets copy; quotes around what has line breaks. */
export function parseText(text: string): string[][] {
  const rows: string[][] = [[]];
  let [cell, isQuoted] = ['', false];
  const end = () => (rows.at(-1)?.push(cell.trim()), (cell = ''));
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text.charAt(at + 1) === '"') [cell, at] = [`${cell}"`, at + 1];
      else isQuoted = false;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === '\t') end();
    else if (c === '\n') [end(), rows.push([])];
    else if (c !== '\r') cell += c;
  }
  end();
  while (rows.length > 1 && rows.at(-1)?.every((it) => it === '')) rows.pop();
  return rows;
}

/** Rows of cells of copied HTML, with cells that span others; `null` if there is no table in it. */
export function parseHtml(html: string): string[][] | null {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (!table) return null;
  const rows: string[][] = [];
  for (const [y, tr] of [...table.rows].entries()) {
    const row = (rows[y] ??= []);
    let x = 0;
    for (const td of tr.cells) {
      while (row[x] !== undefined) x += 1;
      const text = (td.textContent ?? '').replace(/\s+/g, ' ').trim();
      for (let dy = 0; dy < Math.min(td.rowSpan || 1, 500); dy += 1) {
        for (let dx = 0; dx < Math.min(td.colSpan || 1, 100); dx += 1) {
          (rows[y + dy] ??= [])[x + dx] = dy === 0 && dx === 0 ? text : '';
        }
      }
    }
  }
  return rows.slice(0, table.rows.length).map((row) => Array.from(row, (it) => it ?? ''));
}

/** What a paste of a block at a cell would do; an empty cell of the block clears nothing. */
export function plan(sheet: Sheet, at: Cell, block: string[][], textOf: (key: string) => string): Plan {
  const found: Plan = { changes: [], nSame: 0, nPassed: 0, nOutside: 0 };
  for (const [dy, row] of block.entries()) {
    for (const [dx, after] of row.entries()) {
      if (after === '') continue;
      const cell = sheet.at(at.y + dy, at.x + dx);
      if (!cell) found.nOutside += 1;
      else if (!cell.isTyped || cell.isControl) found.nPassed += 1;
      else {
        const before = textOf(cell.key);
        if (before === after) found.nSame += 1;
        else found.changes.push({ cell, before, after });
      }
    }
  }
  return found;
}

/** The block as text that spreadsheets take. */
export function copyText(rows: string[][]): string {
  return rows.map((row) => row.map((it) => it.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}
