/** Which unit a person noted things down for last, so that it need not be chosen every time. */
const NAME = 'dondoc.registers.unit';

export const remembered = {
  unit(): number | null {
    try {
      const text = localStorage.getItem(NAME);
      return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : null;
    } catch {
      return null;
    }
  },
  keepUnit(unit: number): void {
    try {
      localStorage.setItem(NAME, String(unit));
    } catch {
      // A browser that keeps nothing asks again the next time.
    }
  },
};
