/** Days and periods: ISO 8601 on the wire, `dd/mm/yyyy` on the screen. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;

/** `2026-03-14` as `14/03/2026`, `2026-03` as `03/2026`; what is neither is shown as it is. */
export function formatDay(iso: string): string {
  const day = DAY.exec(iso);
  if (day) return `${day[3]}/${day[2]}/${day[1]}`;
  const month = MONTH.exec(iso);
  return month ? `${month[2]}/${month[1]}` : iso;
}

/** A deadline or period: a day, a month, a year, or `from/to` of these with `..` for an open end. */
export function formatPeriod(iso: string): string {
  const [from, to] = iso.split('/');
  if (from === undefined || to === undefined) return formatDay(iso);
  return `${from === '..' ? '…' : formatDay(from)} – ${to === '..' ? '…' : formatDay(to)}`;
}

/** An RFC 3339 instant as day and minute where the reader sits. */
export function formatInstant(rfc3339: string): string {
  const at = new Date(rfc3339);
  if (Number.isNaN(at.getTime())) return rfc3339;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function isDay(year: number, month: number, day: number): boolean {
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** The ISO day that was typed as `5/7/2026`, `05-07-26`, `05.07.2026` or `05072026`; `null` if it is none. */
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  if (DAY.test(text)) return parseDay(text.split('-').reverse().join('/'));
  const parts =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!parts) return null;
  const [day, month, short] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const year = short < 100 ? 2000 + short : short;
  if (!isDay(year, month, day)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function parsePoint(typed: string): string | null {
  const text = typed.trim();
  if (text === '…' || text === '..') return '..';
  if (/^\d{4}$/.test(text)) return text;
  const month = /^(\d{1,2})[/-](\d{4})$/.exec(text);
  if (month && Number(month[1]) >= 1 && Number(month[1]) <= 12) return `${month[2]}-${month[1]?.padStart(2, '0')}`;
  return parseDay(text);
}

/** The ISO day, month, year or range that was typed: `12/2026`, `2026`, `01/2025 – 09/2025`. */
export function parsePeriod(typed: string): string | null {
  const text = typed.trim();
  const whole = parsePoint(text);
  if (whole !== null) return whole === '..' ? null : whole;
  const ends = /^(.+?)\s*(?:–|—|\bđến\b|\s-\s)\s*(.+)$/.exec(text) ?? /^(\d{4})\s*[-/]\s*(\d{4})$/.exec(text);
  if (!ends) return null;
  const [from, to] = [parsePoint(ends[1] ?? ''), parsePoint(ends[2] ?? '')];
  return from === null || to === null || (from === '..' && to === '..') ? null : `${from}/${to}`;
}
