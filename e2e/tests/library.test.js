import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { DESK, Stage } from '../stage.js';

const LETTER = `ỦY BAN NHÂN DÂN XÃ THẠCH SƠN
Số: 77/CV-UBND
Thạch Sơn, ngày 05 tháng 7 năm 2026

V/v đăng ký lớp tập huấn chuyển đổi số

Đề nghị Phòng Văn hóa - Xã hội lập danh sách 25 học viên, gửi về Ủy ban nhân dân xã trước ngày 15/7/2026.
`;

let stage;
let page;

before(async () => {
  stage = await Stage.open();
});

after(() => stage?.close());

beforeEach(async () => {
  page = await stage.newPage(DESK);
  await stage.go('/documents');
});

function write(name, content) {
  const folder = join(stage.folder, 'files');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The row of the list of uploads for one file. */
function uploaded(name) {
  return page.locator('section[aria-labelledby=uploads-title] tbody tr').filter({ hasText: name });
}

async function total() {
  return (await stage.ask('/api/documents')).total;
}

test('several files are added by the button, and a refused one says why and what to do', async () => {
  const before = await total();
  const good = write('tap-huan.txt', LETTER);
  const empty = write('trong.txt', '');
  await page.getByTestId('picker').setInputFiles([good, empty]);
  await uploaded('tap-huan.txt').getByRole('link').first().waitFor();
  const refusal = await uploaded('trong.txt').locator('p.wrong').textContent();
  assert.match(refusal, /^Không nhận\./);
  assert.match(await uploaded('trong.txt').locator('td').nth(1).textContent(), /trống|rỗng/);
  assert.equal(await total(), before + 1);
  await stage.picture('upload-desk-vi');
});

test('a file is dragged onto the page, and known again when it comes twice', async () => {
  const before = await total();
  const drop = async (name, content) => {
    const dropped = await page.evaluateHandle(
      ([fileName, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], fileName, { type: 'text/plain' }));
        return transfer;
      },
      [name, content],
    );
    await page.dispatchEvent('main', 'dragover', { dataTransfer: dropped });
    await page.locator('.drop').waitFor();
    await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
  };
  await drop('keo-tha.txt', LETTER.replace('77/CV', '78/CV').replace('25 học viên', '31 học viên'));
  await uploaded('keo-tha.txt').getByRole('link').first().waitFor();
  assert.equal(await total(), before + 1);
  await drop('keo-tha.txt', LETTER.replace('77/CV', '78/CV').replace('25 học viên', '31 học viên'));
  await page.getByText('đã có trong thư viện').waitFor();
  assert.equal(await total(), before + 1);
});

test('a document marked as secret is refused in both languages', async () => {
  const before = await total();
  const name = 'cong-van-dong-dau-mat.txt';
  await page.getByTestId('picker').setInputFiles([fileURLToPath(new URL(`../../testdata/refused/${name}`, import.meta.url))]);
  await uploaded(name).locator('p.wrong').waitFor();
  const inVietnamese = await uploaded(name).textContent();
  await page.getByRole('button', { name: 'English' }).click();
  const inEnglish = await uploaded(name).textContent();
  assert.match(inVietnamese, /Không nhận.*mật/i);
  assert.match(inEnglish, /Refused/);
  assert.notEqual(inEnglish, inVietnamese);
  assert.equal(await total(), before);
});

test('words typed without accents find the document, and the hit is marked', async () => {
  await page.getByLabel('Tìm văn bản').pressSequentially('don doc');
  await page.waitForURL(/words=don(\+|%20)doc/);
  await page.locator('mark').first().waitFor();
  const marked = (await page.locator('.snippet mark').allTextContents()).join(' ').toLowerCase();
  assert.match(marked, /đôn|đốc/);
});

test('what is found by nobody says what to do next', async () => {
  await page.getByLabel('Tìm văn bản').fill('zzzzqqqq');
  await page.getByRole('heading', { name: 'Không tìm thấy văn bản nào' }).waitFor();
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await page.getByRole('heading', { name: 'Không tìm thấy văn bản nào' }).waitFor({ state: 'detached' });
});

test('the filters narrow the list, and the address keeps them', async () => {
  const all = await total();
  await page.getByLabel('Loại văn bản').selectOption('CT');
  await page.waitForURL(/kind=CT/);
  await stage.settled();
  const rows = await page.locator('tbody tr').count();
  assert.ok(rows > 0 && rows < all, `${rows} of ${all}`);
  await page.reload();
  await stage.settled();
  assert.equal(await page.locator('tbody tr').count(), rows);
  assert.equal(await page.getByLabel('Loại văn bản').inputValue(), 'CT');
});

test('a date that is none is told at its field, and what was typed stays', async () => {
  await page.getByLabel('Từ ngày').fill('31/02/2026');
  await page.getByLabel('Từ ngày').press('Tab');
  await page.getByText('“31/02/2026” không phải là ngày').waitFor();
  assert.equal(await page.getByLabel('Từ ngày').inputValue(), '31/02/2026');
  await page.getByLabel('Từ ngày').fill('1/1/2026');
  await page.getByLabel('Từ ngày').press('Tab');
  await page.waitForURL(/from=2026-01-01/);
});
