import { expect, test } from 'vitest';

import { toBytes, toText } from './passkey';

test('bytes go and come as base64url without padding (RFC 4648, section 5)', () => {
  expect([...toBytes('-_8')]).toEqual([0xfb, 0xff]);
  expect(toText(new Uint8Array([0xfb, 0xff]).buffer)).toBe('-_8');
  expect(toText(toBytes('Zm9vYmE').buffer)).toBe('Zm9vYmE');
  expect(new TextDecoder().decode(toBytes('Zm9vYmE'))).toBe('fooba');
});
