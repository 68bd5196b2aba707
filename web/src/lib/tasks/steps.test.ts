import { expect, test } from 'vitest';

import { en } from '$lib/messages/en';
import { vi } from '$lib/messages/vi';
import { FIELDS, offered, STEPS } from './steps';

test('only what the server allows is offered, what ends a wait first', () => {
  expect(offered(['progress', 'report', 'burn'])).toEqual(['report', 'progress']);
  expect(offered(['return', 'cancel', 'confirm'])).toEqual(['confirm', 'return', 'cancel']);
  expect(offered([])).toEqual([]);
});

test('every step has its words on the button and in the log', () => {
  for (const step of STEPS) {
    for (const words of [vi.tasks, en.tasks]) {
      expect(words.actions[step], step).toBeTruthy();
      expect(words.steps[step], step).toBeTruthy();
    }
  }
});

test('a step backwards asks for its reason', () => {
  for (const step of ['return', 'refuse_extension', 'ask_extension', 'cancel'] as const) {
    expect(FIELDS[step], step).toContain('reason');
  }
});
