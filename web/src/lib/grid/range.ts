import type { Cell, Sheet } from './form';

/** A block of cells between two corners. */
export class Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;

  constructor(one: Cell, other: Cell) {
    [this.top, this.bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)];
    [this.left, this.right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)];
  }

  get isOne(): boolean {
    return this.top === this.bottom && this.left === this.right;
  }

  has(cell: Cell): boolean {
    return cell.y >= this.top && cell.y <= this.bottom && cell.x >= this.left && cell.x <= this.right;
  }

  cells(sheet: Sheet): Cell[] {
    return sheet.cells.slice(this.top, this.bottom + 1).flatMap((row) => row.slice(this.left, this.right + 1));
  }

  first(sheet: Sheet | null): Cell | undefined {
    return sheet?.at(this.top, this.left);
  }

  texts(sheet: Sheet, textOf: (key: string) => string): string[][] {
    const rows = sheet.cells.slice(this.top, this.bottom + 1);
    return rows.map((row) => row.slice(this.left, this.right + 1).map((it) => textOf(it.key)));
  }
}
