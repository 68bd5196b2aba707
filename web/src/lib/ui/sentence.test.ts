import { expect, test } from 'vitest';

import { sentence } from './sentence';

test('a phrase becomes a sentence, a sentence stays one', () => {
  expect(sentence('tệp rỗng')).toBe('Tệp rỗng.');
  expect(sentence('đã có bản mới hơn')).toBe('Đã có bản mới hơn.');
  expect(sentence('Thử lại nhé!')).toBe('Thử lại nhé!');
  expect(sentence(' ')).toBe('');
});
