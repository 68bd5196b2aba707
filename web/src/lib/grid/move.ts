/** Where keys lead in the grid. */

import type { Cell, Sheet } from './form';
import type { Command } from './keys';

const PAGE = 12;

/** The steps by which a marked block grows: rows, columns. */
export const GROWTH = {
  more_down: [1, 0],
  more_up: [-1, 0],
  more_right: [0, 1],
  more_left: [0, -1],
} as const;

export function isGrowing(command: Command): command is keyof typeof GROWTH {
  return command in GROWTH;
}

/** The cell of a column about a page away. */
function paged(sheet: Sheet, from: Cell, step: 1 | -1): Cell | null {
  const column = sheet.typed.filter((it) => it.x === from.x && !it.isControl);
  const at = column.indexOf(from);
  return column[Math.min(column.length - 1, Math.max(0, at + step * PAGE))] ?? null;
}

/** The cell that a key leads to; `null` where there is none, `undefined` if the key leads nowhere. */
export function moved(sheet: Sheet, from: Cell, command: Command): Cell | null | undefined {
  switch (command) {
    case 'down':
      return sheet.below(from) ?? null;
    case 'up':
      return sheet.next(from, -1, 0) ?? null;
    case 'left':
      return sheet.next(from, 0, -1) ?? null;
    case 'right':
      return sheet.next(from, 0, 1) ?? null;
    case 'after':
      return sheet.after(from, 1) ?? null;
    case 'before':
      return sheet.after(from, -1) ?? null;
    case 'top':
      return sheet.typed.find((it) => !it.isControl) ?? null;
    case 'bottom':
      return sheet.typed.findLast((it) => !it.isControl) ?? null;
    case 'page_down':
      return paged(sheet, from, 1);
    case 'page_up':
      return paged(sheet, from, -1);
    default:
      return undefined;
  }
}
