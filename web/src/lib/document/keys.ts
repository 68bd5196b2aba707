/** What a key does beside a document. */
export type Action =
  | 'accept'
  | 'reject'
  | 'correct'
  | 'undo'
  | 'next'
  | 'previous'
  | 'next_undecided'
  | 'add'
  | 'help'
  | 'clear';

/** As much of a `KeyboardEvent` as decides. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

const NAMED: Record<string, Action> = {
  Enter: 'accept',
  Delete: 'reject',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Escape: 'clear',
  '?': 'help',
};

const LETTERS: Record<string, Action> = {
  x: 'reject',
  e: 'correct',
  u: 'undo',
  j: 'next',
  k: 'previous',
  n: 'next_undecided',
  a: 'add',
};

/**
 * The letter that was struck, although a Vietnamese input program made another of it.
 *
 * With Telex switched on `u` then `x` arrives as `ũ`, `a` `a` as `â`, `e` `e` as `ê`: the mark tells the second key.
 */
function struckLetter(key: string): string {
  const [base = '', ...marks] = key.toLowerCase().normalize('NFD');
  const mark = marks.at(-1);
  if (mark === '\u0303') return 'x';
  if (mark === '\u0323') return 'j';
  return base;
}

/** What the key does, or `null`; `letters` says whether single letters are in use. */
export function actionOf(press: Press, letters: boolean): Action | null {
  if (press.isComposing || press.altKey || press.metaKey) return null;
  if (press.ctrlKey) return press.key.toLowerCase() === 'z' ? 'undo' : null;
  const named = NAMED[press.key];
  if (named) return named;
  return letters && press.key.normalize('NFC').length === 1 ? (LETTERS[struckLetter(press.key)] ?? null) : null;
}
