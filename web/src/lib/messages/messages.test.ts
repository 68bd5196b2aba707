import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { en } from './en';
import { vi } from './vi';

/** Every text, as `library.title`, with functions called on sample arguments. */
function texts(of: object, at = ''): [string, string][] {
  return Object.entries(of).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const path = `${at}${name}`;
    if (typeof value === 'string') return [[path, value]];
    if (typeof value === 'function') return [[path, String((value as (...args: unknown[]) => string)(2, 3, 4))]];
    return texts(value as object, `${path}.`);
  });
}

const SAME_IN_BOTH = ['app.name', 'document.decidedBy', 'finding.range', 'cascade.relationTo'];

test('no text is empty', () => {
  for (const [path, text] of [...texts(vi), ...texts(en)]) expect(text.trim(), path).not.toBe('');
});

test('every text is translated', () => {
  const english = new Map(texts(en));
  const same = texts(vi).filter(([path, text]) => english.get(path) === text && !SAME_IN_BOTH.includes(path));
  expect(same).toEqual([]);
});

test('the English texts have no Vietnamese letters but in examples', () => {
  const strays = texts(en).filter(([path, text]) => /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]/u.test(text.replace(/“[^”]*”/gu, '')) && path !== 'app.otherLanguage');
  expect(strays).toEqual([]);
});

test('every type of document that the reader knows has a name', () => {
  const source = new URL('../../../../crates/dondoc-core/src/kind.rs', import.meta.url);
  expect(existsSync(source)).toBe(true);
  const codes = [...readFileSync(source, 'utf8').matchAll(/^\s+kind\("([^"]+)"/gmu)].map((it) => it[1] ?? '');
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter((it) => !(it in vi.kinds) || !(it in en.kinds))).toEqual([]);
});
