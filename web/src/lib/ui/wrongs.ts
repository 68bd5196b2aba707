/** What is wrong with figures, told once with all the cells that it is about. */
import type { Wrong } from '$lib/api/types';
import { sentence } from './sentence';

export interface Told {
  /** The cells as people call them, in the order in which they were found; none where it concerns the whole. */
  cells: string[];
  words: string;
}

export function told(wrongs: readonly Wrong[], language: 'vi' | 'en'): Told[] {
  const byWords = new Map<string, string[]>();
  for (const it of wrongs) {
    const words = `${sentence(it.message[language])} ${sentence(it.remedy[language])}`;
    const cells = byWords.get(words) ?? [];
    const cell = it.place?.cell;
    if (cell && !cells.includes(cell)) cells.push(cell);
    byWords.set(words, cells);
  }
  return [...byWords].map(([words, cells]) => ({ cells, words }));
}
