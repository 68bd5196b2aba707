/**
 * T10, as far as there is something to walk through: what the half-year review is made of, taken out of the program.
 *
 * Missing is the review itself: no page makes the official document (DOCX and PDF by Decree 30/2020) of a template yet, so that
 * "Báo cáo; template; Lập; Xuất" can't be counted. What can be had today is tried here: the overview with its gaps, the figures as
 * a workbook and as CSV, the follow-up book of seven columns, the letters to those who are late, and the way from a figure to the
 * sentence it was read in.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { strFromU8, unzipSync } from 'fflate';

import { startCounting, within } from '../budget.js';
import { DESK, OFFICER, Stage } from '../stage.js';
import { readSheet } from '../workbook.js';

const HALF = '2026-H1';
const SERIES = ['KVPT.06.01', 'KVPT.02.01'];
/** What T10 may cost; the walk below is longer than the one that is meant, and stays within it all the same. */
const BUDGET = { clicks: 6, keys: 0 };

let stage;
let page;
let province;

before(async () => {
  stage = await Stage.open(DESK, OFFICER);
  page = stage.page;
  province = (await stage.ask('/api/units?q=tinh%20lam%20giang')).items[0].id;
});

after(() => stage?.close());

/** The file that a press brings. */
async function fileOf(press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press]);
  return readFileSync(await download.path());
}

const totals = async (indicator) => (await stage.ask(`/api/totals?indicator=${indicator}&unit=${province}&period=${HALF}`)).values[0];

test('the overview of the half-year shows its gaps before anything is taken out', async () => {
  await stage.go(`/overview?u=${province}&p=${HALF}`);
  await page.locator('option:checked', { hasText: '6 tháng đầu năm 2026' }).waitFor({ state: 'attached' });
  const gaps = [/quá hạn chưa nộp/, /Chưa đạt/, /nhiệm vụ và \d+ báo cáo quá hạn/];
  for (const gap of gaps) await page.getByText(gap).first().waitFor();
  await stage.picture('half-year-overview-vi');
});

test('the figures of the half-year are had as a workbook and as CSV, equal to the totals, in two clicks', async () => {
  await startCounting(stage);
  await stage.go(`/explorer?i=${SERIES.join(',')}&p=${HALF}&u=${province}`);
  await page.locator('tr.all td.figure button').last().waitFor();
  const sheet = readSheet(await fileOf(page.getByRole('link', { name: 'Tải Excel' }).click()));
  const csv = (await fileOf(page.getByRole('link', { name: 'Tải CSV' }).click())).toString('utf8');
  await within(stage, 'T10, the figures', BUDGET);
  assert.ok(sheet.some((it) => it.includes('6 tháng đầu năm 2026')), 'the half-year is not named as it is called');
  const row = sheet.find((it) => it[0] === 'Tỉnh Lam Giang' && it.length > 2);
  for (const code of SERIES) {
    const whole = String(await totals(code));
    assert.ok(row?.includes(whole), `${code}: ${whole} is not in ${row}`);
    assert.ok(csv.split('\n').some((line) => line.includes('Tỉnh Lam Giang') && line.includes(whole)), `${code}: ${whole} is not in the CSV`);
  }
  await stage.picture('half-year-figures-vi');
});

test('the follow-up book comes as a workbook with the seven columns of the law', async () => {
  await stage.go('/tasks/book');
  const sheet = readSheet(await fileOf(page.getByRole('link', { name: 'Tải Excel' }).click()));
  // Decree 30/2020, annex IV.
  const columns = [/Số đến/, /Tên loại, số và ký hiệu/, /Đơn vị hoặc người nhận/, /Thời hạn giải quyết/, /Tiến độ giải quyết/, /Số, ký hiệu văn bản trả lời/, /Ghi chú/];
  const heading = sheet.find((it) => /Số đến/.test(it[0] ?? ''));
  assert.equal(heading?.length, columns.length);
  for (const [at, column] of columns.entries()) assert.match(heading[at], column);
  assert.ok(sheet.length > 4, 'no line in the book');
});

test('the letters to all who are late come as Word documents, one for each unit', async () => {
  await stage.go('/tasks/late');
  await page.getByRole('checkbox', { name: /Chọn tất cả/ }).click();
  await page.getByRole('button', { name: 'Đôn đốc', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  const letters = unzipSync(new Uint8Array(await fileOf(page.getByRole('button', { name: 'Phát hành' }).click())));
  const names = Object.keys(letters);
  assert.ok(names.length >= 2, names.join());
  for (const name of names) {
    assert.match(name, /\.docx$/);
    const text = strFromU8(unzipSync(letters[name])['word/document.xml']).replace(/<[^>]+>/g, '');
    assert.match(text, /CỘNG H(ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM/);
    assert.match(text, /đôn đốc/i);
  }
});

test('a figure leads to the sentence that it was read in', async () => {
  await startCounting(stage);
  await stage.go(`/explorer?i=KVPT.07.04&p=2026-03&u=${province}`);
  await page.locator('tr.all td.figure button').last().click();
  const contributors = page.locator('dialog table tbody tr').filter({ hasText: 'Xã Bình An' });
  await contributors.first().getByRole('button').click();
  await page.locator('dialog blockquote mark').waitFor();
  await within(stage, 'T10, from a figure to its sentence', { clicks: 2, keys: 0 });
  await stage.picture('half-year-sentence-vi');
});
