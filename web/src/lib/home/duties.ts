/** What has to be done, reports and tasks alike, and in which order it presses. */
import type { Owed } from '$lib/api/home';
import type { TaskRow } from '$lib/api/tasks';
import { periodName, wordsOf } from '$lib/format/period';
import type { Messages } from '$lib/messages/vi';
import { pressure, type Timing } from '$lib/tasks/due';
import { timingOf } from '$lib/tasks/timing';

/** A report that is owed, or a task that is to be done. */
export interface Duty {
  key: string;
  kind: 'report' | 'task';
  /** One line that says what it is. */
  title: string;
  /** Whose duty it is. */
  unit: string;
  /** The number of the form, as printed on paper; nothing of a task. */
  form: string;
  /** Where it is done. */
  href: string;
  timing: Timing;
  isSure: boolean;
  /** Whether others have done it, and it only waits for a word of this account. */
  isToConfirm: boolean;
  /** In the words of the screen. */
  state: string;
  /** Who sent it back and why; `null` of what was not sent back. */
  returned: { by: string; reason: string | null } | null;
  /** Duties of many units that are alike are told together under this. */
  alike: string;
  /** The report behind it, if it is one. */
  owed: Owed | null;
}

/** Where a report is filled in. */
export function formAddress({ form, unit, period, kind }: Pick<Owed, 'form' | 'unit' | 'period' | 'kind'>): string {
  const path = [form, String(unit), period].map(encodeURIComponent).join('/');
  return `/reports/form/${path}${kind === 'estimate' ? '?kind=estimate' : ''}`;
}

/** All reports that are owed; where a form is owed as an estimate and for good, each says which it is. */
export function fromAllOwed(m: Messages, all: readonly Owed[]): Duty[] {
  const estimated = new Set(all.filter((it) => it.kind === 'estimate').map(({ form, period }) => `${form} ${period}`));
  return all.map((it) => fromOwed(m, it, estimated.has(`${it.form} ${it.period}`)));
}

function fromOwed(m: Messages, owed: Owed, saysKind: boolean): Duty {
  const { form, unit, period, kind } = owed;
  const name = m.home.reportOf(owed.form_name[m.code], periodName(period, wordsOf(m.code)));
  return {
    key: `report ${form} ${unit} ${period} ${kind}`,
    kind: 'report',
    title: saysKind ? `${name} ${kind === 'estimate' ? m.home.estimate : m.home.final}` : name,
    unit: owed.unit_name ?? '',
    form,
    href: formAddress(owed),
    timing: {
      due: owed.due ?? null,
      left: owed.working_days_left ?? null,
      late: owed.is_late ? (owed.days_late ?? 0) : null,
      lateIn: 'days',
    },
    isSure: owed.due === null || owed.due_is_sure,
    state: m.home.states[owed.state] ?? m.app.unknown,
    isToConfirm: false,
    returned: owed.returned ? { by: owed.returned.by, reason: owed.returned.reason ?? null } : null,
    alike: `report ${form} ${period} ${kind}`,
    owed,
  };
}

export function fromTask(m: Messages, task: TaskRow): Duty {
  const waits = task.waits_for === 'giver';
  return {
    key: `task ${task.id}`,
    kind: 'task',
    title: task.text,
    unit: task.lead?.name ?? '',
    form: '',
    href: `/tasks/${task.id}`,
    // Whoever has to confirm it is not late with it.
    timing: waits ? { due: null, left: null, late: null, lateIn: 'working_days' } : timingOf(task),
    isSure: true,
    state: waits ? m.home.waitsForGiver : (m.tasks.states[task.state] ?? m.app.unknown),
    isToConfirm: waits,
    returned: task.state === 'returned' ? { by: task.giver?.name ?? '', reason: null } : null,
    alike: `task ${task.id}`,
    owed: null,
  };
}

export type Urgency = 'late' | 'returned' | 'confirm' | 'soon' | 'later' | 'undated';

/** In this order they stand on the page. */
const URGENCIES: readonly Urgency[] = ['late', 'returned', 'confirm', 'soon', 'later', 'undated'];

export function urgency(duty: Duty): Urgency {
  const how = pressure(duty.timing);
  if (how === 'late') return 'late';
  if (duty.returned !== null) return 'returned';
  if (duty.isToConfirm) return 'confirm';
  if (how === 'today' || how === 'soon') return 'soon';
  return how === 'later' ? 'later' : 'undated';
}

/** Duties of several units that are the same but for the unit. */
export interface Bundle {
  key: string;
  duties: Duty[];
}

/** So many units may owe the same before they are told in one line. */
const FEW = 3;

function byDay(a: Duty, b: Duty): number {
  return (a.timing.due ?? '9').localeCompare(b.timing.due ?? '9');
}

/** The duties by urgency, each group by its days; what many units owe alike is one bundle. */
export function grouped(duties: readonly Duty[]): { urgency: Urgency; n: number; bundles: Bundle[] }[] {
  return URGENCIES.map((it) => {
    const own = duties.filter((duty) => urgency(duty) === it).toSorted(byDay);
    return { urgency: it, n: own.length, bundles: bundled(own) };
  }).filter((it) => it.n > 0);
}

function bundled(duties: readonly Duty[]): Bundle[] {
  const byLikeness = new Map<string, Duty[]>();
  for (const it of duties) byLikeness.set(it.alike, [...(byLikeness.get(it.alike) ?? []), it]);
  return [...byLikeness].flatMap(([key, alike]): Bundle[] =>
    alike.length > FEW ? [{ key, duties: alike }] : alike.map((it) => ({ key: it.key, duties: [it] })),
  );
}
