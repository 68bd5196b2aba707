import { en } from './en';
import { vi, type Messages } from './vi';

const KEY = 'dondoc.language';
const LANGUAGES: Record<'vi' | 'en', Messages> = { vi, en };

function remembered(): 'vi' | 'en' {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

let current: Messages = $state.raw(LANGUAGES[remembered()]);

/** The texts in the language chosen. */
export function m(): Messages {
  return current;
}

/** Changes the language from now on, also for the next visit. */
export function switchLanguage(): void {
  current = LANGUAGES[current.code === 'vi' ? 'en' : 'vi'];
  try {
    localStorage.setItem(KEY, current.code);
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}
