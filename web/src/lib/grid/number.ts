/**
 * Numbers as Vietnamese clerks write them, read exactly or refused, never guessed: the same reading, text for text, as that of the
 * server (`crates/dondoc-exchange/src/number`), so that a clerk sees it also without network. `testdata/numbers` holds both to it.
 */

import { bare, isGap, syllable, trimGaps } from './letters';

/** The most digits of a number that is kept, decimals included. */
const MAX_DIGITS = 18;

/** The cell that a number is read for. */
export interface Field {
  /** Digits after the decimal mark; 0 takes whole numbers only. */
  decimals: number;
  /** The unit of measure, which may stand behind the number. */
  measure: string;
}

export type Qualifier = 'about' | 'at_least' | 'at_most' | 'vague';
export type Status = 'estimate' | 'final';

/** What a text means in a field. */
export type Reading =
  | { is: 'blank' | 'nil' | 'no_figure' }
  /** In the smallest unit of the field: with 2 decimals `150n` is 1,50. */
  | { is: 'number'; value: bigint; qualifier?: Qualifier; status?: Status }
  /** Either of two, as they are shown. */
  | { is: 'ambiguous'; one: string; other: string }
  | { is: 'not_a_number' | 'too_many_decimals' | 'number_too_large' };

/** A number, by its digits. */
interface Decimal {
  whole: string;
  fraction: string;
}

function hasFraction(number: Decimal): boolean {
  return /[1-9]/.test(number.fraction);
}

/** As Vietnamese write it: `1.234,5`. */
function shown({ whole, fraction }: Decimal): string {
  const digits = whole.replace(/^0+/, '') || '0';
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, '.');
  return fraction === '' ? grouped : `${grouped},${fraction}`;
}

/** Runs of digits with single marks between them. */
class Digits {
  readonly runs: string[];
  readonly marks: string[];

  private constructor(runs: string[], marks: string[]) {
    this.runs = runs;
    this.marks = marks;
  }

  static split(text: string): Digits | null {
    const [runs, marks]: [string[], string[]] = [[], []];
    let rest = text;
    for (;;) {
      const run = /^[0-9]+/.exec(rest)?.[0];
      if (run === undefined) return null;
      runs.push(run);
      const mark = rest.charAt(run.length);
      if (mark === '') return new Digits(runs, marks);
      marks.push(isGap(mark) ? ' ' : mark);
      rest = rest.slice(run.length + 1);
    }
  }

  /** The one or two numbers that these can be; a point alone is trusted as grouping where only whole numbers are taken. */
  read(takesDecimals: boolean): Decimal[] {
    const last = this.marks.at(-1);
    if (last === undefined) return [this.#grouped()];
    const before = this.marks.slice(0, -1);
    const isGrouped = this.marks.every((it) => it === last) && this.#groups(this.runs);
    const isDecimal = last !== ' ' && !before.includes(last) && this.#groups(this.runs.slice(0, -1));
    if (isGrouped && isDecimal) {
      return last === '.' && !takesDecimals ? [this.#grouped()] : [this.#grouped(), this.#decimal()];
    }
    if (isGrouped) return [this.#grouped()];
    if (!isDecimal) return [];
    const decimal = this.#decimal();
    if (last === '.' && !before.includes(',')) {
      return !takesDecimals && hasFraction(decimal) ? [decimal] : [decimal, this.#grouped()];
    }
    return [decimal];
  }

  #groups(runs: string[]): boolean {
    const [first, ...rest] = runs;
    if (first === undefined) return true;
    const between = this.marks.slice(0, rest.length);
    const leads = rest.length === 0 || (first.length <= 3 && !first.startsWith('0'));
    return between.every((it) => it === between[0]) && leads && rest.every((it) => it.length === 3);
  }

  #grouped(): Decimal {
    return { whole: this.runs.join(''), fraction: '' };
  }

  #decimal(): Decimal {
    return { whole: this.runs.slice(0, -1).join(''), fraction: this.runs.at(-1) ?? '' };
  }
}

/** The number times ten to the exponent, counted in the smallest unit of the field. */
function scaled(number: Decimal, decimals: number, exponent: number): Reading {
  const fraction = number.fraction.replace(/0+$/, '');
  let digits = (number.whole + fraction).replace(/^0+/, '');
  if (digits === '') return { is: 'number', value: 0n };
  const shift = exponent + decimals - fraction.length;
  if (shift > MAX_DIGITS) return { is: 'number_too_large' };
  if (shift >= 0) {
    digits += '0'.repeat(shift);
  } else {
    const zeros = digits.length - digits.replace(/0+$/, '').length;
    if (zeros < -shift) return { is: 'too_many_decimals' };
    digits = digits.slice(0, shift);
  }
  return digits.length > MAX_DIGITS ? { is: 'number_too_large' } : { is: 'number', value: BigInt(digits) };
}

function none(text: string): Reading | null {
  if (['-', '–', '—', '\u2212', 'x', 'X'].includes(text)) return { is: 'nil' };
  if (['…', '...'].includes(text)) return { is: 'no_figure' };
  if (/[0-9]/.test(text)) return null;
  const words = bare(text);
  if (['khong phat sinh', 'ko phat sinh', 'kps'].includes(words)) return { is: 'nil' };
  return ['khong co so lieu', 'chua co so lieu', 'kcsl'].includes(words) ? { is: 'no_figure' } : null;
}

const QUALIFIERS: [string, Qualifier][] = [
  ['khoảng', 'about'],
  ['gần', 'about'],
  ['trên', 'at_least'],
  ['hơn', 'at_least'],
  ['ít nhất', 'at_least'],
  ['tối thiểu', 'at_least'],
  ['dưới', 'at_most'],
  ['không quá', 'at_most'],
  ['tối đa', 'at_most'],
  ['cỡ', 'vague'],
  ['hàng', 'vague'],
];
const QUALIFIER_KEYS = QUALIFIERS.map(([words, it]) => [words.split(' ').map(syllable), it] as const);
const SIGNS: [string, Qualifier][] = [
  ['~', 'about'],
  ['≈', 'about'],
  ['≥', 'at_least'],
  ['>=', 'at_least'],
  ['≤', 'at_most'],
  ['<=', 'at_most'],
];
const STATUSES: [string[], Status][] = [
  [['ước'].map(syllable), 'estimate'],
  [['chính', 'thức'].map(syllable), 'final'],
];

function firstGap(text: string): number {
  for (let at = 0; at < text.length; at += 1) if (isGap(text.charAt(at))) return at;
  return -1;
}

function afterWords(text: string, words: readonly string[]): string | null {
  let rest = text;
  for (const word of words) {
    const end = firstGap(rest);
    if (end < 0 || syllable(rest.slice(0, end)) !== word) return null;
    rest = trimGaps(rest.slice(end), 'start');
  }
  return rest;
}

interface Said {
  qualifier?: Qualifier;
  status?: Status;
}

/** The words before a number, and the rest: a status, then a qualifier, each at most once. */
function prefixes(text: string): [Said, string] {
  const said: Said = {};
  let rest = text;
  for (const [words, status] of STATUSES) {
    const after = said.status === undefined ? afterWords(rest, words) : null;
    if (after === null) continue;
    said.status = status;
    rest = after;
  }
  for (const [words, qualifier] of QUALIFIER_KEYS) {
    const after = afterWords(rest, words);
    if (after !== null) return [{ ...said, qualifier }, after];
  }
  for (const [sign, qualifier] of SIGNS) {
    if (rest.startsWith(sign)) return [{ ...said, qualifier }, trimGaps(rest.slice(sign.length), 'start')];
  }
  return [said, rest];
}

const THOUSANDS = new Map(
  ([['nghìn', 3], ['ngàn', 3], ['triệu', 6], ['tỷ', 9], ['tỉ', 9]] as const).map(([word, power]) => [syllable(word), power]),
);

/** The power of ten that a text begins with (`nghìn tỷ` is 12), and what comes after it. */
function multiple(text: string): [number, string] {
  let rest = trimGaps(text, 'start');
  let exponent = 0;
  for (let n = 0; n < 2; n += 1) {
    const gap = firstGap(rest);
    const word = gap < 0 ? rest : rest.slice(0, gap);
    const power = /^\p{Alphabetic}*$/u.test(word) ? THOUSANDS.get(syllable(word)) : undefined;
    if (power === undefined) break;
    exponent += power;
    rest = trimGaps(rest.slice(word.length), 'start');
  }
  return [exponent, rest];
}

/** Whether two units of measure are the same one; signs such as `%` and `²` count. */
function same(one: string, other: string): boolean {
  const signs = (it: string) => [...it].filter((c) => !/\p{Alphabetic}/u.test(c) && !isGap(c)).join('');
  return one !== '' && bare(one) === bare(other) && signs(one) === signs(other);
}

/** The power of ten of what stands behind a number; `undefined` for a unit of measure or nothing, `null` for anything else. */
function tail(behind: string, measure: string): number | undefined | null {
  const text = trimGaps(behind);
  if (text === '' || same(text, measure)) return undefined;
  const [exponent, rest] = multiple(text);
  const [ofMeasure, unit] = multiple(measure);
  const fits = exponent !== 0 && measure.trim() !== '%' && (rest === '' || same(rest, unit));
  return fits ? exponent - ofMeasure : null;
}

function isPart(c: string): boolean {
  return /[0-9.,]/.test(c) || isGap(c);
}

/** What a text means in a field. */
export function read(typed: string, field: Field): Reading {
  const text = trimGaps(typed);
  if (text === '') return { is: 'blank' };
  const empty = none(text);
  if (empty) return empty;
  const [said, words] = prefixes(text);
  const isNegative = /^[-\u2212\u2013]/.test(words);
  const rest = isNegative || words.startsWith('+') ? words.slice(1) : words;
  if (!/^[0-9]/.test(rest)) return { is: 'not_a_number' };
  let end = 0;
  while (end < rest.length && isPart(rest.charAt(end))) end += 1;
  const digits = Digits.split(trimGaps(rest.slice(0, end), 'end'));
  const exponent = digits && tail(rest.slice(end), field.measure);
  if (digits === null || exponent === null) return { is: 'not_a_number' };
  const [one, other] = digits.read(field.decimals > 0 || exponent !== undefined);
  if (one === undefined) return { is: 'not_a_number' };
  const sign = isNegative ? '-' : '';
  if (other !== undefined) return { is: 'ambiguous', one: sign + shown(one), other: sign + shown(other) };
  const read = scaled(one, field.decimals, exponent ?? 0);
  return read.is === 'number' ? { ...said, is: 'number', value: isNegative ? -read.value : read.value } : read;
}

function parts(value: bigint, decimals: number): [string, string, string] {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return [value < 0n ? '-' : '', digits.slice(0, cut), digits.slice(cut)];
}

/** A number as it is shown: `1.234,50`. */
export function show(value: bigint, decimals: number): string {
  const [sign, whole, fraction] = parts(value, decimals);
  return sign + shown({ whole, fraction });
}

/** One of two readings, written so that it can be read in one way only: `1,234` as `1,2340`, `1.234` as `1234`. */
export function unambiguous(reading: string): string {
  const [whole = '', fraction] = reading.replaceAll('.', '').split(',');
  if (fraction === undefined) return whole;
  return fraction.length === 3 && whole.length <= 4 ? `${whole},${fraction}0` : `${whole},${fraction}`;
}

/** A number as machines write it (`-1234.50`), in the smallest unit of the field; `null` if it is none. */
export function fromPlain(text: string, decimals: number): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return null;
  const fraction = (found[3] ?? '').padEnd(decimals, '0');
  if (fraction.length > decimals && /[1-9]/.test(fraction.slice(decimals))) return null;
  const value = BigInt((found[2] ?? '') + fraction.slice(0, decimals));
  return found[1] === '-' ? -value : value;
}

/** A share in percent, rounded half away from zero to two digits, as it is shown; `null` of nothing. */
export function percent(numerator: bigint, denominator: bigint): string | null {
  if (denominator === 0n) return null;
  const isNegative = numerator < 0n !== denominator < 0n;
  const abs = (it: bigint) => (it < 0n ? -it : it);
  const [above, below] = [abs(numerator) * 10000n, abs(denominator)];
  const rounded = (above * 2n + below) / (below * 2n);
  return show(isNegative ? -rounded : rounded, 2);
}
