/** Notices that nobody is at the page: no key and no pointer for a while, in none of its tabs. */

/** When somebody was last at the page, in milliseconds since 1970; read by all tabs. */
const KEY = 'dondoc.active';
/** So often the clock is looked at, and so rarely the moment is written down. */
const LOOK_MS = 5_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

function read(): number {
  try {
    return Number(localStorage.getItem(KEY) ?? 0);
  } catch {
    return 0;
  }
}

function write(moment: number): void {
  try {
    localStorage.setItem(KEY, String(moment));
  } catch {
    // A private window may refuse; then each tab counts for itself.
  }
}

/** Calls `then` once nobody was there for so many milliseconds; returns how to stop. */
export function whenIdle(afterMs: number, then: () => void): () => void {
  let last = Date.now();
  let written = last;
  write(last);

  function look(): boolean {
    if (Date.now() - Math.max(last, read()) < afterMs) return false;
    then();
    return true;
  }

  // A computer that slept wakes up with a move of the pointer: the time that passed counts all the same.
  function sign() {
    if (look()) return;
    last = Date.now();
    if (last - written < LOOK_MS && last > written) return;
    written = last;
    write(last);
  }

  const timer = setInterval(look, Math.min(LOOK_MS, afterMs));
  for (const it of SIGNS) addEventListener(it, sign, { capture: true, passive: true });
  return () => {
    clearInterval(timer);
    for (const it of SIGNS) removeEventListener(it, sign, { capture: true });
  };
}
