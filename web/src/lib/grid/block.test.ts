import { expect, test } from 'vitest';

import { copyText, parseText, plan } from './block';
import { Sheet } from './form';
import { form } from './sample';

const blank = () => '';

test('a block of a spreadsheet is its rows and cells', () => {
  expect(parseText('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']]);
  expect(parseText('1.234,5\t\n\t-')).toEqual([['1.234,5', ''], ['', '-']]);
  expect(parseText('"dòng 1\nnối"\t"nói ""thật"""')).toEqual([['dòng 1\nnối', 'nói "thật"']]);
  expect(parseText('12')).toEqual([['12']]);
});

test('a copied block is pasted as it was', () => {
  const rows = [['1', '–'], ['', '2,5']];
  expect(parseText(copyText(rows))).toEqual(rows);
});

test('a paste changes only cells of its block that take something', () => {
  const sheet = new Sheet(form());
  const at = sheet.byKey.get('1.1 (1)');
  if (!at) throw new Error('no such cell');
  const found = plan(sheet, at, [['5', '6', '7', '8', '9'], ['1'], ['2']], blank);
  expect(found.changes.map(({ cell, after }) => [cell.key, after])).toEqual([['1.1 (1)', '5'], ['1.1 (4)', '8'], ['1.2 (1)', '1']]);
  // The column of the period before takes nothing, nor does the share; beyond the last column and row there is no form.
  expect([found.nPassed, found.nOutside, found.nSame]).toEqual([3, 1, 0]);
});

test('an empty cell of a block clears nothing, and what is the same already is no change', () => {
  const sheet = new Sheet(form());
  const at = sheet.byKey.get('1.1 (1)');
  if (!at) throw new Error('no such cell');
  const found = plan(sheet, at, [[''], ['7']], () => '7');
  expect(found.changes).toEqual([]);
  expect(found.nSame).toBe(1);
});
