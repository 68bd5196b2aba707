/**
 * A text with findings on it, cut into pieces that can be drawn.
 *
 * Findings nest and overlap (a figure in a task, two tasks that share a line), HTML elements cannot: so the text
 * is cut wherever a finding begins or ends, and each piece says which findings lie over it.
 */
import type { FindingState, FindingType, Utf16Span } from '$lib/api/types';

/** As much of a finding as the drawing needs. */
export interface Layer {
  id: number;
  type: FindingType;
  state: FindingState;
  utf16: Utf16Span;
}

/** A run of text over which the same findings lie. */
export interface Piece {
  /** Where it begins in the document's text, in UTF-16 units. */
  start: number;
  text: string;
  /** The findings over it, the longest first. */
  ids: number[];
  /** How it is drawn: `task citation undecided`. */
  look: string;
}

/** Some whole lines of the text, drawn together or, while out of sight, not at all. */
export interface Block {
  start: number;
  text: string;
  pieces: Piece[];
  /** All findings that have a part here. */
  ids: ReadonlySet<number>;
  /** Equal if and only if the block is drawn equally. */
  signature: string;
}

/** A block is closed at the first end of line after so many UTF-16 units. */
const BLOCK_LENGTH = 1500;

function blockEnds(text: string): number[] {
  const ends: number[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', Math.min(start + BLOCK_LENGTH, text.length));
    const end = newline === -1 ? text.length : newline + 1;
    ends.push(end);
    start = end;
  }
  return ends;
}

function length(layer: Layer): number {
  return layer.utf16[1] - layer.utf16[0];
}

function lookOf(over: Layer[]): string {
  const standing = over.filter((it) => it.state !== 'rejected');
  const innermost = standing.findLast((it) => it.type !== 'boilerplate');
  const classes = new Set<string>(standing.map((it) => it.type));
  if (innermost) classes.add(innermost.state === 'suggested' ? 'undecided' : 'decided');
  return [...classes].join(' ');
}

function pieceOf(text: string, start: number, end: number, over: Layer[]): Piece {
  return { start, text: text.slice(start, end), ids: over.map((it) => it.id), look: lookOf(over) };
}

function within(layer: Layer, limit: number): Layer {
  const [start, end] = layer.utf16;
  return { ...layer, utf16: [Math.max(0, start), Math.min(limit, end)] };
}

/** Cuts the text; linear in its length, and in the findings but for sorting them. */
export function layer(text: string, layers: readonly Layer[]): Block[] {
  const inside = layers.map((it) => within(it, text.length)).filter((it) => length(it) > 0);
  const opening = inside.toSorted((a, b) => a.utf16[0] - b.utf16[0] || length(b) - length(a) || a.id - b.id);
  const ends = blockEnds(text);
  const cuts = new Set([...ends, ...inside.flatMap((it) => it.utf16)]);
  cuts.delete(0);
  const blocks: Block[] = [];
  let pieces: Piece[] = [];
  let over: Layer[] = [];
  let opened = 0;
  let start = 0;
  for (const end of [...cuts].sort((a, b) => a - b)) {
    over = over.filter((it) => it.utf16[1] > start);
    for (let next = opening[opened]; next && next.utf16[0] <= start; next = opening[++opened]) over.push(next);
    over.sort((a, b) => length(b) - length(a));
    pieces.push(pieceOf(text, start, end, over));
    start = end;
    if (end === ends[blocks.length]) {
      blocks.push(blockOf(text, pieces, end));
      pieces = [];
    }
  }
  return blocks;
}

function blockOf(text: string, pieces: Piece[], end: number): Block {
  const start = pieces[0]?.start ?? end;
  const ids = new Set(pieces.flatMap((it) => it.ids));
  const signature = pieces.map((it) => `${it.start}:${it.ids.join(',')}:${it.look}`).join(';');
  return { start, text: text.slice(start, end), pieces, ids, signature };
}

/** The same blocks, those that are drawn as before being the very objects of before: so that only others are redrawn. */
export function keepEqual(before: readonly Block[], now: Block[]): Block[] {
  return now.map((block, i) => {
    const old = before[i];
    return old && old.signature === block.signature ? old : block;
  });
}

function literal(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
}

/** Where the wanted words stand in the text, nearest after `from`, else from the beginning; white space counts as one. */
export function findWords(text: string, words: string, from: number): Utf16Span | null {
  const wanted = words.trim().split(/\s+/u).filter((it) => it !== '');
  if (wanted.length === 0) return null;
  const pattern = new RegExp(wanted.map(literal).join('\\s+'), 'giu');
  pattern.lastIndex = from;
  const hit = pattern.exec(text) ?? pattern.exec(text);
  return hit ? [hit.index, hit.index + hit[0].length] : null;
}

/** The span without the white space at either end; `null` if nothing is left. */
export function trimSpan(text: string, [start, end]: Utf16Span): Utf16Span | null {
  const piece = text.slice(start, end);
  const trimmed = piece.trim();
  if (trimmed === '') return null;
  const lead = piece.length - piece.trimStart().length;
  return [start + lead, start + lead + trimmed.length];
}
