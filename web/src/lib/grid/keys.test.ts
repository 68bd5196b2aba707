import { expect, test } from 'vitest';

import { commandOf } from './keys';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('no letter, digit or sign does anything but type', () => {
  for (const key of 'abcdefghijklmnopqrstuvwxyzăâđêôơưASDFX0123456789.,-+/*=[]{};') {
    for (const isEditing of [true, false]) expect(commandOf({ ...plain, key }, isEditing), key).toBeNull();
  }
});

test('while a text is typed its own keys belong to it', () => {
  for (const key of ['ArrowLeft', 'ArrowRight', 'Delete', 'Backspace', 'Home', 'End']) {
    expect(commandOf({ ...plain, key }, true), key).toBeNull();
  }
  expect(commandOf({ ...plain, key: 'z', ctrlKey: true }, true)).toBeNull();
  expect(commandOf({ ...plain, key: 'z', ctrlKey: true }, false)).toBe('undo');
});

test('backspace clears nothing, for programs that type Vietnamese send it', () => {
  expect(commandOf({ ...plain, key: 'Backspace' }, false)).toBeNull();
});

test('the keys of the specification do what it says', () => {
  const wanted = [['Enter', 'down'], ['ArrowDown', 'down'], ['Tab', 'after'], ['F2', 'edit'], ['F8', 'next_problem'], ['F1', 'guidance'], ['F9', 'nil']];
  for (const [key = '', command] of wanted) expect(commandOf({ ...plain, key }, false), key).toBe(command);
  expect(commandOf({ ...plain, key: 'Enter', ctrlKey: true }, true)).toBe('submit');
  expect(commandOf({ ...plain, key: 'Home', ctrlKey: true }, true)).toBe('top');
  expect(commandOf({ ...plain, key: 'D', ctrlKey: true, shiftKey: true }, false)).toBe('fill_down');
});
