/** What is typed into the form of an entry. */
import type { Entry, Register, RegisterField, Typed, TypedFields } from '$lib/api/registers';

/** What a kept field looks like when it is typed again: numbers and days as they are written, choices by their codes. */
function typedOf(field: RegisterField, entry: Entry): Typed {
  const kept = entry.fields[field.code];
  if (kept === undefined) return null;
  if (field.kind === 'number' || field.kind === 'day') return entry.shown[field.code] ?? null;
  return kept.value as Typed;
}

/** All fields of an entry as they are typed. */
export function typedEntry(register: Register, entry: Entry): TypedFields {
  return Object.fromEntries(register.fields.map((it) => [it.code, typedOf(it, entry)]));
}

/** What an address brings for a new entry: `set.incident=…`, by the kinds of the fields. */
export function typedAddress(register: Register, search: URLSearchParams): TypedFields {
  const typed: TypedFields = {};
  for (const field of register.fields) {
    const text = search.get(`set.${field.code}`);
    if (text === null) typed[field.code] = null;
    else if (field.kind === 'unit' || field.kind === 'document') typed[field.code] = /^\d+$/.test(text) ? Number(text) : null;
    else if (field.kind === 'yes_no') typed[field.code] = text === 'yes';
    else if (field.kind === 'units' || field.kind === 'choices') typed[field.code] = null;
    else typed[field.code] = text;
  }
  return typed;
}
