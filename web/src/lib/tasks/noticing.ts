/** What a notice says, and where it leads. */
import type { Digest, Notice } from '$lib/api/notices';
import type { Messages } from '$lib/messages/vi';
import { listAddress } from './filter';

/** A notice in one line. */
export function noticeWords(m: Messages, it: Notice): string {
  const words = m.tasks.noticesPage;
  if (it.countersign) return `${m.admin.countersigns}: ${it.countersign.words[m.code]}`;
  return words.kinds[it.kind]?.(it.n_tasks) ?? words.other;
}

/** Where it leads: to its task, or to all that it is about. */
export function noticeAddress(it: Notice): string {
  if (it.task !== null) return `/tasks/${it.task}`;
  if (it.digest) return '/';
  if (it.countersign) return '/admin/countersigns';
  return it.unit ? listAddress({ late: true, lead: it.unit.id }) : '/tasks';
}

/** What the digest says, part by part; parts with nothing are left out. */
export function digestLines(m: Messages, digest: Digest): string[] {
  const words = m.tasks.noticesPage.digestParts;
  return (['late', 'returned', 'soon', 'to_decide', 'to_escalate'] as const)
    .filter((it) => digest[it].length > 0)
    .map((it) => words[it](digest[it].length));
}
