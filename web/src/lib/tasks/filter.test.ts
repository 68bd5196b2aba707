import { expect, test } from 'vitest';

import { EVERY_TASK, formatTaskQuery, listAddress, parseTaskQuery } from './filter';

test('an address leads to its narrowing and back', () => {
  for (const search of ['', 'state=overdue', 'late=true&mine=true&lead=44', 'words=di%E1%BB%85n+t%E1%BA%ADp&due_from=2026-11-01&due_to=2026-12-31&page=2']) {
    expect(formatTaskQuery(parseTaskQuery(search)), search).toBe(search);
  }
});

test('what nobody offers is not narrowed by', () => {
  expect(parseTaskQuery('state=burning&lead=-3&unit=x&due_from=1/2/2026&page=0&late=1')).toEqual(EVERY_TASK);
});

test('a narrower list begins at its first page and keeps the rest', () => {
  const query = parseTaskQuery('mine=true&page=3');
  expect(listAddress({ state: 'overdue' }, query)).toBe('/tasks?state=overdue&mine=true');
  expect(listAddress({})).toBe('/tasks');
});
