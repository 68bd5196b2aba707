/** Which unit an account notes things down for, so that it need not be chosen every time. */
import { session } from '$lib/account/session.svelte';
import { onlyUnit } from './own';

/** On one machine several people work, each for a unit of their own. */
function name(): string {
  return `dondoc.registers.unit.${session.account?.name ?? ''}`;
}

export const remembered = {
  /** The one that was chosen last, else the only one that it can be. */
  unit(): number | null {
    try {
      const text = localStorage.getItem(name());
      if (text !== null && /^[1-9]\d*$/.test(text)) return Number(text);
    } catch {
      // A browser that keeps nothing starts with the unit of the account.
    }
    return onlyUnit(session.account?.roles ?? []);
  },
  keepUnit(unit: number): void {
    try {
      localStorage.setItem(name(), String(unit));
    } catch {
      // A browser that keeps nothing asks again the next time.
    }
  },
};
