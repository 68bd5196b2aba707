import { expect, test } from 'vitest';

import { toHtml, toText } from './clipboard';

const ROWS = [
  [{ text: 'Đơn vị', isHeading: true }, { text: '01/2026', isHeading: true }],
  [{ text: '=HYPERLINK("x")' }, { text: '1.234,5', plain: '1234.5' }],
  [{ text: 'Xã <A>\t&B' }, { text: '-2', plain: '-2' }],
];

test.each(['=1+1', '+1', '-2+3', '@SUM(1)', '\t=1+1', '\r=1+1', '＝1+1', "'=1+1"])('%j is copied out as a text', (text) => {
  expect(toText([[{ text }]], '')).toBe(`'${text.replace(/[\t\r]/g, ' ')}`);
});

test('what goes out is a table with borders and real numbers, and never a formula', () => {
  const html = toHtml(ROWS, 'Nguồn: Dondoc');
  expect(html).toContain('<td x:num="1234.5" align="right"');
  expect(html).toContain('border:1px solid');
  expect(html).toContain('Xã &lt;A&gt;');
  expect(html).toContain("mso-number-format:'\\@'");
  expect(html).toContain('Nguồn: Dondoc');
  expect(toText(ROWS, 'Nguồn: Dondoc')).toBe(
    'Đơn vị\t01/2026\r\n\'=HYPERLINK("x")\t1234,5\r\nXã <A> &B\t-2\r\nNguồn: Dondoc',
  );
});
