import { expect, test } from 'vitest';

import { isPlaceless, toBytes, toText } from './passkey';

test('bytes go and come as base64url without padding (RFC 4648, section 5)', () => {
  expect([...toBytes('-_8')]).toEqual([0xfb, 0xff]);
  expect(toText(new Uint8Array([0xfb, 0xff]).buffer)).toBe('-_8');
  expect(toText(toBytes('Zm9vYmE').buffer)).toBe('Zm9vYmE');
  expect(new TextDecoder().decode(toBytes('Zm9vYmE'))).toBe('fooba');
});

test('a page under a number has no passkeys, one under a name has (WebAuthn, 5.1.2: the identifier is a domain)', () => {
  for (const host of ['127.0.0.1', '10.20.0.5', '[::1]']) expect(isPlaceless(host), host).toBe(true);
  for (const host of ['localhost', 'dondoc.lamgiang.example', '10.lamgiang.example']) expect(isPlaceless(host), host).toBe(false);
});
