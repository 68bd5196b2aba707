/** The first start on an empty folder: from the printed code to a clerk who signs in, on a real `dondoc serve`. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { digits } from '../authenticator.js';
import { ADDRESS, BINARY, CHROMIUM, DESK, Stage } from '../stage.js';

const PASSWORD = 'mưa thuận gió hòa';

let stage;
let printed;

/** Starts `dondoc serve` on an empty folder; resolves when the address and the code were printed. */
function serve(folder) {
  const server = spawn(BINARY, ['serve', '--port', '0', '--no-open', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const known = new Promise((resolve, reject) => {
    const listen = (bytes) => {
      said += bytes;
      const address = ADDRESS.exec(said);
      const code = /([A-Z2-9]{4}-){3}[A-Z2-9]{4}/.exec(said);
      if (address && code) resolve({ address: address[0], code: code[0] });
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', (status) => reject(new Error(`ended with ${status}: ${said}`)));
  });
  return { server, known };
}

before(async () => {
  stage = new Stage();
  stage.who = null;
  stage.folder = mkdtempSync(join(tmpdir(), 'dondoc-e2e-'));
  const data = join(stage.folder, 'data');
  mkdirSync(data);
  const { server, known } = serve(data);
  stage.server = server;
  const { address, code } = await known;
  stage.base = address;
  printed = code;
  stage.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--no-first-run'] });
});

after(async () => {
  await stage?.close();
});

/** The screen in both languages: pictures, and what everybody can use. */
async function look(name) {
  const { page } = stage;
  for (const [language, other] of [['vi', 'English'], ['en', 'Tiếng Việt']]) {
    await stage.picture(`accounts-${name}-desk-${language}`);
    assert.deepEqual(await stage.faults(), [], `${name} ${language}`);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overhang <= 0, `${name} ${language}: ${overhang} pixels too wide`);
    await page.getByRole('button', { name: other, exact: true }).click();
  }
}

test('from the printed code to a clerk who signs in', async () => {
  let page = await stage.newPage(DESK);
  await stage.go('/');
  await look('first');
  await page.getByLabel('Mã dùng một lần').fill(printed.toLowerCase());
  await page.getByLabel('Họ tên hiển thị').fill('Quản trị tỉnh');
  await page.getByLabel('Cơ quan, bộ phận').fill('Văn phòng UBND tỉnh');
  await page.getByLabel('Tên đăng nhập').fill('quan-tri');
  await page.getByLabel('Mật khẩu').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tạo tài khoản quản trị' }).click();
  await page.locator('.who').waitFor();

  // Without the second factor an administrator adds nobody; it is set up on his own page.
  await stage.go('/account');
  // The home page asks for reports and tasks, which are not for an administrator to see.
  stage.complaints.length = 0;
  await page.getByRole('button', { name: 'Cài ứng dụng xác thực' }).click();
  const secret = await page.locator('.secret').textContent();
  assert.match(secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  await look('second-factor');
  const factor = page.locator('section', { has: page.getByRole('heading', { name: 'Xác nhận bước hai' }) });
  await factor.getByLabel('Mã 6 số').fill(digits(secret));
  await factor.getByLabel('Mật khẩu').fill(PASSWORD);
  await factor.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await page.getByText('Đã cài bước xác nhận thứ hai.').waitFor();

  await stage.go('/admin/users');
  await page.getByRole('button', { name: 'Thêm tài khoản' }).click();
  await look('add');
  const form = page.getByRole('form', { name: 'Thêm tài khoản' });
  await form.getByLabel('Họ tên hiển thị').fill('Cán bộ xã Bình An');
  await form.getByLabel('Cơ quan, bộ phận').fill('Văn phòng UBND xã Bình An');
  await form.getByLabel('Tên đăng nhập').fill('can-bo-binh-an');
  await form.getByLabel('Vai trò').selectOption({ label: 'Cán bộ nhập liệu' });
  await form.getByLabel('Toàn hệ thống').check();
  await form.getByRole('button', { name: 'Thêm và lấy mã' }).click();
  const code = await page.locator('[data-code]').textContent();
  assert.match(code, /^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  await page.getByRole('searchbox').fill('binh an');
  await page.getByRole('button', { name: 'Xem và sửa Cán bộ xã Bình An' }).click();
  await look('users');
  assert.deepEqual(stage.complaints, []);

  page = await stage.newPage(DESK);
  await stage.go('/');
  await page.getByRole('button', { name: 'Tôi có mã dùng một lần' }).click();
  await look('join');
  await page.getByLabel('Mã dùng một lần').fill(code);
  await page.getByLabel('Mật khẩu mới').fill(PASSWORD);
  await page.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();
  await page.locator('.who').waitFor();
  assert.equal(await page.locator('.who').textContent(), 'Cán bộ xã Bình An');
  await stage.go('/account');
  await look('own');
  assert.deepEqual(stage.complaints, []);

  // The administrator signs in again: name, password, and only then the code, which the set-up has not used.
  page = await stage.newPage(DESK);
  await stage.go('/');
  await page.getByLabel('Tên đăng nhập').fill('quan-tri');
  await page.getByLabel('Mật khẩu').fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByLabel('Mã 6 số').fill(digits(secret, Date.now() + 30_000));
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.locator('.who').waitFor();
});
