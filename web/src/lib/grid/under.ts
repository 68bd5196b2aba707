import type { Cell, Sheet } from './form';

/** The cell that the mouse is over, by the place that its `td` says. */
export function cellUnder(event: MouseEvent, sheet: Sheet | null): Cell | undefined {
  const td = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-at]') : null;
  const [y, x] = (td?.dataset['at'] ?? '').split(' ').map(Number);
  return td ? sheet?.at(y ?? -1, x ?? -1) : undefined;
}
