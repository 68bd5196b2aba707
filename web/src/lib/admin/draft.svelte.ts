import type { ChangeRequest, Target, Weight } from '$lib/api/admin';
import { parseDay } from '$lib/format/day';

export const VERBS = ['merge', 'split', 'rename', 'recode', 'dissolve', 'move'] as const;
export type Verb = (typeof VERBS)[number];

/** A unit that was chosen, with its name. */
export interface Chosen {
  id: number;
  name: string;
}

/** Where units go, as it is being typed. */
export class TargetDraft {
  isNew = $state(false);
  unit: Chosen | null = $state.raw(null);
  name = $state('');
  kind = $state('');
  code = $state('');

  /** As the server takes it; `null` if something is missing. */
  read(): Target | null {
    if (!this.isNew) return this.unit === null ? null : { unit: this.unit.id };
    if (this.name.trim() === '' || this.kind === '') return null;
    return { new: { name: this.name.trim(), kind: this.kind, code: this.code.trim() || null } };
  }
}

/** A part of a unit that is split, as it is being typed. */
export class PartDraft {
  target = new TargetDraft();
  area = $state('');
  population = $state('');
}

/** Which fields are wrong or missing; the texts are `messages.admin.changes.errors`. */
export interface Missing {
  field: string;
  error: 'day' | 'source' | 'units' | 'unit' | 'into' | 'name' | 'kind' | 'parts' | 'number';
}

/** A whole number with or without dots between thousands; `undefined` if it is none, `null` if nothing was typed. */
export function wholeNumber(typed: string): number | null | undefined {
  const text = typed.trim().replaceAll(/[. ]/g, '');
  if (text === '') return null;
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** A change as it is being typed. What may be done about units is the server's to say. */
export class Draft {
  verb: Verb = $state('merge');
  day = $state('');
  source = $state('');
  units: Chosen[] = $state.raw([]);
  unit: Chosen | null = $state.raw(null);
  into = new TargetDraft();
  parts = $state([new PartDraft(), new PartDraft()]);
  name = $state('');
  kind = $state('');
  code = $state('');
  line = $state<'state' | 'party' | 'military' | 'front'>('state');
  other: Chosen | null = $state.raw(null);
  weight: Weight = $state('population');

  /** The change, or what is missing. */
  read(): { change: ChangeRequest } | { missing: Missing[] } {
    const missing: Missing[] = [];
    const day = parseDay(this.day);
    if (day === null) missing.push({ field: 'change-day', error: 'day' });
    if (this.source.trim() === '') missing.push({ field: 'change-source', error: 'source' });
    const act = this.#act(missing);
    if (day === null || act === null || missing.length > 0) return { missing };
    return { change: { act, day, source: this.source.trim() } };
  }

  #act(missing: Missing[]): ChangeRequest['act'] | null {
    if (this.verb === 'merge') return this.#merge(missing);
    const unit = this.unit?.id;
    if (unit === undefined) {
      missing.push({ field: 'change-unit', error: 'unit' });
      return null;
    }
    switch (this.verb) {
      case 'split':
        return this.#split(unit, missing);
      case 'rename':
        if (this.name.trim() === '') missing.push({ field: 'change-name', error: 'name' });
        return { verb: 'rename', unit, name: this.name.trim(), kind: this.kind === '' ? null : this.kind };
      case 'recode':
        return { verb: 'recode', unit, code: this.code.trim() === '' ? null : this.code.trim() };
      default: {
        const other = this.other?.id;
        if (other === undefined) {
          missing.push({ field: 'change-other', error: 'into' });
          return null;
        }
        if (this.verb === 'dissolve') return { verb: 'dissolve', unit, into: other };
        return { verb: 'move', unit, line: this.line, parent: other };
      }
    }
  }

  #merge(missing: Missing[]): ChangeRequest['act'] | null {
    const into = this.into.read();
    const n = this.units.length + (this.into.unit !== null && !this.into.isNew ? 1 : 0);
    if (n < 2) missing.push({ field: 'change-units', error: 'units' });
    if (into === null) {
      const error = !this.into.isNew ? 'into' : this.into.kind === '' ? 'kind' : 'name';
      missing.push({ field: 'change-into', error });
      return null;
    }
    return { verb: 'merge', units: this.units.map((it) => it.id), into };
  }

  #split(unit: number, missing: Missing[]): ChangeRequest['act'] | null {
    const parts = this.parts.map((it) => ({
      into: it.target.read(),
      area: wholeNumber(it.area),
      population: wholeNumber(it.population),
    }));
    const whole = parts.flatMap(({ into, area, population }) =>
      into === null || area === undefined || population === undefined ? [] : [{ into, area, population }],
    );
    if (parts.some((it) => it.area === undefined || it.population === undefined)) {
      missing.push({ field: 'change-parts', error: 'number' });
    } else if (whole.length < parts.length || whole.length < 2) {
      missing.push({ field: 'change-parts', error: 'parts' });
    }
    return { verb: 'split', unit, parts: whole };
  }
}
