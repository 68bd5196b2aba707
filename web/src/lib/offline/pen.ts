/** A form that was just left in this tab is free again within it. */
const CLAIM_MS = 400;

/**
 * Takes the pen of a form, which one tab has until it `left`; `false` where another tab has it. Then this one waits for it, and
 * `onLater` is told once the pen is free.
 */
export async function takePen(name: string, left: Promise<void>, onLater: () => void): Promise<boolean> {
  if (!navigator.locks) return true;
  let [isIn, isLate] = [false, false];
  const held = new Promise<void>((resolve) => {
    void navigator.locks.request(name, () => {
      isIn = true;
      resolve();
      if (isLate) onLater();
      return left;
    });
  });
  await Promise.race([held, new Promise((resolve) => setTimeout(resolve, CLAIM_MS))]);
  isLate = !isIn;
  return isIn;
}
