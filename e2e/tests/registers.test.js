/** Registers: a course is noted down and the indicator follows; a sheet with bad rows brings nothing; lists, reports, files. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { DESK, PHONE, Stage } from '../stage.js';

let stage;

before(async () => {
  stage = await Stage.open();
});

after(async () => {
  await stage?.close();
});

/** A page of the officer of the sample province, or of another one; they sign in without a password. */
async function signedIn(size, name = 'chuyen-vien-tinh') {
  const page = await stage.newPage(size);
  const answer = await stage.context.request.post(`${stage.base}/api/session`, {
    data: { name, password: '' },
  });
  assert.ok(answer.ok(), await answer.text());
  return page;
}

/** What the API answers the one who is signed in. */
async function ask(path) {
  const answer = await stage.context.request.get(stage.base + path);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** Chooses a unit in the picker with this label. */
async function pickUnit(page, label, name) {
  const input = page.getByLabel(label).first();
  await input.fill(name);
  await page.getByRole('option').first().waitFor();
  await input.press('Enter');
}

async function fillCourse(page, start) {
  await pickUnit(page, 'Đơn vị *', 'dong khe');
  await page.getByLabel('Đối tượng').selectOption({ label: 'Đối tượng 4' });
  await page.getByLabel('Đơn vị tổ chức').fill('Ban Chỉ huy quân sự xã');
  await page.getByLabel('Ngày khai giảng').fill(start);
  await page.getByLabel('Ngày bế giảng').fill(start);
  await page.getByLabel('Số học viên thực học').fill('1.045');
  await page.getByRole('radiogroup', { name: 'Lớp lồng ghép' }).getByLabel('Không').click();
}

test('a course is noted down by typing, and the indicator that follows is told', async () => {
  const page = await signedIn(DESK);
  await stage.go('/registers');
  assert.equal(await page.locator('h1').innerText(), 'Sổ theo dõi');
  await stage.picture('registers-list');
  await page.getByLabel('Tìm sổ').fill('lop boi duong');
  await page.getByRole('link', { name: 'Sổ lớp bồi dưỡng, tập huấn' }).click();
  await stage.settled();
  await page.getByRole('link', { name: 'Ghi bản ghi mới' }).click();
  await fillCourse(page, '5/3');
  // How the day was read stands below it, with its weekday.
  await page.getByText(/Hiểu là Thứ .*, 05\/03\/\d{4}/).first().waitFor();
  await stage.picture('registers-form');
  await page.getByLabel('Số học viên thực học').press('Control+Enter');
  await page.getByText('Đã lưu bản ghi').waitFor();
  const told = await page.locator('.told').innerText();
  assert.match(told, /Đối tượng 4.*Xã Đông Khê.*(tăng từ [\d.]+ lên [\d.]+ lớp|có số liệu mới, [\d.]+ lớp)/s);
  await stage.picture('registers-saved');
  assert.deepEqual(await stage.faults(), []);
});

test('a clerk of one commune finds it chosen', async () => {
  const page = await signedIn(DESK, 'can-bo-xa');
  await stage.go('/registers/course/new');
  await page.waitForFunction(() => document.querySelector('#entry-unit input')?.value === 'Xã Bình An');
  await signedIn(DESK);
});

test('what is wrong is told at its field, and the form keeps what was typed', async () => {
  const { page } = stage;
  await stage.go('/registers/course/new');
  await fillCourse(page, '31/02/2026');
  await page.getByRole('button', { name: 'Lưu bản ghi' }).click();
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /Ngày khai giảng.* phải là ngày/);
  assert.equal(await page.getByLabel('Ngày khai giảng').inputValue(), '31/02/2026');
  await page.getByRole('alert').getByRole('link').first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-start');
  assert.deepEqual(await stage.faults(), []);
});

test('a sheet with two bad rows is told cell by cell and brings nothing; put right, it brings all', async () => {
  const { page } = stage;
  const before = (await ask('/api/registers/gift/entries')).n;
  await stage.go('/registers/gift/import');
  const sheet = (rows) => Buffer.from(['Đơn vị;Ngày tặng;Số suất quà (suất)', ...rows].join('\n'));
  const file = (rows) => ({ name: 'qua.csv', mimeType: 'text/csv', buffer: sheet(rows) });
  await page.locator('#sheet-file').setInputFiles(file(['Đông Khê;31/6/2026;10', 'Bình An;5/7/2026;mười', 'Khe Trắng;6/7/2026;1.200']));
  await page.getByText('2 dòng sai').waitFor();
  const told = await page.locator('table').innerText();
  assert.match(told, /Ô B2: .*phải là ngày/);
  assert.match(told, /Ô C3: .*không phải là số/);
  await stage.picture('registers-import');
  assert.equal((await ask('/api/registers/gift/entries')).n, before);
  assert.deepEqual(await stage.faults(), []);
  await page.locator('#sheet-file').setInputFiles(file(['Đông Khê;30/6/2026;10', 'Bình An;5/7/2026;12', 'Khe Trắng;6/7/2026;1.200']));
  await page.getByRole('button', { name: 'Thêm 3 bản ghi' }).click();
  await page.getByText('Đã thêm 3 bản ghi.').waitFor();
  assert.equal((await ask('/api/registers/gift/entries')).n, before + 3);
});

test('a list is narrowed without accents, and the export has what is on the screen', async () => {
  const { page } = stage;
  await stage.go('/registers/course');
  await page.getByLabel('Tìm trong sổ').fill('khe trang');
  await page.getByLabel('Tìm trong sổ').press('Enter');
  await page.getByText(/^2 bản ghi$/).waitFor();
  await page.getByLabel('Đối tượng').selectOption({ label: 'Đối tượng 4' });
  await page.getByText(/^1 bản ghi$/).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Xuất CSV' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^Sổ lớp bồi dưỡng, tập huấn .*\.csv$/);
  const text = readFileSync(await file.path(), 'utf8').trim().split('\n');
  assert.equal(text.length, 2);
  assert.match(text[1], /^Xã Khe Trắng;Đối tượng 4;/);
  await stage.picture('registers-entries');
  assert.deepEqual(await stage.faults(), []);
});

test('an entry of an approved month leaves its figure, and leads to where a correction is asked for', async () => {
  const page = await signedIn(DESK, 'can-bo-xa');
  const words = /biểu B01-XA đã duyệt ghi .* nên giữ nguyên; sổ nay tính được/;
  const report = (await ask('/api/reports?form=B01-XA&state=locked')).items[0];
  const day = `01/${report.period.slice(5)}/${report.period.slice(0, 4)}`;
  // The first may come to just what was approved.
  for (let n = 0; n < 2; n += 1) {
    await stage.go('/registers/meeting/new');
    await page.waitForFunction(() => document.querySelector('#entry-unit input')?.value === 'Xã Bình An');
    await page.getByLabel('Loại hội nghị').selectOption({ label: 'Giao ban' });
    await page.getByLabel('Ngày họp').fill(day);
    await page.getByLabel('Nội dung').fill(`Giao ban lần ${n + 1}`);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Đã lưu bản ghi').first().waitFor();
  }
  await page.getByText(words).waitFor();
  await stage.picture('registers-held');
  assert.deepEqual(await stage.faults(), []);
  await page.getByRole('link', { name: 'Mở biểu B01-XA để đề nghị điều chỉnh' }).click();
  await page.getByRole('link', { name: 'Đề nghị điều chỉnh' }).click();
  await page.getByRole('button', { name: 'Đề nghị điều chỉnh' }).waitFor();
  await page.getByText(/Sổ theo dõi tính được \d+, khác với/).waitFor();
  await signedIn(DESK);
});

test('an incident says who owes a damage report, and leads to the form filled in', async () => {
  const { page } = stage;
  await stage.go('/registers/incident');
  await page.getByText('Quá hạn').first().waitFor();
  await stage.picture('registers-owed');
  await page.getByRole('row', { name: /Suối Đá/ }).getByRole('link', { name: 'Ghi báo cáo' }).click();
  await stage.settled();
  assert.equal(await page.getByLabel('Sự cố').inputValue(), 'Mưa lũ trung tuần tháng 5');
  await stage.go('/registers/damage');
  await page.getByText(/bản ghi sau thay thế, không cộng vào tổng/).waitFor();
  assert.deepEqual(await stage.faults(), []);
});

test('an entry is changed with a reason, gets a file, and is withdrawn; all of it stays', async () => {
  const { page } = stage;
  const [first] = (await ask('/api/registers/award/entries')).items;
  await stage.go(`/registers/award/${first.id}`);
  await page.locator('#attach').setInputFiles({ name: 'quyết định.txt', mimeType: 'text/plain', buffer: Buffer.from('Tặng giấy khen') });
  await page.getByText('Đã đính kèm quyết định.txt.').waitFor();
  await page.getByRole('link', { name: 'Sửa', exact: true }).click();
  await page.getByLabel('Tập thể').fill('6');
  await page.getByLabel('Lý do sửa').fill('bổ sung một tập thể');
  await page.getByRole('button', { name: 'Lưu bản ghi' }).click();
  await page.getByText('Lý do: bổ sung một tập thể').waitFor();
  await stage.picture('registers-entry');
  assert.deepEqual(await stage.faults(), []);
  await page.getByRole('button', { name: 'Hủy bản ghi' }).click();
  await page.getByLabel('Lý do hủy').fill('ghi trùng');
  await page.getByRole('dialog').getByRole('button', { name: 'Hủy bản ghi' }).click();
  await page.getByText('Lý do: ghi trùng').first().waitFor();
});

test('on a telephone everything fits, in both languages, with nothing untranslated', async () => {
  const page = await signedIn(PHONE);
  const paths = ['/registers', '/registers/course', '/registers/incident', '/registers/course/new', '/registers/course/import'];
  for (const [at, path] of paths.entries()) {
    await stage.go(path);
    await stage.picture(`registers-phone-${at}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, path);
    assert.deepEqual(await stage.faults(), [], path);
    const text = await page.locator('main').innerText();
    assert.doesNotMatch(text, /undefined|\[object|doi_tuong|KVPT\.\d/, path);
  }
  await page.getByRole('button', { name: 'English' }).click();
  for (const path of paths.slice(0, 3)) {
    await stage.go(path);
    assert.deepEqual(await stage.faults(), [], path);
  }
  await stage.picture('registers-phone-en');
  assert.deepEqual(stage.complaints, []);
});
