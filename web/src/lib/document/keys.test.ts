import { expect, test } from 'vitest';

import { actionOf, type Press } from './keys';

function press(key: string, held: Partial<Press> = {}): Press {
  return { key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...held };
}

test('each key does what the help says', () => {
  const said = { Enter: 'accept', x: 'reject', Delete: 'reject', e: 'correct', u: 'undo', j: 'next', k: 'previous' };
  const more = { n: 'next_undecided', a: 'add', '?': 'help', Escape: 'clear', ArrowDown: 'next', ArrowUp: 'previous' };
  for (const [key, action] of Object.entries({ ...said, ...more })) expect(actionOf(press(key), true), key).toBe(action);
});

test('capital letters count as small ones', () => {
  expect(actionOf(press('X'), true)).toBe('reject');
});

test('a Telex keyboard that is left switched on does no harm', () => {
  expect(actionOf(press('ũ'), true)).toBe('reject');
  expect(actionOf(press('ẽ'), true)).toBe('reject');
  expect(actionOf(press('ẹ'), true)).toBe('next');
  expect(actionOf(press('â'), true)).toBe('add');
  expect(actionOf(press('Backspace'), true)).toBeNull();
});

test('keys of the browser and of half-typed words are left alone', () => {
  expect(actionOf(press('a', { ctrlKey: true }), true)).toBeNull();
  expect(actionOf(press('ArrowUp', { altKey: true }), true)).toBeNull();
  expect(actionOf(press('Enter', { isComposing: true }), true)).toBeNull();
  expect(actionOf(press('F5'), true)).toBeNull();
});

test('with letters switched off the named keys still work', () => {
  expect(actionOf(press('x'), false)).toBeNull();
  expect(actionOf(press('Delete'), false)).toBe('reject');
  expect(actionOf(press('z', { ctrlKey: true }), false)).toBe('undo');
});
