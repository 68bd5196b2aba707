import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startCounting, within } from '../budget.js';
import { DESK, PHONE, Stage } from '../stage.js';

/** T1 and T6 of the tasks that have budgets of clicks and keys. */
const NIL_BUDGET = { clicks: 2, keys: 0 };
const APPROVE_BUDGET = { clicks: 3, keys: 6 };

let stage;
let page;

before(async () => {
  stage = await Stage.open();
  page = stage.page;
});

after(() => stage?.close());

/** People of the sample province, who sign in without a password. */
const PEOPLE = { clerk: 'can-bo-xa', officer: 'chuyen-vien-tinh', leader: 'lanh-dao-tinh' };

/** A page of somebody who is signed in. */
async function signedIn(who, size = DESK) {
  stage.who = PEOPLE[who];
  page = await stage.newPage(size);
  await stage.go('/');
  return page;
}

/** What the API answers the one who is signed in. */
async function ask(path) {
  const { status, body } = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return { status: answer.status, body: await answer.json() };
  }, path);
  assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
  return body;
}

async function reportOf(unit, state) {
  const { items } = await ask(`/api/reports?state=${state}`);
  const board = await ask('/api/board');
  const names = new Map(board.units.map((it) => [it.unit, it.name]));
  const found = items.find((it) => unit === null || names.get(it.unit) === unit);
  assert.ok(found, `no report ${state} of ${unit}`);
  return found;
}

test('T1: a clerk sends a report in which nothing occurred from the list of what is due', async () => {
  await signedIn('clerk');
  await startCounting(stage);
  await stage.go('/');
  await page.getByRole('button', { name: 'Không phát sinh' }).first().click();
  await stage.picture('nil-asked-desk-vi');
  await page.getByRole('button', { name: 'Gửi', exact: true }).click();
  await page.getByText(/Số biên nhận \d{6}-1/).waitFor();
  await within(stage, 'T1', NIL_BUDGET);
  await stage.picture('nil-sent-desk-vi');
});

test('T6: an officer approves all clean reports at once', async () => {
  await signedIn('officer');
  const waiting = (await ask('/api/approvals')).items;
  const clean = waiting.filter((it) => it.findings.length === 0 && !it.is_own);
  assert.ok(clean.length >= 6, `only ${clean.length} clean reports`);
  assert.ok(waiting.length > clean.length, 'no report with warnings');
  await startCounting(stage);
  await stage.go('/reports/approve');
  await stage.picture('approve-desk-vi');
  await page.getByRole('button', { name: /^Không cảnh báo/ }).click();
  await page.getByRole('checkbox', { name: 'Chọn tất cả' }).click();
  await page.getByRole('button', { name: /^Duyệt \d+ báo cáo$/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const code = dialog.getByLabel('Mã 6 số');
  await code.waitFor();
  await stage.picture('approve-confirm-desk-vi');
  // Read off the authenticator; here the server of the sample says what it would show.
  const { account } = await ask('/api/session');
  await page.keyboard.type(account.practice_code);
  await page.getByText(`Đã duyệt ${clean.length} báo cáo.`).waitFor();
  await within(stage, 'T6', APPROVE_BUDGET);
  const left = (await ask('/api/approvals')).items;
  assert.equal(left.length, waiting.length - clean.length);
  await stage.picture('approved-desk-vi');
});

test('the board is narrowed by state and area, opens a report, and prints a page for each form', async () => {
  await signedIn('officer');
  await stage.go('/reports');
  const rows = page.locator('.screen tbody tr');
  // Thirteen communes and wards, and the province itself.
  assert.equal(await rows.count(), 14);
  await page.getByLabel('Tình trạng').selectOption('late');
  const late = await rows.count();
  assert.ok(late > 0 && late < 13, `${late} late`);
  assert.match(await rows.first().textContent(), /trễ \d+ ngày/);
  await page.getByLabel('Tình trạng').selectOption('');
  await page.getByLabel('Tìm đơn vị').fill('binh an');
  assert.equal(await rows.count(), 1);
  await page.emulateMedia({ media: 'print' });
  const sheets = await page.locator('.sheets section').count();
  assert.ok(sheets >= 2, `${sheets} sheets`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const n = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
  assert.equal(n, sheets, 'a page for each form');
  await page.emulateMedia({ media: 'screen' });
  await rows.first().getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: /B01-XA.*Bình An/ }).waitFor();
});

test('the board is narrowed by the agency that a form goes to', async () => {
  await signedIn('officer');
  await stage.go('/reports');
  const heads = page.locator('.screen thead th.form');
  const all = await heads.count();
  await page.getByLabel('Cơ quan nhận').selectOption({ label: 'Bộ Chỉ huy quân sự tỉnh' });
  assert.equal(await heads.count(), 1);
  assert.match(await heads.first().innerText(), /^B01-XA/);
  await page.getByLabel('Cơ quan nhận').selectOption({ label: 'Tất cả cơ quan' });
  assert.equal(await heads.count(), all);
});

test('a period is closed for a commune, stands in the list, and is opened again with a reason', async () => {
  await signedIn('officer');
  await stage.go('/reports/locks');
  await page.getByRole('button', { name: 'Khóa kỳ này' }).click();
  await page.getByRole('link', { name: 'Chọn kỳ báo cáo.' }).waitFor();
  await page.getByLabel('Kỳ báo cáo', { exact: true }).selectOption({ label: 'Tháng 12/2026' });
  await page.getByRole('combobox', { name: 'Đơn vị và các đơn vị trực thuộc' }).fill('khe trang');
  await page.getByRole('option', { name: /Khe Trắng/ }).first().click();
  await page.getByLabel(/^Lý do hoặc văn bản/).fill('Đã chốt số liệu');
  await page.getByRole('button', { name: 'Khóa kỳ này' }).click();
  const row = () => page.locator('tbody tr').filter({ hasText: 'Tháng 12/2026' });
  await row().getByText('Xã Khe Trắng').waitFor();
  await stage.picture('locks-desk-vi');
  await signedIn('leader');
  await stage.go('/reports/locks');
  await row().getByRole('button', { name: 'Mở lại Tháng 12/2026' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lý do').fill('Xã nộp bổ sung');
  await dialog.getByRole('button', { name: 'Mở lại' }).click();
  const code = dialog.getByLabel('Mã 6 số');
  await code.waitFor();
  await code.pressSequentially((await ask('/api/session')).account.practice_code);
  await page.getByText('Đã mở lại kỳ này.').waitFor();
  assert.equal(await row().count(), 0);
  await page.getByLabel('Xem theo kỳ').selectOption({ label: 'Tháng 12/2026' });
  await row().getByText('Xã nộp bổ sung').waitFor();
});

test('an officer returns a report with a reason at a cell, and the history says so', async () => {
  await signedIn('officer');
  const report = await reportOf(null, 'submitted');
  await stage.go(`/reports/${report.id}`);
  await page.getByRole('button', { name: 'Trả lại để sửa' }).click();
  await page.getByRole('button', { name: 'Gửi trả lại' }).click();
  await page.getByText('Ghi ít nhất một lý do').waitFor();
  await page.locator('td.figure button').first().click();
  await page.keyboard.type('Kiểm tra lại theo sổ');
  await stage.picture('return-desk-vi');
  await page.getByRole('button', { name: 'Gửi trả lại' }).click();
  await page.getByText('Đã xong: Trả lại.').waitFor();
  await page.locator('section[aria-labelledby=history-title]').getByText(/Kiểm tra lại theo sổ/).first().waitFor();
  assert.equal(await page.locator('td.marked').count(), 1);
});

test('of an approved report a correction is asked for, as of a locked one', async () => {
  await signedIn('officer');
  const report = await reportOf(null, 'approved');
  await stage.go(`/reports/${report.id}`);
  await page.getByText('Báo cáo đã duyệt nên đơn vị không sửa trực tiếp được.').waitFor();
  await page.getByRole('button', { name: 'Đề nghị điều chỉnh' }).click();
  const right = page.getByLabel(/^Số đúng ở/);
  await page.locator('td.figure button').first().click();
  await right.fill('-7');
  await page.getByLabel('Lý do', { exact: true }).fill('Đối chiếu lại sổ');
  const send = page.getByRole('button', { name: 'Gửi đề nghị' });
  await send.click();
  // Which cell it is, in words and at its field.
  await page.getByRole('alert').getByText(/^Ô \S+ \(\d+\):.*số âm/i).waitFor();
  assert.equal(await right.getAttribute('aria-invalid'), 'true');
  await stage.picture('correct-approved-desk-vi');
  // The visits of the families stand by themselves: nothing else has to be changed with them.
  await page.getByRole('button', { name: 'Bỏ', exact: true }).click();
  await page.locator('tr', { hasText: 'lượt gia đình chính sách' }).locator('td.figure button').first().click();
  await right.fill('7');
  await send.click();
  await page.getByText('Đối chiếu lại sổ').first().waitFor();
});

test('a correction shows what it does to the totals before it is decided', async () => {
  await signedIn('officer');
  await stage.go('/reports/corrections');
  const card = page.locator('article').first();
  assert.match(await card.textContent(), /Tỉnh Lam Giang/);
  assert.ok((await card.locator('s').count()) >= 2, 'old figures are struck through');
  await stage.picture('corrections-desk-vi');
});

test('the receipt fits one page', async () => {
  await signedIn('officer');
  const report = await reportOf(null, 'locked');
  await stage.go(`/reports/${report.id}/receipt`);
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length, 1);
  await page.emulateMedia({ media: 'screen' });
});

/** The texts of the page's own, without what people wrote and names (`lang=vi`, `translate=no`). */
async function ownTexts() {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('[translate=no], [lang=vi]')) continue;
      const text = node.textContent.replace(/\s+/g, ' ').trim();
      if (/\p{L}{2}/u.test(text)) found.push(text);
    }
    return found;
  });
}

test('every page fits desk and telephone, can be used by everybody, and is wholly in the language chosen', async () => {
  await signedIn('officer');
  const report = await reportOf(null, 'locked');
  const screens = {
    board: '/reports',
    approve: '/reports/approve',
    corrections: '/reports/corrections',
    locks: '/reports/locks',
    report: `/reports/${report.id}`,
    receipt: `/reports/${report.id}/receipt`,
  };
  for (const [name, size] of Object.entries({ desk: DESK, phone: PHONE })) {
    await signedIn('officer', size);
    for (const [screen, path] of Object.entries(screens)) {
      stage.complaints.length = 0;
      await stage.go(path);
      await stage.picture(`reports-${screen}-${name}-vi`);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overhang <= 0, `${screen} is ${overhang} pixels too wide on a ${name}`);
      assert.deepEqual(await stage.faults(), [], screen);
      assert.deepEqual(stage.complaints, [], screen);
    }
  }
  await signedIn('officer');
  await stage.go('/reports');
  await page.getByRole('button', { name: 'English' }).click();
  for (const [screen, path] of Object.entries(screens)) {
    await stage.go(path);
    const isVietnamese = (text) => /[ăâđêôơư\u1ea0-\u1ef9]/iu.test(text.replace(/“[^”]*”/gu, ''));
    assert.deepEqual((await ownTexts()).filter(isVietnamese), [], screen);
    await stage.picture(`reports-${screen}-desk-en`);
  }
});
