/** A finding's fields as a person types them, and back. */
import type { Bound, Citation, Figure, FindingType, FindingValues, Recurring, Task } from '$lib/api/types';
import { formatAmount, parseAmount } from '$lib/format/amount';
import { formatDay, formatPeriod, parseDay, parsePeriod } from '$lib/format/day';
import type { Messages } from '$lib/messages/vi';

/** The types of which a person may make findings. */
export type FormType = Exclude<FindingType, 'boilerplate'>;

export const FORM_TYPES: readonly FormType[] = ['task', 'citation', 'figure', 'abbreviation'];

/** Field name to what stands in the field. */
export type Draft = Record<string, string>;

export interface FieldError {
  field: string;
  text: string;
}

export type Outcome = { value: object; errors: [] } | { value: null; errors: FieldError[] };

/** What each form asks for, in this order; a list has one entry a line. */
export const FIELDS: Record<FormType, { name: string; as: 'text' | 'lines' | 'kind' | 'recurring' | 'bound' | 'check' }[]> = {
  task: [
    { name: 'lead', as: 'lines' },
    { name: 'coordinate', as: 'lines' },
    { name: 'recipients', as: 'lines' },
    { name: 'due', as: 'text' },
    { name: 'recurring', as: 'recurring' },
    { name: 'label', as: 'text' },
    { name: 'parent', as: 'text' },
  ],
  citation: [
    { name: 'kind', as: 'kind' },
    { name: 'number', as: 'text' },
    { name: 'date', as: 'text' },
    { name: 'issuer', as: 'text' },
    { name: 'name', as: 'text' },
  ],
  figure: [
    { name: 'value', as: 'text' },
    { name: 'value_to', as: 'text' },
    { name: 'unit', as: 'text' },
    { name: 'bound', as: 'bound' },
    { name: 'subject', as: 'text' },
    { name: 'period', as: 'text' },
    { name: 'place', as: 'text' },
    { name: 'negative', as: 'check' },
  ],
  abbreviation: [
    { name: 'short', as: 'text' },
    { name: 'long', as: 'text' },
  ],
};

/** The name of a field on the screen. */
export function fieldName(m: Messages, field: string): string {
  const names: Record<string, string> = {
    label: m.finding.label,
    parent: m.finding.parent,
    lead: m.finding.lead,
    coordinate: m.finding.coordinate,
    recipients: m.finding.recipients,
    due: m.finding.due,
    recurring: m.finding.recurring,
    kind: m.finding.kind,
    number: m.finding.number,
    date: m.finding.date,
    issuer: m.finding.issuer,
    name: m.finding.name,
    value: m.finding.value,
    value_to: m.finding.valueTo,
    unit: m.finding.unit,
    bound: m.finding.bound,
    subject: m.finding.subject,
    period: m.finding.period,
    place: m.finding.place,
    negative: m.finding.negative,
    short: m.finding.short,
    long: m.finding.long,
  };
  return names[field] ?? field;
}

/** The fields filled with what the finding says now. */
export function toDraft(type: FormType, value: FindingValues[FormType]): Draft {
  const shown = (field: string, it: unknown): string => {
    if (it === null || it === undefined || it === false) return '';
    if (it === true) return 'yes';
    if (Array.isArray(it)) return it.join('\n');
    if (typeof it === 'number') return formatAmount(it);
    if (field === 'date') return formatDay(String(it));
    return field === 'due' || field === 'period' ? formatPeriod(String(it)) : String(it);
  };
  const entries = Object.entries(value);
  return Object.fromEntries(FIELDS[type].map(({ name }) => [name, shown(name, entries.find(([key]) => key === name)?.[1])]));
}

/** An empty form; the words that were selected stand where they most likely belong. */
export function emptyDraft(type: FormType, words: string): Draft {
  const draft = Object.fromEntries(FIELDS[type].map(({ name }) => [name, '']));
  const flat = words.replace(/\s+/gu, ' ').trim();
  if (type === 'figure') {
    const [, value = '', unit = ''] = /^\D*([\d.,]*\d)\s*(.*)$/u.exec(flat) ?? [];
    return { ...draft, bound: 'exact', value, unit: unit.toLowerCase() };
  }
  if (type === 'abbreviation') {
    const [, long = '', short = ''] = /^(.*?)\s*\((.*)\)$/u.exec(flat) ?? ['', flat];
    return { ...draft, long, short };
  }
  if (type === 'citation') {
    const [number = ''] = /\d+[\p{L}\d/.-]*[/-][\p{L}\d-]+[\p{L}\d/-]*/u.exec(flat) ?? [];
    return { ...draft, kind: 'KH', number, name: number === '' ? flat : '' };
  }
  return draft;
}

/** Reads one form; every error, not the first. */
class Reader {
  readonly errors: FieldError[] = [];
  readonly #m: Messages;
  readonly #draft: Draft;

  constructor(m: Messages, draft: Draft) {
    this.#m = m;
    this.#draft = draft;
  }

  text(field: string): string | null {
    const typed = (this.#draft[field] ?? '').trim();
    return typed === '' ? null : typed;
  }

  lines(field: string): string[] {
    const typed = this.#draft[field] ?? '';
    return typed.split('\n').map((it) => it.trim()).filter((it) => it !== '');
  }

  required(field: string): string {
    const typed = this.text(field);
    if (typed === null) this.fail(field, this.#m.form.required(fieldName(this.#m, field)));
    return typed ?? '';
  }

  number(field: string): number | null {
    return this.#parsed(field, parseAmount, this.#m.form.notNumber);
  }

  day(field: string): string | null {
    return this.#parsed(field, parseDay, this.#m.form.notDay);
  }

  period(field: string): string | null {
    return this.#parsed(field, parsePeriod, this.#m.form.notPeriod);
  }

  fail(field: string, text: string): void {
    this.errors.push({ field, text });
  }

  #parsed<T>(field: string, parse: (typed: string) => T | null, complain: (field: string, typed: string) => string) {
    const typed = this.text(field);
    const value = typed === null ? null : parse(typed);
    if (typed !== null && value === null) this.fail(field, complain(fieldName(this.#m, field), typed));
    return value;
  }
}

function task(read: Reader): Task {
  return {
    label: read.text('label'),
    parent: read.text('parent'),
    lead: read.lines('lead'),
    coordinate: read.lines('coordinate'),
    recipients: read.lines('recipients'),
    due: read.period('due'),
    recurring: read.text('recurring') as Recurring | null,
  };
}

function citation(m: Messages, read: Reader): Citation {
  const value = {
    kind: read.required('kind'),
    number: read.text('number'),
    date: read.day('date'),
    issuer: read.text('issuer'),
    name: read.text('name'),
  };
  if (value.number === null && value.name === null) read.fail('number', m.form.oneOf(m.finding.number, m.finding.name));
  return value;
}

function figure(read: Reader): Figure {
  if (read.text('value') === null) read.required('value');
  return {
    value: read.number('value') ?? 0,
    value_to: read.number('value_to'),
    unit: read.required('unit'),
    subject: read.text('subject'),
    bound: (read.text('bound') ?? 'exact') as Bound,
    period: read.period('period'),
    place: read.text('place'),
    negative: read.text('negative') !== null,
  };
}

/** What the form says, or everything that has to be put right first. */
export function fromDraft(m: Messages, type: FormType, draft: Draft): Outcome {
  const read = new Reader(m, draft);
  const values = {
    task: () => task(read),
    citation: () => citation(m, read),
    figure: () => figure(read),
    abbreviation: () => ({ short: read.required('short'), long: read.required('long') }),
  };
  const value = values[type]();
  return read.errors.length === 0 ? { value, errors: [] } : { value: null, errors: read.errors };
}
