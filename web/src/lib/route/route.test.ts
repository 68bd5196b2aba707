import { expect, test } from 'vitest';

import { EVERYTHING, formatQuery, formatRoute, parseRoute, type Route } from './route';

const ROUTES: [string, Route][] = [
  ['/', { screen: 'home' }],
  ['/reports/form/B01%2F1?unit=3', { screen: 'reports', rest: ['form', 'B01/1'], search: 'unit=3' }],
  ['/documents', { screen: 'library', query: EVERYTHING }],
  ['/documents?words=don+doc&kind=CT&page=2', { screen: 'library', query: { ...EVERYTHING, words: 'don doc', kind: 'CT', page: 2 } }],
  ['/documents/12', { screen: 'document', id: 12, finding: null }],
  ['/documents/12?finding=345', { screen: 'document', id: 12, finding: 345 }],
  ['/documents/12/cascade', { screen: 'cascade', id: 12 }],
  ['/citations', { screen: 'citations', state: 'all', page: 1 }],
  ['/citations?state=ambiguous&page=3', { screen: 'citations', state: 'ambiguous', page: 3 }],
];

test('an address leads to its screen and back to the same address', () => {
  for (const [address, route] of ROUTES) {
    const url = new URL(address, 'http://page');
    expect(parseRoute(url.pathname, url.search)).toEqual(route);
    expect(formatRoute(route)).toBe(address);
  }
});

test('an address of nothing leads to the screen that says so', () => {
  for (const path of ['/documents/0', '/documents/x', '/documents/1/2', '/documents/1/cascade/9', '/nowhere']) {
    expect(parseRoute(path, ''), path).toEqual({ screen: 'missing' });
  }
});

test('what nobody offers is not narrowed by', () => {
  const route = parseRoute('/documents', '?with=secrets&sort=up&page=-1');
  expect(route).toEqual({ screen: 'library', query: EVERYTHING });
});

test('Vietnamese words survive the address', () => {
  const query = { ...EVERYTHING, words: 'đôn đốc & “thủy lợi”' };
  const back = parseRoute('/documents', formatQuery(query));
  expect(back).toEqual({ screen: 'library', query });
});
