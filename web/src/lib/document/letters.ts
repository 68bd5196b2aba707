/** Whether single letters act as keys, remembered on this machine. */
const KEY = 'dondoc.letters';

export function loadLetters(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export function keepLetters(letters: boolean): void {
  try {
    localStorage.setItem(KEY, letters ? 'on' : 'off');
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}
