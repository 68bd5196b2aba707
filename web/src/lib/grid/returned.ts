import type { StepView } from '$lib/api/entry';
import type { Cell } from './form';

/** What was asked, by whom and when. */
export interface Question {
  words: string;
  by: string;
  at: string;
}

/** What was asked by cell when a form was returned; under `''` what concerns the whole form. */
export function askedAgain(state: string, steps: StepView[], typed: Cell[]): Map<string, Question[]> {
  const at = new Map<string, Question[]>();
  const last = state === 'returned' ? steps.findLast((it) => it.step === 'return') : undefined;
  if (!last) return at;
  const put = (key: string, words: string) => at.set(key, [...(at.get(key) ?? []), { words, by: last.by, at: last.at }]);
  for (const note of last.notes ?? []) {
    const cell = typed.find((it) => it.row.number === note.row && (note.column == null || it.column.number === note.column));
    put(cell?.key ?? '', note.words);
  }
  if (last.reason) put('', last.reason);
  return at;
}
