/** A form as a grid: which cells there are, what each takes, and what is worked out from what is typed. */

import type { components } from '$lib/api/schema';
import { fromPlain, percent, read, show, type Field, type Reading } from './number';

export type FormView = components['schemas']['FormView'];
export type FigureView = components['schemas']['FigureView'];
export type AmountView = components['schemas']['AmountView'];
type FormCell = components['schemas']['FormCell'];
type RowView = components['schemas']['RowView'];
type ColumnView = components['schemas']['ColumnView'];

/** What stands in a cell: as it was typed, with the reason given for it. */
export interface Entry {
  text: string;
  reason?: string;
}

/** A cell that something can be typed into, or that shows something worked out. */
export interface Cell {
  /** As the server names it: `2.1 (3)`. */
  key: string;
  /** Places in the grid, from 0. */
  y: number;
  x: number;
  row: RowView;
  column: ColumnView;
  shows: FormCell;
  field: Field;
  /** Takes a figure or words; a sum takes the control total of the paper form. */
  isTyped: boolean;
  isNote: boolean;
  isControl: boolean;
  /** Shows what the program works out or looks up: nothing is typed there. */
  isComputed: boolean;
}

/** What a cell shows: the text, and what kind of empty it is where there is no number. */
export interface Shown {
  text: string;
  is: Reading['is'] | 'words';
}

const NIL = '–';
const NO_FIGURE = '…';
const COMPUTED = new Set(['share', 'derived', 'given']);
const UNREADABLE = new Set(['ambiguous', 'not_a_number', 'too_many_decimals', 'number_too_large']);

/** Why a text is no figure of the field, as its message is called; `null` if it is one or blank. */
export function unreadableIn(text: string, field: Field): string | null {
  const { is } = read(text, field);
  if (is === 'too_many_decimals' && field.decimals === 0) return 'whole_only';
  return UNREADABLE.has(is) ? is : null;
}

/** What is wrong with the text of a cell, as far as the page sees it by itself. */
export function wrongWith(text: string, cell: Cell): string | null {
  // Older pages took keys there; what is left of that has to be seen to be removed.
  if (cell.isComputed) return text === '' ? null : 'computed';
  return cell.isNote || !cell.isTyped ? null : unreadableIn(text, cell.field);
}

/** A text as it stands in the cell once it was read; what can't be read stays as it was typed. */
export function shownAs(text: string, field: Field): Shown {
  const found = read(text, field);
  switch (found.is) {
    case 'blank':
      return { text: '', is: 'blank' };
    case 'nil':
      return { text: NIL, is: 'nil' };
    case 'no_figure':
      return { text: NO_FIGURE, is: 'no_figure' };
    case 'number': {
      const number = show(found.value, field.decimals);
      const about = found.qualifier === undefined && found.status === undefined ? '' : '≈ ';
      return { text: about + number, is: 'number' };
    }
    default:
      return { text, is: found.is };
  }
}

/** A number of the server as it is shown: `1.234,5`. */
export function shownAmount(amount: AmountView | null | undefined): string {
  if (!amount) return '';
  if (amount.percent != null) return amount.percent.replace('.', ',');
  const value = amount.value == null ? null : fromPlain(amount.value, amount.decimals);
  return value === null ? '' : show(value, amount.decimals);
}

/** A figure of the server as it is shown, in the part that a cell is for. */
export function shownFigure(figure: FigureView | null | undefined, part?: string | null): string {
  if (!figure) return '';
  if (figure.content === 'nil') return NIL;
  if (figure.content === 'no_figure') return NO_FIGURE;
  const { amount } = figure;
  const half = part === 'numerator' ? amount?.numerator : part === 'denominator' ? amount?.denominator : null;
  if (!amount || half == null) return shownAmount(amount);
  const value = fromPlain(half, amount.decimals);
  return value === null ? '' : show(value, amount.decimals);
}

/** A figure of the server as it would be typed into a cell; digits without points, for those have one reading. */
export function typedFigure(figure: FigureView | null | undefined, part?: string | null): string {
  const shown = shownFigure(figure, part);
  if (shown === NIL) return '-';
  if (shown === NO_FIGURE) return 'KCSL';
  const bare = shown.replaceAll('.', '');
  return /,\d{3}$/.test(bare) ? `${bare}0` : bare;
}

/** The cells of a form. */
export class Sheet {
  readonly view: FormView;
  readonly cells: Cell[][];
  readonly byKey = new Map<string, Cell>();
  /** The cells that figures and words are typed into, row by row. */
  readonly typed: Cell[];
  /** By indicator and column: the cells that a total is made of. */
  readonly #addends = new Map<string, Cell[]>();

  constructor(view: FormView) {
    this.view = view;
    this.cells = view.rows.map((row, y) => view.columns.map((column, x) => this.#cell(row, column, y, x)));
    this.typed = this.cells.flat().filter((it) => it.isTyped);
    for (const cell of this.cells.flat()) {
      if (!this.byKey.has(cell.key)) this.byKey.set(cell.key, cell);
      if (cell.shows.takes !== 'input' || !cell.shows.series?.option) continue;
      const of = `${cell.row.indicator} ${cell.column.number}`;
      this.#addends.set(of, [...(this.#addends.get(of) ?? []), cell]);
    }
  }

  #cell(row: RowView, column: ColumnView, y: number, x: number): Cell {
    const shows = row.cells[x] ?? { takes: 'nothing' };
    const isInput = shows.takes === 'input' && !row.is_off;
    // The parts of a share count things; the per cent sign belongs to the share.
    const measure = row.measure ?? '';
    return {
      key: `${row.number} (${column.number})`,
      y,
      x,
      row,
      column,
      shows: shows as FormCell,
      field: { decimals: row.decimals, measure },
      isTyped: isInput || shows.takes === 'note' || shows.takes === 'sum',
      isNote: shows.takes === 'note',
      isControl: shows.takes === 'sum',
      isComputed: COMPUTED.has(shows.takes),
    };
  }

  /** The cell at a place. */
  at(y: number, x: number): Cell | undefined {
    return this.cells[y]?.[x];
  }

  /** The first cell that a figure is typed into and that has none yet; or the first of all. */
  firstEmpty(textOf: (key: string) => string): Cell | undefined {
    const figures = this.typed.filter((it) => !it.isNote && !it.isControl);
    return figures.find((it) => textOf(it.key) === '') ?? figures[0];
  }

  /** The next cell in a direction that something is typed into; totals are passed over. */
  next(from: Cell, dy: number, dx: number): Cell | undefined {
    for (let [y, x] = [from.y + dy, from.x + dx]; ; [y, x] = [y + dy, x + dx]) {
      const cell = this.at(y, x);
      if (!cell) return undefined;
      if (cell.isTyped && !cell.isControl) return cell;
    }
  }

  /** Below it; at the end of a column the top of the next one. */
  below(from: Cell): Cell | undefined {
    const next = this.next(from, 1, 0);
    if (next) return next;
    for (let x = from.x + 1; x < this.view.columns.length; x += 1) {
      const top = this.cells.find((row) => row[x]?.isTyped && !row[x]?.isControl && !row[x]?.isNote)?.[x];
      if (top) return top;
    }
    return undefined;
  }

  /** To the right of it; at the end of a row the next row. */
  after(from: Cell, step: 1 | -1): Cell | undefined {
    const stops = this.typed.filter((it) => !it.isControl || it === from);
    return stops[stops.indexOf(from) + step];
  }

  /** The cells that a total is the sum of. */
  addends(cell: Cell): Cell[] {
    return this.#addends.get(`${cell.row.indicator} ${cell.column.number}`) ?? [];
  }

  /** The sum of what was typed; `null` if nothing was, or something of it can't be read. */
  sum(cell: Cell, textOf: (key: string) => string): Shown {
    let sum = 0n;
    const kinds = new Set<Reading['is']>();
    for (const it of this.addends(cell)) {
      const found = read(textOf(it.key), it.field);
      kinds.add(found.is);
      if (found.is === 'number') sum += found.value;
    }
    if (kinds.has('number')) return { text: show(sum, cell.field.decimals), is: 'number' };
    if (kinds.has('nil')) return { text: NIL, is: 'nil' };
    if (kinds.has('no_figure')) return { text: NO_FIGURE, is: 'no_figure' };
    return { text: '', is: 'blank' };
  }

  /** The difference between a control total and the sum; `null` if they agree or one of them is not there. */
  difference(cell: Cell, textOf: (key: string) => string): string | null {
    const control = read(textOf(cell.key), cell.field);
    const sum = read(this.sum(cell, textOf).text, cell.field);
    const value = (it: Reading) => (it.is === 'number' ? it.value : it.is === 'nil' ? 0n : null);
    const [typed, added] = [value(control), value(sum)];
    if (typed === null || added === null || typed === added) return null;
    return show(typed - added, cell.field.decimals);
  }

  /** The control total, the sum and by how much they differ, as they are shown; `null` as with `difference`. */
  disagreement(cell: Cell, textOf: (key: string) => string): [string, string, string] | null {
    const difference = this.difference(cell, textOf);
    if (difference === null) return null;
    return [shownAs(textOf(cell.key), cell.field).text, this.sum(cell, textOf).text, difference.replace('-', '')];
  }

  /** What stood in a cell before; of a share that is known by the cells of its parts, or by the column that prints it. */
  formerly(cell: Cell): Pick<FormCell, 'before' | 'year_before' | 'plan'> {
    const row = this.cells[cell.y] ?? [];
    const part = row.find((it) => it.shows.takes === 'input')?.shows;
    const printed = (what: string) => row.find((it) => it.shows.takes === 'given' && it.column.shows === what)?.shows;
    return {
      before: cell.shows.before ?? part?.before ?? printed('period_before')?.figure ?? null,
      year_before: cell.shows.year_before ?? part?.year_before ?? printed('year_before')?.figure ?? null,
      plan: cell.shows.plan ?? part?.plan ?? printed('plan')?.target ?? null,
    };
  }

  /** The share in percent of the two parts in its row. */
  share(cell: Cell, textOf: (key: string) => string): string {
    const part = (name: string) => {
      const found = this.cells[cell.y]?.find((it) => it.shows.part === name);
      const text = found && read(textOf(found.key), found.field);
      return text?.is === 'number' ? text.value : null;
    };
    const [numerator, denominator] = [part('numerator'), part('denominator')];
    return numerator === null || denominator === null ? '' : (percent(numerator, denominator) ?? '');
  }

  /** What stands in the cells by the figures in force, where nothing was typed. */
  inForce(): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const cell of this.typed) {
      const text = cell.isNote || cell.isControl ? '' : typedFigure(cell.shows.figure, cell.shows.part);
      if (text !== '') entries.set(cell.key, { text });
    }
    return entries;
  }
}
