import { expect, test } from 'vitest';

import type { PackDetail } from '$lib/api/explorer';
import type { RegisterEntry } from '$lib/api/overview';
import { ratingNames, ratingOf } from './ratings';

test('a rating is read from an entry, whichever way its fields are kept', () => {
  const entry = {
    id: 4,
    occurred_on: '2026-03-05',
    fields: { assessor: { kind: 'text', value: 'Quân khu' }, subject: 'Diễn tập', rating: { choice: 'tot' } },
  } as unknown as RegisterEntry;
  expect(ratingOf(entry)).toEqual({ id: 4, day: '2026-03-05', assessor: 'Quân khu', subject: 'Diễn tập', period: '', rating: 'tot' });
});

test('the pack says what the ratings are called', () => {
  const pack = {
    pack: {
      registers: [{ code: 'assessment', fields: [{ code: 'rating', options: 'muc' }] }],
      breakdowns: [{ code: 'muc', options: [{ code: 'tot', name: { vi: 'Tốt', en: 'Good' } }] }],
    },
  } as unknown as PackDetail;
  expect(ratingNames(pack, 'assessment')?.get('tot')).toEqual({ vi: 'Tốt', en: 'Good' });
  expect(ratingNames(pack, 'nothing')).toBeNull();
});
