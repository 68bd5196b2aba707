import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { fromPlain, percent, read, show, unambiguous, type Field, type Reading } from './number';

interface Case {
  text: string;
  decimals?: number;
  measure?: string;
  is: string;
  value?: string;
  readings?: [string, string];
  qualifier?: string;
  status?: string;
}

const file = new URL('../../../../testdata/numbers/readings.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  cases: Case[];
  generated: { seed: number; count: number; sha256: string };
};

test('every text of the shared cases has the reading that stands beside it', () => {
  expect(vectors.cases.length).toBeGreaterThan(80);
  for (const it of vectors.cases) {
    const found = read(it.text, { decimals: it.decimals ?? 0, measure: it.measure ?? '' });
    expect(found.is, it.text).toBe(it.is);
    if (found.is === 'number') {
      expect(String(found.value), it.text).toBe(it.value);
      expect(found.qualifier, it.text).toBe(it.qualifier);
      expect(found.status, it.text).toBe(it.status);
    }
    if (found.is === 'ambiguous') expect([found.one, found.other].sort(), it.text).toEqual([...(it.readings ?? [])].sort());
  }
});

/** The same pseudorandom numbers as in `crates/dondoc-exchange/tests/numbers.rs`. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(n: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state % n;
  }

  of(among: readonly string[]): string {
    return among[this.below(among.length)] ?? '';
  }
}

const HANDS = [['.', ','], ['\u00a0', ','], [' ', ','], [',', '.'], ['', ','], ['', '.']] as const;
const MEASURES = ['', 'lớp', '%', 'triệu đồng', 'tỷ đồng'];
const BEFORE = ['', '', '', '', ' ', '-', '\u2212', 'khoảng ', 'ước ', 'trên ', '≥', '~ ', 'không quá ', 'chính thức '];
const BEHIND = ['', '', '', '', ' ', ' lớp', '%', ' %', ' triệu', ' nghìn', ' tỷ đồng', ' nghìn tỷ', ' người'];
const PIECES = ['0', '1', '12', '123', '234', '007', '5', '000', '.', ',', ' ', '-', '–', 'x', 'KPS', '…', '%', 'triệu', 'tỷ', 'ước ', 'khoảng ', '\u00a0', 'a', '(', ')', '/', 'không phát sinh', 'KCSL', '+', 'đồng'];

interface Made {
  text: string;
  field: Field;
  /** The number that was written, where one was. */
  meant: bigint | null;
}

function written(value: number, decimals: number, [group, mark]: readonly [string, string]): string {
  const digits = String(value).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, group);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : whole + mark + fraction;
}

function make(dice: Dice): Made {
  const decimals = dice.below(5);
  const field = { decimals, measure: dice.of(MEASURES) };
  if (dice.below(3) === 0) {
    const n = 1 + dice.below(6);
    let text = '';
    for (let at = 0; at < n; at += 1) text += dice.of(PIECES);
    return { text, field, meant: null };
  }
  const size = 10 ** (1 + dice.below(9));
  const value = dice.below(size);
  const hand = HANDS[dice.below(HANDS.length)] ?? HANDS[0];
  const [before, behind] = [dice.of(BEFORE), dice.of(BEHIND)];
  const isPlain = behind.trim() === '' || behind.trim() === field.measure;
  const sign = before === '-' || before === '\u2212' ? -1n : 1n;
  return { text: before + written(value, decimals, hand) + behind, field, meant: isPlain ? sign * BigInt(value) : null };
}

function line({ text, field }: Made, found: Reading): string {
  const said =
    found.is === 'number'
      ? `${found.value} ${found.qualifier ?? '-'} ${found.status ?? '-'}`
      : found.is === 'ambiguous'
        ? `${found.one} | ${found.other}`
        : '';
  return `${text}\t${field.decimals}\t${field.measure}\t${found.is} ${said}\n`;
}

test('a hundred thousand texts are read as the server reads them, and none as another number in silence', () => {
  const { seed, count, sha256 } = vectors.generated;
  const dice = new Dice(seed);
  const digest = createHash('sha256');
  const wrong: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const made = make(dice);
    const found = read(made.text, made.field);
    digest.update(line(made, found));
    if (made.meant !== null && found.is === 'number' && found.value !== made.meant) wrong.push(line(made, found));
  }
  expect(wrong).toEqual([]);
  expect(count).toBe(100_000);
  expect(digest.digest('hex')).toBe(sha256);
}, 120_000);

test('a reading that was chosen has one reading', () => {
  for (const [reading, decimals] of [['1,234', 3], ['1.234', 3], ['-1,5', 1], ['15', 1], ['1.234,567', 3], ['-1.234', 2]] as const) {
    const found = read(unambiguous(reading), { decimals, measure: '' });
    expect(found.is === 'number' && show(found.value, decimals).replace(/,?0+$/, ''), reading).toBe(reading.replace(/,?0+$/, ''));
  }
});

test('numbers of the server and shares are shown the Vietnamese way', () => {
  expect(fromPlain('-1234.50', 2)).toBe(-123450n);
  expect(show(-123450n, 2)).toBe('-1.234,50');
  expect(percent(2n, 3n)).toBe('66,67');
  expect(percent(1n, 8n)).toBe('12,50');
  expect(percent(1n, 0n)).toBeNull();
});
