/** What a key does in the grid. Only keys that no Vietnamese keyboard program and no browser needs. */

export type Command =
  | 'down' | 'up' | 'left' | 'right' | 'after' | 'before' | 'top' | 'bottom' | 'page_down' | 'page_up'
  | 'more_down' | 'more_up' | 'more_left' | 'more_right'
  | 'edit' | 'cancel' | 'clear' | 'nil' | 'no_figure' | 'fill_down' | 'undo' | 'redo'
  | 'next_problem' | 'problem_before' | 'guidance' | 'submit' | 'all';

const PLAIN: Record<string, Command> = {
  Enter: 'down',
  Tab: 'after',
  ArrowDown: 'down',
  ArrowUp: 'up',
  F1: 'guidance',
  F2: 'edit',
  F8: 'next_problem',
  F9: 'nil',
};
/** Only while nothing is being typed; within a text they belong to the text. */
const READY: Record<string, Command> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Delete: 'clear',
  PageDown: 'page_down',
  PageUp: 'page_up',
};
const SHIFTED: Record<string, Command> = { Enter: 'up', Tab: 'before', F8: 'problem_before', F9: 'no_figure' };
const SHIFTED_READY: Record<string, Command> = {
  ArrowDown: 'more_down',
  ArrowUp: 'more_up',
  ArrowLeft: 'more_left',
  ArrowRight: 'more_right',
};
const WITH_CONTROL: Record<string, Command> = { Enter: 'submit', Home: 'top', End: 'bottom', d: 'fill_down' };
const WITH_CONTROL_READY: Record<string, Command> = { z: 'undo', y: 'redo' };

/** The command of a key; `null` leaves it to the input. */
export function commandOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, isEditing: boolean): Command | null {
  const { key, shiftKey } = event;
  if (event.altKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (event.ctrlKey || event.metaKey) return WITH_CONTROL[name] ?? (isEditing ? null : (WITH_CONTROL_READY[name] ?? null));
  if (key === 'Escape') return isEditing ? 'cancel' : null;
  if (shiftKey) return SHIFTED[key] ?? (isEditing ? null : (SHIFTED_READY[key] ?? null));
  return PLAIN[key] ?? (isEditing ? null : (READY[key] ?? null));
}
