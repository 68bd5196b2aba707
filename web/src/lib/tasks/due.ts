/** How a deadline reads beside a task or a report: the server counts the days, the page finds the words. */
import type { Messages } from '$lib/messages/vi';

/** How a thing stands to its last day, as the server counted it. */
export interface Timing {
  /** The last day, ISO; `null` if none is set. */
  due: string | null;
  /** Working days left after today, 0 on the last day itself; `null` when late, done or undated. */
  left: number | null;
  /** How late it is; `null` if it is not. */
  late: number | null;
  /** Whether `late` counts working days or all days. */
  lateIn: 'working_days' | 'days';
}

/** How much it presses; the colour never stands alone, the words say the same. */
export type Pressure = 'late' | 'today' | 'soon' | 'later' | 'none';

/** So many working days before its day a thing is said to be due soon. */
const SOON = 3;

export function pressure({ due, left, late }: Timing): Pressure {
  if (late !== null) return 'late';
  if (due === null || left === null) return 'none';
  if (left === 0) return 'today';
  return left <= SOON ? 'soon' : 'later';
}

/** `quá hạn 3 ngày làm việc`, `còn 2 ngày làm việc`, or nothing where there is nothing to say. */
export function timingWords(m: Messages, timing: Timing): string {
  const { due, left, late, lateIn } = timing;
  const words = m.tasks.due;
  if (late !== null) {
    if (late === 0) return words.lateToday;
    return lateIn === 'working_days' ? words.late(late) : words.lateDays(late);
  }
  if (due === null) return words.none;
  if (left === null) return '';
  return left === 0 ? words.today : words.left(left);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day of the week of an ISO day, 0 for Sunday; `null` of what is no day. */
export function weekday(iso: string): number | null {
  const [, year, month, day] = DAY.exec(iso) ?? [];
  if (year === undefined) return null;
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
}

/** The day of the week by name, `Thứ Sáu`; empty of what is no day. */
export function weekdayName(m: Messages, iso: string): string {
  const at = weekday(iso);
  return at === null ? '' : (m.home.weekdays[at] ?? '');
}
