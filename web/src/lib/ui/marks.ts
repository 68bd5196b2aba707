import type { Utf16Span } from '$lib/api/types';

export interface MarkedPiece {
  text: string;
  isMarked: boolean;
}

/** The text in pieces, marked or not; marks that overlap or reach past the end do no harm. */
export function cutMarks(text: string, marks: readonly Utf16Span[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const [start, end] of marks.toSorted((a, b) => a[0] - b[0])) {
    const from = Math.max(at, start);
    const to = Math.min(end, text.length);
    if (from >= to) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), isMarked: false });
    pieces.push({ text: text.slice(from, to), isMarked: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMarked: false });
  return pieces;
}

/** Where any of the wanted texts stands in the sentence, capitals aside. */
export function marksOf(text: string, wanted: readonly (string | null)[]): Utf16Span[] {
  const lower = text.toLowerCase();
  for (const words of wanted) {
    const at = words === null || words === '' ? -1 : lower.indexOf(words.toLowerCase());
    if (words !== null && at !== -1) return [[at, at + words.length]];
  }
  return [];
}
