/** A small form for tests: a total of two rows, a share, a column that is only shown, and one for notes. */

import type { FormView } from './form';

const both = (text: string) => ({ vi: text, en: text });
const nothing = { takes: 'nothing' };

function input(indicator: string, option: string | null, part: string | null = null) {
  return { takes: 'input', part, series: { indicator, option } };
}

function row(number: string, indicator: string | null, cells: object[], more: object = {}) {
  return { number, name: both(`Dòng ${number}`), indicator, measure: 'lớp', printed_measure: 'lớp', decimals: 0, is_off: false, cells, ...more };
}

/** Columns: 1 value, 2 and 3 the parts of a share, 4 notes, each a cell in every row. */
export function form(): FormView {
  const column = (number: string, shows: string) => ({ number, title: both(`Cột ${number}`), shows });
  const note = { takes: 'note' };
  return {
    pack: 'MAU',
    form: 'MAU-1',
    version: 1,
    name: both('Biểu mẫu'),
    unit: 1,
    unit_name: 'Xã mẫu',
    period: '2026-10',
    due_is_sure: true,
    state: 'open',
    moment: 0,
    columns: [column('1', 'value'), column('2', 'numerator'), column('3', 'denominator'), column('4', 'note')],
    rows: [
      row('1', 'A', [{ takes: 'sum', series: { indicator: 'A', option: null } }, nothing, nothing, note]),
      row('1.1', 'A', [input('A', 'x'), nothing, nothing, note]),
      row('1.2', 'A', [input('A', 'y'), nothing, nothing, note]),
      row('2', 'B', [{ takes: 'share', series: { indicator: 'B', option: null } }, input('B', null, 'numerator'), input('B', null, 'denominator'), note], { measure: '%' }),
    ],
  } as unknown as FormView;
}
