/** What documents and findings are called in one line. */
import type { Finding, FindingValues } from '$lib/api/types';
import { formatAmount } from '$lib/format/amount';
import { formatDay } from '$lib/format/day';
import type { Messages } from '$lib/messages/vi';

interface Named {
  kind: string;
  number: string | null;
  title: string | null;
}

/** `Chỉ thị`; a type that has no name here is shown by its code. */
function kindName(m: Messages, code: string): string {
  return m.kinds[code] ?? code;
}

/** `Chỉ thị 05/CT-UBND`, or the type and the title where there is no number. */
export function documentName(m: Messages, { kind, number, title }: Named): string {
  return number === null ? `${kindName(m, kind)}: ${title ?? m.app.untitled}` : `${kindName(m, kind)} ${number}`;
}

/** `Chỉ thị 05/CT-UBND`, or the type alone. */
export function shortName(m: Messages, { kind, number }: Pick<Named, 'kind' | 'number'>): string {
  return `${kindName(m, kind)} ${number ?? ''}`.trim();
}

/** `Kế hoạch 12/KH-UBND (05/07/2026), UBND tỉnh`. */
export function citationName(m: Messages, it: FindingValues['citation']): string {
  const day = it.date === null ? '' : ` (${formatDay(it.date)})`;
  const issuer = it.issuer === null ? '' : `, ${it.issuer}`;
  const what = it.number === null && it.name !== null ? it.name : shortName(m, it);
  return `${what}${day}${issuer}`;
}

/** `ít nhất 12.500 lượt người`. */
export function figureName(m: Messages, it: FindingValues['figure']): string {
  const { bounds, range, decrease } = m.finding;
  const amount = it.value_to === null ? formatAmount(it.value) : range(formatAmount(it.value), formatAmount(it.value_to));
  const isVague = it.bound === 'hundreds' || it.bound === 'thousands';
  const number = isVague ? bounds[it.bound] : it.bound === 'exact' ? amount : `${bounds[it.bound]} ${amount}`;
  const joined = it.unit.startsWith('%') ? `${number}${it.unit}` : `${number} ${it.unit}`;
  return it.negative ? `${decrease} ${joined}` : joined;
}

/** A finding in a few words: `Nhiệm vụ: IV.1`. */
export function findingName(m: Messages, finding: Finding, text: string): string {
  const excerpt = shorten(text.slice(...finding.utf16), 60);
  switch (finding.type) {
    case 'task':
      return `${m.types.task}: ${finding.value.label ?? excerpt}`;
    case 'citation':
      return `${m.types.citation}: ${citationName(m, finding.value)}`;
    case 'figure':
      return `${m.types.figure}: ${figureName(m, finding.value)}`;
    case 'abbreviation':
      return `${m.types.abbreviation}: ${finding.value.short}`;
    case 'boilerplate':
      return `${m.types.boilerplate}: ${excerpt}`;
  }
}

/** At most so many letters, cut between words; white space counts as one. */
export function shorten(text: string, letters: number): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  if (flat.length <= letters) return flat;
  const cut = flat.slice(0, letters);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > letters / 2 ? space : letters)} …`;
}
