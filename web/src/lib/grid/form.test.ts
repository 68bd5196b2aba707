import { expect, test } from 'vitest';

import { Sheet, shownAs, shownFigure, typedFigure, unreadableIn, wrongWith } from './form';
import { read } from './number';
import { form } from './sample';

const whole = { decimals: 0, measure: 'lớp' };

function sheetWith(texts: Record<string, string>): [Sheet, (key: string) => string] {
  return [new Sheet(form()), (key) => texts[key] ?? ''];
}

test('a total is the sum of its rows, and nothing where nothing was typed', () => {
  const total = (texts: Record<string, string>) => {
    const [sheet, textOf] = sheetWith(texts);
    const cell = sheet.byKey.get('1 (1)');
    return cell && sheet.sum(cell, textOf);
  };
  expect(total({ '1.1 (1)': '1.200', '1.2 (1)': '34' })).toEqual({ text: '1.234', is: 'number' });
  expect(total({ '1.1 (1)': '5', '1.2 (1)': '-' })).toEqual({ text: '5', is: 'number' });
  expect(total({ '1.1 (1)': '-', '1.2 (1)': '-' })).toEqual({ text: '–', is: 'nil' });
  expect(total({})).toEqual({ text: '', is: 'blank' });
});

test('the control total of the paper is held against the sum', () => {
  const difference = (control: string) => {
    const [sheet, textOf] = sheetWith({ '1 (1)': control, '1.1 (1)': '10', '1.2 (1)': '20' });
    const cell = sheet.byKey.get('1 (1)');
    return cell && sheet.difference(cell, textOf);
  };
  expect(difference('30')).toBeNull();
  expect(difference('33')).toBe('3');
  expect(difference('12')).toBe('-18');
  expect(difference('')).toBeNull();
});

test('a share is worked out from its two parts', () => {
  const share = (texts: Record<string, string>) => {
    const [sheet, textOf] = sheetWith(texts);
    const cell = sheet.byKey.get('2 (1)');
    return cell && sheet.share(cell, textOf);
  };
  expect(share({ '2 (2)': '2', '2 (3)': '3' })).toBe('66,67');
  expect(share({ '2 (2)': '2' })).toBe('');
  expect(share({ '2 (2)': '0', '2 (3)': '0' })).toBe('');
});

test('the four kinds of empty look different', () => {
  expect(['', '0', '-', 'KCSL'].map((it) => shownAs(it, whole).text)).toEqual(['', '0', '–', '…']);
});

test('what can’t be read stays as it was typed', () => {
  expect(shownAs('mười hai', whole)).toEqual({ text: 'mười hai', is: 'not_a_number' });
  expect(shownAs('1,234', whole)).toEqual({ text: '1,234', is: 'ambiguous' });
});

test('a figure of the server is typed so that it is read back as the same', () => {
  for (const [value, decimals] of [['1234567', 0], ['-5', 0], ['1.234', 3], ['12.50', 2], ['0', 0]] as const) {
    const figure = { content: 'value', is_estimate: false, is_inexact: false, amount: { value, decimals } };
    const found = read(typedFigure(figure), { decimals, measure: '' });
    expect(found.is === 'number' && Number(found.value) / 10 ** decimals, value).toBe(Number(value));
  }
  const nil = { content: 'nil', is_estimate: false, is_inexact: false };
  expect([shownFigure(nil), typedFigure(nil)]).toEqual(['–', '-']);
});

test('keys go from cell to cell that takes something', () => {
  const [sheet, textOf] = sheetWith({ '1.1 (1)': '5' });
  const at = (key: string) => {
    const cell = sheet.byKey.get(key);
    if (!cell) throw new Error(key);
    return cell;
  };
  expect(sheet.firstEmpty(textOf)?.key).toBe('1.2 (1)');
  expect(sheet.below(at('1.1 (1)'))?.key).toBe('1.2 (1)');
  // From the foot of a column to the head of the next.
  expect(sheet.below(at('1.2 (1)'))?.key).toBe('2 (2)');
  expect(sheet.after(at('2 (2)'), 1)?.key).toBe('2 (3)');
  expect(sheet.next(at('2 (3)'), -1, 0)).toBeUndefined();
});

test('a control total that differs is told with the sum and by how much', () => {
  const told = (control: string) => {
    const [sheet, textOf] = sheetWith({ '1 (1)': control, '1.1 (1)': '2', '1.2 (1)': '3' });
    const cell = sheet.byKey.get('1 (1)');
    return cell && sheet.disagreement(cell, textOf);
  };
  expect(told('9')).toEqual(['9', '5', '4']);
  expect(told('1')).toEqual(['1', '5', '4']);
  expect(told('5')).toBeNull();
  expect(told('')).toBeNull();
});

test('what is left in a computed cell is wrong whatever it says, and a blank one is not', () => {
  const [sheet] = sheetWith({});
  const [share, part] = [sheet.byKey.get('2 (1)'), sheet.byKey.get('2 (2)')];
  if (!share || !part) throw new Error('no such cell');
  expect([share.isComputed, part.isComputed]).toEqual([true, false]);
  expect(['', '5', '33,333333'].map((it) => wrongWith(it, share))).toEqual([null, 'computed', 'computed']);
  expect(['', '5', 'mười'].map((it) => wrongWith(it, part))).toEqual([null, null, 'not_a_number']);
});

test('a fraction in a field of whole numbers is told so, and too long a one elsewhere', () => {
  expect(unreadableIn('1,5', whole)).toBe('whole_only');
  expect(unreadableIn('1,50055', { decimals: 2, measure: 'm' })).toBe('too_many_decimals');
  expect(unreadableIn('1,5', { decimals: 1, measure: 'm' })).toBeNull();
});

test('a share has before it what its parts had, or what is printed in the row', () => {
  const view = form();
  const before = { content: 'ratio', is_estimate: false, is_inexact: false, amount: { numerator: '4', denominator: '4', percent: '100.00', decimals: 0 } };
  const row = view.rows[3];
  if (!row?.cells[1]) throw new Error('no such row');
  const former = () => {
    const sheet = new Sheet(view);
    const cell = sheet.byKey.get('2 (1)');
    return cell && shownFigure(sheet.formerly(cell).before);
  };
  expect(former()).toBe('');
  row.cells[1].before = before as never;
  expect(former()).toBe('100,00');
});
