import { expect, test } from 'vitest';

import { bare, indicatorsOf, matching } from './indicators';

const DETAIL = {
  off: ['P.03'],
  pack: {
    indicators: [
      { code: 'P.01', name: { vi: 'Số lớp đã mở', en: 'Courses held' }, measure: 'lớp', breakdowns: ['a', 'b'], basis: ['L1'] },
      { code: 'P.02', name: { vi: 'Tỷ lệ đạt', en: 'Share' }, measure: '%' },
      { code: 'P.03', name: { vi: 'Chưa dùng', en: 'Off' }, measure: 'x' },
    ],
    breakdowns: [
      { code: 'a', name: { vi: 'A', en: 'A' }, options: [{ code: 'a1', name: { vi: 'Nam', en: 'Men' } }, { code: 'a2', name: { vi: 'Nữ', en: 'Women' } }] },
      { code: 'b', name: { vi: 'B', en: 'B' }, separate: true, options: [{ code: 'b1', name: { vi: 'Xã', en: 'Commune' } }] },
    ],
    basis: [{ code: 'L1', name: { vi: 'Luật mẫu', en: 'Sample law' } }],
  },
} as unknown as Parameters<typeof indicatorsOf>[0];

test('indicators that are on are offered with all that they are divided by', () => {
  const found = indicatorsOf(DETAIL);
  expect(found.map((it) => it.code)).toEqual(['P.01', 'P.02']);
  expect(found[0]?.options.map((it) => it.code)).toEqual(['a1+b1', 'a2+b1']);
  expect(found[0]?.options[0]?.name).toEqual({ vi: 'Nam, Xã', en: 'Men, Commune' });
  expect([found[0]?.hasWhole, found[1]?.hasWhole]).toEqual([false, true]);
  expect(found[0]?.basis).toEqual([{ vi: 'Luật mẫu', en: 'Sample law' }]);
});

test('indicators are found without accents', () => {
  const found = indicatorsOf(DETAIL);
  expect(matching(found, 'lop da mo').map((it) => it.code)).toEqual(['P.01']);
  expect(matching(found, 'TỶ LỆ').map((it) => it.code)).toEqual(['P.02']);
  expect(matching(found, '').length).toBe(2);
  expect(bare('Đôn đốc, thuỷ lợi')).toBe('don doc thuy loi');
});
