/** How what stands in an entry is said on the screen. */
import { formatAmount } from '$lib/format/amount';
import { periodName, wordsOf } from '$lib/format/period';
import type { EventReport, Recounted, RegisterField, Shown } from '$lib/api/registers';
import type { vi } from '$lib/messages/vi';

type Words = typeof vi;

/** What stands in a field: options by their names in the reader's language, everything else as the server writes it. */
export function fieldText(m: Words, field: RegisterField, shown: Shown, kept: unknown): string {
  const text = shown[field.code] ?? '';
  if (text === '') return '';
  if (field.kind === 'yes_no') return kept === false ? m.registers.notYes : m.registers.yes;
  const named = (code: unknown) => field.options.find((it) => it.code === code)?.name[m.code] ?? String(code);
  if (field.kind === 'choice') return named(kept);
  if (field.kind === 'choices' && Array.isArray(kept)) return kept.map(named).join('; ');
  return text;
}

/** A field's name with its unit of measure. */
export function fieldName(m: Words, field: RegisterField): string {
  return field.measure === null || field.measure === undefined ? field.name[m.code] : `${field.name[m.code]} (${field.measure})`;
}

/** `2026-09-08T14:00:00` as 14 giờ ngày 08/09/2026. */
export function momentText(m: Words, moment: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2})/.exec(moment);
  return parts ? m.registers.moment(parts[4] ?? '', `${parts[3]}/${parts[2]}/${parts[1]}`) : moment;
}

/** The weekday before a day that was read: `Chủ nhật, 05/07/2026`. */
export function dayText(m: Words, day: string): string {
  const parts = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(day);
  if (!parts) return day;
  const at = new Date(Date.UTC(Number(parts[3]), Number(parts[2]) - 1, Number(parts[1])));
  const weekday = at.toLocaleDateString(m.code === 'vi' ? 'vi-VN' : 'en-GB', { weekday: 'long', timeZone: 'UTC' });
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}, ${day}`;
}

/** A figure that is another one now, or stays though the register has another one, in one sentence. */
export function effectText(m: Words, it: Recounted): string {
  const option = it.option_name ? ` – ${it.option_name[m.code]}` : '';
  const said = (content: Recounted['before']) =>
    content.kind === 'none' ? null : content.kind === 'nil' ? m.registers.nilBefore : (content.text ?? null);
  const period = periodName(it.period, wordsOf(m.code));
  const name = `${it.name[m.code]}${option}, ${it.unit_name}, ${period}`;
  if (it.held_by) return m.registers.held(name, it.measure, it.held_by, said(it.before) ?? '', said(it.after));
  return m.registers.effect(name, it.measure, it.direction, said(it.before), said(it.after));
}

/** The latest period of each figure, and how many others changed with it. */
export function latestEffects(all: Recounted[]): { it: Recounted; n: number }[] {
  const found: { it: Recounted; n: number }[] = [];
  for (const it of all) {
    const same = (other: Recounted) =>
      other.indicator === it.indicator && other.option === it.option && other.unit === it.unit && other.held_by === it.held_by;
    const before = found.find((known) => same(known.it));
    if (!before) found.push({ it, n: 0 });
    else {
      before.n += 1;
      if (it.period > before.it.period) before.it = it;
    }
  }
  return found;
}

/** How a unit stands with a report, in a word. */
export function stateText(m: Words, it: EventReport): string {
  const words = m.registers;
  switch (it.state) {
    case 'late':
      return words.owedLate;
    case 'waiting':
      return words.owedWaiting;
    case 'last':
      return words.owedLast;
    default:
      return words.owedDone;
  }
}

/** Where the report of a unit about an event is written. */
export function reportAddress(it: EventReport): string {
  const search = new URLSearchParams({ unit: String(it.unit), [`set.${it.about}`]: it.name });
  return `/registers/${encodeURIComponent(it.register)}/new?${search.toString()}`;
}

/** How much a file weighs. */
export function sizeText(bytes: number): string {
  const inMegabytes = bytes >= 1024 * 1024;
  return inMegabytes ? `${formatAmount(Math.round(bytes / 104857.6) / 10)} MB` : `${formatAmount(Math.max(1, Math.round(bytes / 1024)))} KB`;
}
