import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { DESK, PHONE, Stage } from '../stage.js';

const SCREENS = {
  home: '/',
  health: '/admin',
  backups: '/admin/backups',
  units: '/admin/units',
  change: '/admin/units/change',
  'unit-file': '/admin/units/file',
  packs: '/admin/packs',
};

let stage;
let page;

before(async () => {
  stage = await Stage.open();
  await stage.signIn('quan-tri');
});

after(() => stage?.close());

beforeEach(async () => {
  page = await stage.newPage(DESK);
});

async function inEnglish() {
  if ((await page.getAttribute('html', 'lang')) !== 'en') await page.getByRole('button', { name: 'English' }).click();
}

/** The page's own words, without names and other things that stand there as they are. */
async function ownWords() {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('[translate=no], [lang=vi]:not(html), code')) continue;
      const text = node.textContent.replace(/\s+/g, ' ').trim();
      if (/\p{L}{2}/u.test(text)) found.push(text);
    }
    return found;
  });
}

async function pick(label, typed, name) {
  await page.getByRole('combobox', { name: label }).fill(typed);
  await page.getByRole('option', { name }).first().click();
}

for (const [name, size] of Object.entries({ desk: DESK, phone: PHONE })) {
  test(`every screen of the administration fits a ${name} and can be used by everybody`, async () => {
    page = await stage.newPage(size);
    for (const [screen, path] of Object.entries(SCREENS)) {
      stage.complaints.length = 0;
      await stage.go(path);
      await stage.picture(`admin-${screen}-${name}-vi`);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overhang <= 0, `${screen} is ${overhang} pixels too wide`);
      assert.deepEqual(await stage.faults(), [], screen);
      assert.deepEqual(stage.complaints, [], screen);
    }
  });
}

test('every screen of the administration speaks the other language, too', async () => {
  for (const [screen, path] of Object.entries(SCREENS)) {
    await stage.go(path);
    const vietnamese = new Set(await ownWords());
    await inEnglish();
    await stage.settled();
    await stage.picture(`admin-${screen}-desk-en`);
    const title = await page.locator('h1').first().textContent();
    assert.ok(!vietnamese.has(title), `${screen}: ${title}`);
    assert.deepEqual(await stage.faults(), [], screen);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  }
});

test('an administrator is asked for no reports and no tasks, and nothing is refused on the first page', async () => {
  const refused = [];
  page.on('response', (it) => it.status() >= 400 && refused.push(it.url()));
  await stage.go('/');
  await page.getByText('Tài khoản này không được giao nộp báo cáo hay thực hiện nhiệm vụ.').waitFor();
  assert.deepEqual(refused, []);
  await page.getByRole('link', { name: 'Đến trang quản trị hệ thống' }).click();
  await page.waitForURL('**/admin');
});

test('an administrator is told who may see the closed periods, and nothing is refused', async () => {
  const refused = [];
  page.on('response', (it) => it.status() >= 400 && refused.push(it.url()));
  await stage.go('/reports/locks');
  await page.getByText('Tài khoản này không được xem các kỳ đã khóa.').waitFor();
  assert.equal(await page.getByText(/Đang khóa/).count(), 0);
  assert.deepEqual(refused, []);
  await stage.picture('locks-not-seen-desk-vi');
});

test('digits that were used before are asked for again where they were typed, and nothing is lost', async () => {
  await stage.go('/admin/backups');
  await page.getByLabel('Giờ trong ngày (0 đến 23)').fill('5');
  await page.getByRole('button', { name: 'Lưu lịch sao lưu' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mã 6 số').fill('000000');
  await dialog.getByRole('alert').waitFor();
  assert.equal(await dialog.getByLabel('Mã 6 số').inputValue(), '');
  await stage.confirm();
  await page.getByText('Đã lưu lịch sao lưu.').waitFor();
});

test('a backup is taken, restored for trial, and the page of health says so', async () => {
  await stage.go('/admin/backups');
  await page.getByRole('button', { name: 'Sao lưu ngay' }).click();
  await page.getByText('Đã sao lưu và kiểm tra xong').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Diễn tập khôi phục/ }).first().click();
  await page.getByText('khôi phục được và mọi mã kiểm tra đều khớp').waitFor({ timeout: 60_000 });
  await stage.picture('admin-backup-done-desk-vi');
  await page.getByRole('link', { name: 'Tình trạng hệ thống' }).click();
  await page.getByText('Trong 7 ngày').waitFor();
  await page.getByRole('button', { name: 'Kiểm tra toàn bộ ngay' }).click();
  await page.getByText(/^✓ Còn nguyên/).waitFor({ timeout: 60_000 });
  await stage.picture('admin-health-checked-desk-vi');
});

test('a schedule that makes no sense is refused at its fields, and what was typed stays', async () => {
  await stage.go('/admin/backups');
  const hour = page.getByLabel('Giờ trong ngày (0 đến 23)');
  await hour.fill('25');
  await page.getByRole('button', { name: 'Lưu lịch sao lưu' }).click();
  await page.getByRole('link', { name: 'Giờ: ghi một số từ 0 đến 23.' }).click();
  assert.equal(await hour.inputValue(), '25');
  await hour.fill('4');
  await page.getByRole('button', { name: 'Lưu lịch sao lưu' }).click();
  await stage.confirm();
  await page.getByText('Đã lưu lịch sao lưu.').waitFor();
});

test('a merger is rehearsed, looked at and done, and the new unit is there', async () => {
  await stage.go('/admin/units/change');
  await page.getByRole('button', { name: 'Xem trước ảnh hưởng' }).click();
  await page.getByRole('link', { name: 'Chọn ít nhất hai đơn vị.' }).waitFor();
  await page.getByLabel('Có hiệu lực từ ngày').fill('1/1/2027');
  await page.getByLabel('Văn bản quyết định').fill('Nghị quyết 15/NQ-HĐND ngày 05/12/2026');
  await pick('Thêm đơn vị', 'binh an', /Bình An/);
  await pick('Thêm đơn vị', 'dong khe', /Đông Khê/);
  await page.getByLabel('Một đơn vị mới thành lập').check();
  await page.getByLabel('Loại đơn vị').selectOption({ label: 'xã' });
  await page.getByLabel('Tên mới (không ghi chữ xã, phường)').fill('Bình Khê');
  await page.getByRole('button', { name: 'Xem trước ảnh hưởng' }).click();
  await page.getByRole('heading', { name: 'Nếu thực hiện thay đổi này' }).waitFor({ timeout: 60_000 });
  await page.getByText('Bằng nhau tất cả').waitFor();
  await stage.picture('admin-rehearsal-desk-vi');
  assert.deepEqual(await stage.faults(), []);
  await page.getByRole('button', { name: 'Thực hiện' }).click();
  await stage.confirm();
  await page.getByText('Đã thực hiện').waitFor({ timeout: 60_000 });
  await stage.go('/admin/units?on=2027-01-01');
  await page.getByRole('link', { name: 'Xã Bình Khê' }).click();
  await page.getByRole('heading', { name: 'Xã Bình Khê' }).waitFor();
  await page.getByText('Hình thành từ').waitFor();
  await stage.picture('admin-unit-desk-vi');
});

test('what a pack holds can be read, and an indicator is cleared only with a document', async () => {
  await stage.go('/admin/packs');
  await page.getByText('Trong gói có gì').first().click();
  await page.getByRole('heading', { name: /^Chỉ tiêu \(/ }).first().waitFor();
  await page.getByText(/^Chỉ tiêu phải xác nhận/).first().click();
  await page.getByRole('button', { name: /^Xác nhận / }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Xác nhận' }).click();
  await dialog.getByRole('link', { name: 'Ghi số, ngày và cơ quan ban hành của văn bản.' }).waitFor();
  await dialog.getByLabel(/^Văn bản của cơ quan chủ quản/).fill('Công văn 12/BCH-TM ngày 01/10/2026');
  await dialog.getByRole('button', { name: 'Xác nhận' }).click();
  await stage.confirm();
  await page.getByText(/^✓ Đã xác nhận/).first().waitFor();
  await stage.picture('admin-packs-desk-vi');
});
