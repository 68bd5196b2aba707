import { expect, test } from 'vitest';

import { findWords, keepEqual, layer, trimSpan, type Layer } from './layers';

function one(id: number, type: Layer['type'], start: number, end: number, state: Layer['state'] = 'suggested'): Layer {
  return { id, type, state, utf16: [start, end] };
}

/** `text[ids]look` of each piece, in order. */
function drawn(text: string, layers: Layer[]): string[] {
  return layer(text, layers).flatMap((it) => it.pieces.map((p) => `${p.text}[${p.ids.join(' ')}]${p.look}`));
}

test('a text without findings is one piece', () => {
  expect(drawn('abc', [])).toEqual(['abc[]']);
  expect(layer('', [])).toEqual([]);
});

test('a finding inside another lies over it', () => {
  expect(drawn('0123456789', [one(2, 'figure', 3, 5, 'accepted'), one(1, 'task', 1, 8)])).toEqual([
    '0[]',
    '12[1]task undecided',
    '34[1 2]task figure decided',
    '567[1]task undecided',
    '89[]',
  ]);
});

test('findings that overlap are both there where they overlap', () => {
  expect(drawn('0123456', [one(1, 'task', 0, 4), one(2, 'citation', 2, 7)])).toEqual([
    '01[1]task undecided',
    '23[2 1]citation task undecided',
    '456[2]citation undecided',
  ]);
});

test('a rejected finding can be pointed at but is not coloured', () => {
  expect(drawn('abc', [one(1, 'figure', 0, 3, 'rejected')])).toEqual(['abc[1]']);
});

test('a span that reaches past the text is cut, an empty one left out', () => {
  expect(drawn('abc', [one(1, 'task', 1, 99), one(2, 'figure', 2, 2)])).toEqual(['a[]', 'bc[1]task undecided']);
});

test('offsets count UTF-16 units, so a sign outside the first plane takes two', () => {
  expect(drawn('𝐀b', [one(1, 'figure', 2, 3)])).toEqual(['𝐀[]', 'b[1]figure undecided']);
});

test('blocks end at line ends, and together they are the whole text', () => {
  const text = `${'x'.repeat(700)}\n`.repeat(10);
  const blocks = layer(text, [one(1, 'task', 100, 5000), one(2, 'citation', 1402, 1403)]);
  expect(blocks.length).toBeGreaterThan(2);
  expect(blocks.flatMap((it) => it.pieces.map((p) => p.text)).join('')).toBe(text);
  for (const block of blocks) expect(block.pieces.at(-1)?.text.endsWith('\n')).toBe(true);
});

test('every piece says where it begins', () => {
  const text = 'một hai\nba bốn';
  const pieces = layer(text, [one(1, 'figure', 4, 7), one(2, 'task', 0, 10)]).flatMap((it) => it.pieces);
  for (const piece of pieces) expect(text.slice(piece.start, piece.start + piece.text.length)).toBe(piece.text);
});

test('only the blocks that look different are made anew', () => {
  const text = `${'x'.repeat(1600)}\n`.repeat(3);
  const before = layer(text, [one(1, 'task', 10, 20), one(2, 'task', 2000, 2010)]);
  const now = keepEqual(before, layer(text, [one(1, 'task', 10, 20), one(2, 'task', 2000, 2010, 'accepted')]));
  expect(now[0]).toBe(before[0]);
  expect(now[1]).not.toBe(before[1]);
  expect(now[2]).toBe(before[2]);
});

test('words are found after the place asked for, over line breaks, else from the start', () => {
  const text = 'Giao Sở Y tế.\nSở  Y\ntế báo cáo (hạn 5.0).';
  expect(findWords(text, 'sở y tế', 0)).toEqual([5, 12]);
  expect(findWords(text, 'sở y tế', 6)).toEqual([14, 22]);
  expect(findWords(text, 'sở y tế', 20)).toEqual([5, 12]);
  expect(findWords(text, '(hạn 5.0)', 0)).toEqual([31, 40]);
  expect(findWords(text, 'hạn 5x0', 0)).toBeNull();
  expect(findWords(text, '  ', 0)).toBeNull();
});

test('a selection loses the white space around it', () => {
  expect(trimSpan('a  bc \n', [1, 7])).toEqual([3, 5]);
  expect(trimSpan('a  b', [1, 3])).toBeNull();
});
