/** A form of so many rows is drawn whole; a larger one only where it is looked at, with rows of one height. */
const MAX_WHOLE = 150;
const ROW_PX = 40;
/** Rows drawn beyond what is seen, so that turning the wheel shows no gap. */
const BEYOND = 12;

/** Which rows are drawn. */
export class Window {
  readonly isOn: boolean;
  readonly #nRows: number;

  constructor(nRows: number, isPrinting: boolean) {
    this.#nRows = nRows;
    this.isOn = nRows > MAX_WHOLE && !isPrinting;
  }

  /** The rows to draw, and the room above and below them in pixels. */
  at(scrolled: number, height: number): { from: number; to: number; above: number; below: number } {
    if (!this.isOn) return { from: 0, to: this.#nRows, above: 0, below: 0 };
    const from = Math.min(this.#nRows, Math.max(0, Math.floor(scrolled / ROW_PX) - BEYOND));
    const to = Math.min(this.#nRows, Math.ceil((scrolled + height) / ROW_PX) + BEYOND);
    return { from, to, above: from * ROW_PX, below: (this.#nRows - to) * ROW_PX };
  }

  /** How far to scroll so that a row is among those drawn; `null` if it is. */
  scrollFor(y: number, scrolled: number, height: number): number | null {
    const { from, to } = this.at(scrolled, height);
    return y >= from && y < to ? null : Math.max(0, y * ROW_PX - height / 2);
  }
}
