import type { Noted } from '$lib/api/registers';

/** What was saved last, told once on the page of the entry. */
class Saved {
  last: { id: number; noted: Noted } | null = $state.raw(null);
}

export const saved = new Saved();
