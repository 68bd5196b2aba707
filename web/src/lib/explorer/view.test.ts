import { expect, test } from 'vitest';

import { formatTrace, formatView, parseTrace, parseView } from './view';

test('the address bar keeps the view', () => {
  const address =
    'i=KVPT.02.01%3Adoi_tuong_4%2CKVPT.06.01&u=12&p=2026-01%2C2026-02&v=as_now&w=area&l=party&o=alphabet&c=1&t=12%7CKVPT.06.01%7C%7C2026-01';
  const view = parseView(address);
  expect(view.indicators).toEqual([{ code: 'KVPT.02.01', option: 'doi_tuong_4' }, { code: 'KVPT.06.01', option: null }]);
  expect(view).toMatchObject({ under: 12, periods: ['2026-01', '2026-02'], sight: 'as_now', weight: 'area', line: 'party', order: 'alphabet', chart: true });
  expect(formatView(view)).toBe(address);
  expect(parseTrace(view.trace)).toEqual({ unit: 12, indicator: 'KVPT.06.01', option: null, period: '2026-01' });
  expect(formatTrace({ unit: 3, indicator: 'A', option: 'b+c', period: '2026' })).toBe('3|A|b+c|2026');
});

test('what an address gets wrong is left out', () => {
  expect(parseView('u=-3&v=then&w=1&l=army&o=up')).toEqual(parseView(''));
  expect(parseTrace('x|A||2026')).toBeNull();
  expect(parseTrace('')).toBeNull();
});
