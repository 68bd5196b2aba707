/** What takes two people, as both of them see it: one asks, the other reads what it is, and confirms or refuses. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { digits } from '../authenticator.js';
import { ADMINISTRATOR, BINARY, DESK, PHONE, Stage } from '../stage.js';

const PASSWORD = 'mưa thuận gió hòa';
const STEP_MS = 30_000;
const LIST = '/admin/countersigns';

/** Lan asks; Bình is the second administrator. Either has a browser of her own. */
let lan;
let binh;

function dondoc(...asked) {
  return execFileSync(BINARY, [...asked, '--data', join(lan.folder, 'data')], { encoding: 'utf8' });
}

/** The second administrator: made on the machine, joins at the page, sets up her second factor. */
async function takeOffice(stage) {
  const code = dondoc('accounts', 'add', 'quan-tri-hai', '--display', 'Trần Thị Bình', '--office', 'Văn phòng UBND tỉnh', '--role', 'administrator', '--everywhere').trim();
  const { page } = stage;
  await stage.go('/');
  await page.getByRole('button', { name: 'Tôi có mã dùng một lần' }).click();
  await page.getByLabel('Mã dùng một lần').fill(code);
  await page.getByLabel('Mật khẩu mới').fill(PASSWORD);
  await page.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();
  await page.locator('.who').waitFor();
  await stage.go('/account');
  await page.getByRole('button', { name: 'Cài ứng dụng xác thực' }).click();
  stage.secret = await page.locator('.secret').textContent();
  const factor = page.locator('section', { has: page.getByRole('heading', { name: 'Xác nhận bước hai' }) });
  await factor.getByLabel('Mã 6 số').fill(digits(stage.secret));
  await factor.getByLabel('Mật khẩu').fill(PASSWORD);
  await factor.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await page.getByText('Đã cài bước xác nhận thứ hai.').waitFor();
}

before(async () => {
  lan = await Stage.open(DESK, ADMINISTRATOR);
  dondoc('accounts', 'two-people', 'on');
  binh = new Stage();
  binh.who = null;
  Object.assign(binh, { base: lan.base, browser: lan.browser });
  await binh.newPage(DESK);
  await takeOffice(binh);
});

after(() => lan?.close());

/** Presses what the server wants the second factor for, and types its digits if they are asked for. */
async function press(stage, button, done) {
  await button.click();
  const field = stage.page.getByRole('dialog').getByLabel('Mã 6 số');
  await field.or(done).first().waitFor();
  if (!(await field.isVisible())) return;
  if (stage === lan) return stage.confirm();
  // The digits of this half minute were taken before; the server takes those of the next one as well.
  await field.fill(digits(stage.secret, Date.now() + STEP_MS));
}

/** The card of a request, by words that stand in it. */
function card(stage, words) {
  return stage.page.getByRole('article').filter({ hasText: words }).first();
}

/** The list as an office computer and a telephone show it: it fits, everybody can use it, and it complains of nothing. */
async function look(stage, name) {
  for (const [size, at] of [['desk', DESK], ['phone', PHONE]]) {
    await stage.page.setViewportSize(at);
    await stage.picture(`two-people-${name}-${size}-vi`);
    const overhang = await stage.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overhang <= 0, `${name} is ${overhang} pixels too wide`);
    assert.deepEqual(await stage.faults(), [], name);
  }
  await stage.page.setViewportSize(DESK);
}

async function pick(label, typed, name) {
  await lan.page.getByRole('combobox', { name: label }).fill(typed);
  await lan.page.getByRole('option', { name }).first().click();
}

async function isFounded() {
  const { items } = await lan.ask('/api/units?q=binh%20khe&on=2027-01-01');
  return items.some((it) => it.name === 'Xã Bình Khê');
}

test('a merger waits for the second administrator, who reads what it does, confirms it, and then it is done', async () => {
  const { page } = lan;
  const words = 'Nhập Xã Bình An, Xã Đông Khê thành Xã Bình Khê (lập mới) từ ngày 01/01/2027, theo Nghị quyết 15/NQ-HĐND';
  await lan.go('/admin/units/change');
  await page.getByLabel('Có hiệu lực từ ngày').fill('1/1/2027');
  await page.getByLabel('Văn bản quyết định').fill('Nghị quyết 15/NQ-HĐND');
  await pick('Thêm đơn vị', 'binh an', /Bình An/);
  await pick('Thêm đơn vị', 'dong khe', /Đông Khê/);
  await page.getByLabel('Một đơn vị mới thành lập').check();
  await page.getByLabel('Loại đơn vị').selectOption({ label: 'xã' });
  await page.getByLabel('Tên mới (không ghi chữ xã, phường)').fill('Bình Khê');
  await page.getByRole('button', { name: 'Xem trước ảnh hưởng' }).click();
  await page.getByRole('heading', { name: 'Nếu thực hiện thay đổi này' }).waitFor({ timeout: 60_000 });
  const asked = page.getByText('Đã gửi đề nghị.');
  await press(lan, page.getByRole('button', { name: 'Thực hiện' }), asked);
  await asked.waitFor();
  await page.getByText('Trần Thị Bình (Văn phòng UBND tỉnh)').waitFor();
  await look(lan, 'asked');
  assert.ok(!(await isFounded()), 'nothing is done yet');

  // Who asked sees that it waits, and for whom; nothing lets her confirm it herself.
  await page.getByRole('link', { name: 'Xem các việc cần hai người' }).click();
  await card(lan, words).getByText('Ai xác nhận được: Trần Thị Bình (Văn phòng UBND tỉnh)').waitFor();
  await card(lan, words).getByText('Quản trị hệ thống (quan-tri) đề nghị lúc').waitFor();
  assert.equal(await card(lan, words).getByRole('button', { name: 'Xác nhận' }).count(), 0);
  await look(lan, 'own');
  const [own] = (await lan.ask('/api/countersigns')).items;
  const headers = { 'content-type': 'application/json' };
  const alone = await lan.context.request.post(`${lan.base}/api/countersigns/${own.id}/confirm`, { headers, data: { digest: own.digest } });
  assert.deepEqual([alone.status(), (await alone.json()).code], [409, 'own_work']);

  // The second one finds it on her first page, with all that it is.
  await binh.go('/');
  const duty = binh.page.locator('#duties').getByRole('link', { name: words });
  await duty.waitFor();
  await look(binh, 'home');
  await duty.click();
  await card(binh, words).getByRole('button', { name: 'Xem trước ảnh hưởng' }).click();
  await card(binh, words).getByText('✓ Đúng là thay đổi đã được xem trước khi đề nghị.').waitFor({ timeout: 60_000 });
  await look(binh, 'to-decide');
  await card(binh, words).getByRole('button', { name: 'Xác nhận' }).click();
  const dialog = binh.page.getByRole('dialog');
  await dialog.getByText(words).waitFor();
  await look(binh, 'confirming');
  const done = binh.page.getByText('✓ Đã xác nhận và thực hiện');
  await press(binh, dialog.getByRole('button', { name: 'Xác nhận' }), done);
  await done.waitFor({ timeout: 60_000 });
  await card(binh, words).getByText('Trần Thị Bình (quan-tri-hai), lúc').waitFor();
  await look(binh, 'done');
  assert.ok(await isFounded());
});

test('what is refused is not done, and who asked reads why', async () => {
  const { page } = lan;
  const why = 'Công văn chưa có chữ ký của cơ quan chủ quản.';
  await lan.go('/admin/packs');
  await page.getByText(/^Chỉ tiêu phải xác nhận/).first().click();
  await page.getByRole('button', { name: /^Xác nhận / }).first().click();
  const box = page.getByRole('dialog');
  await box.getByLabel(/^Văn bản của cơ quan chủ quản/).fill('Công văn 12/BCH-TM');
  const asked = page.getByText('Đã gửi đề nghị.');
  await press(lan, box.getByRole('button', { name: 'Xác nhận' }), asked);
  await asked.waitFor();
  const words = (await lan.ask('/api/countersigns')).items[0].words.vi;
  assert.match(words, /^Cho phép báo cáo KVPT\.\S+ .+, theo Công văn 12\/BCH-TM$/);

  await binh.go(LIST);
  await card(binh, words).getByRole('button', { name: 'Từ chối' }).click();
  const dialog = binh.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Từ chối' }).click();
  await dialog.getByRole('link', { name: 'Ghi lý do từ chối.' }).waitFor();
  await dialog.getByLabel('Lý do từ chối (người đề nghị sẽ đọc)').fill(why);
  await look(binh, 'refusing');
  const done = card(binh, words).getByText('✗ Đã từ chối');
  await press(binh, dialog.getByRole('button', { name: 'Từ chối' }), done);
  await done.waitFor();

  await lan.go('/');
  await page.getByText(`Lý do: ${why}`).waitFor();
  await look(lan, 'refused-home');
  await lan.go(LIST);
  await card(lan, words).getByText(`Lý do: ${why}`).waitFor();
  await look(lan, 'refused');
  const packs = (await lan.ask('/api/admin/packs')).items.flatMap((it) => it.clearings);
  assert.deepEqual(packs.filter((it) => it.confirmed), []);
});

test('a pack is taken into use by two', async () => {
  const { page } = lan;
  await lan.go('/admin/packs');
  const pack = page.locator('section', { has: page.getByRole('heading', { name: 'Chuyển đổi số cấp xã' }) });
  await pack.getByRole('button', { name: 'Kiểm tra' }).click();
  const asked = page.getByText('Đã gửi đề nghị.');
  await press(lan, pack.getByRole('button', { name: 'Đưa vào dùng' }), asked);
  await asked.waitFor();
  await look(lan, 'pack');
  await pack.getByText('Chưa dùng').waitFor();
  await binh.go(LIST);
  const words = /Đưa vào dùng gói \S+ “Chuyển đổi số cấp xã”, phiên bản 1, lần đầu/;
  await card(binh, words).getByRole('button', { name: 'Xác nhận' }).click();
  const done = card(binh, words).getByText('✓ Đã xác nhận và thực hiện');
  await press(binh, binh.page.getByRole('dialog').getByRole('button', { name: 'Xác nhận' }), done);
  await done.waitFor({ timeout: 60_000 });
  await lan.go('/admin/packs');
  await pack.getByText('Đang dùng: phiên bản 1').waitFor();
  await pack.getByText('Quản trị hệ thống đưa vào dùng').waitFor();
});

test('nothing was complained about', () => {
  // A refusal that was asked for is told by the browser as well.
  const told = [...lan.complaints, ...binh.complaints].filter((it) => !/status of (403|409|404)/.test(it));
  assert.deepEqual(told, []);
});
