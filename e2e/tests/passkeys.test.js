/** Passkeys in a real browser, with an authenticator that it makes up itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ADMINISTRATOR, DESK, PHONE, Stage } from '../stage.js';

let stage;
let authenticator;

before(async () => {
  stage = await Stage.open(DESK, ADMINISTRATOR);
});

after(() => stage?.close());

/** A page under the name that has passkeys, by a session that has shown no second factor yet. */
async function atHome(size = DESK) {
  const kept = authenticator ? (await authenticator.cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator.id })).credentials : [];
  stage.base = stage.base.replace('127.0.0.1', 'localhost');
  const page = await stage.newPage(size);
  const cdp = await stage.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId: id } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
  for (const credential of kept) await cdp.send('WebAuthn.addCredential', { authenticatorId: id, credential });
  authenticator = { cdp, id };
  return page;
}

const keys = () => stage.page.locator('section', { has: stage.page.getByRole('heading', { name: 'Khóa truy cập', exact: true }) });

test('a page that was opened under an IP address says that it has no passkeys', async () => {
  stage.base = stage.base.replace('localhost', '127.0.0.1');
  await stage.newPage(DESK);
  await stage.go('/account');
  await keys().getByText('Trang đang mở bằng địa chỉ số').waitFor();
  assert.equal(await keys().getByRole('button', { name: 'Thêm khóa truy cập' }).count(), 0);
  assert.deepEqual(await stage.faults(), []);
});

test('a passkey is added on the account page and confirms in the place of the six digits', async () => {
  let page = await atHome();
  await stage.go('/account');
  await keys().getByLabel('Tên khóa').fill('Máy cơ quan');
  await keys().getByRole('button', { name: 'Thêm khóa truy cập' }).click();
  await stage.confirm();
  await page.getByText('Đã thêm khóa truy cập “Máy cơ quan”.').waitFor();
  assert.match(await keys().locator('tbody').innerText(), /Máy cơ quan/);
  await keys().scrollIntoViewIfNeeded();
  await stage.picture('passkeys-account-desk');
  assert.deepEqual(await stage.faults(), []);

  // Another session, in which nothing was shown yet: an administrator's work takes the second factor.
  page = await atHome();
  await stage.go('/admin/users');
  await page.getByRole('searchbox').fill('binh an');
  await page.getByRole('button', { name: /^Xem và sửa/ }).first().click();
  await page.getByRole('button', { name: 'Cấp mã mới', exact: true }).click();
  const box = page.getByRole('dialog');
  await box.getByRole('button', { name: 'Dùng khóa truy cập' }).waitFor();
  await stage.picture('passkeys-step-up-desk');
  assert.deepEqual(await stage.faults(), []);
  await box.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
  assert.match(await page.locator('[data-code]').textContent(), /^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);

  // Who does not prove to be its owner is not let through.
  page = await atHome();
  await authenticator.cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator.id, isUserVerified: false });
  await stage.go('/account');
  await keys().getByRole('button', { name: 'Gỡ khóa – Máy cơ quan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dùng khóa truy cập' }).click();
  await page.getByRole('dialog').getByText('Chưa dùng được khóa truy cập').waitFor();
  await authenticator.cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator.id, isUserVerified: true });
  await page.getByRole('dialog').getByRole('button', { name: 'Dùng khóa truy cập' }).click();
  await page.getByText('Đã gỡ khóa truy cập “Máy cơ quan”.').waitFor();
  assert.equal(await keys().locator('tbody').count(), 0);
});

test('on a telephone the part of the page fits', async () => {
  await atHome(PHONE);
  await stage.go('/account');
  await keys().scrollIntoViewIfNeeded();
  await stage.picture('passkeys-account-phone');
  const overhang = await stage.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overhang <= 0, `${overhang} pixels too wide`);
});

test('in earnest the first administrator adds a passkey, and comes in again with password and passkey', async () => {
  const PASSWORD = 'mưa thuận gió hòa';
  await stage.close();
  stage = await Stage.open(DESK, null, () => {}, 'serve');
  authenticator = null;
  const page = await atHome();
  await stage.go('/account');
  const [code] = /([A-Z2-9]{4}-){3}[A-Z2-9]{4}/.exec(stage.said());
  await page.getByLabel('Mã dùng một lần').fill(code);
  await page.getByLabel('Họ tên hiển thị').fill('Quản trị hệ thống');
  await page.getByLabel('Tên đăng nhập').fill('quan-tri-that');
  await page.getByLabel('Mật khẩu').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tạo tài khoản quản trị' }).click();
  await keys().getByLabel('Tên khóa').fill('Khóa USB');
  await keys().getByLabel('Mật khẩu').fill(PASSWORD);
  await stage.picture('passkeys-first-desk');
  await keys().getByRole('button', { name: 'Thêm khóa truy cập' }).click();
  await page.getByText('Đã thêm khóa truy cập “Khóa USB”.').waitFor();
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();

  const signIn = async () => {
    const enter = page.getByRole('button', { name: 'Đăng nhập', exact: true });
    // The account page, with passwords of its own, goes first.
    await enter.waitFor();
    await page.getByLabel('Tên đăng nhập').fill('quan-tri-that');
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
    await enter.click();
    await page.getByText('cần thêm bước xác nhận thứ hai').waitFor();
  };
  await signIn();
  assert.equal(await page.getByLabel('Mã 6 số').evaluate((it) => it === document.activeElement), true);
  await stage.picture('passkeys-sign-in-desk');
  await page.setViewportSize(PHONE);
  await stage.picture('passkeys-sign-in-phone');
  await page.setViewportSize(DESK);
  assert.deepEqual(await stage.faults(), []);
  // Without the key nobody comes in.
  const { credentials } = await authenticator.cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator.id });
  await authenticator.cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator.id, isUserVerified: false });
  await page.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
  await page.getByText('Chưa dùng được khóa truy cập').waitFor();
  assert.equal((await stage.ask('/api/session')).account, null);
  await authenticator.cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator.id, isUserVerified: true });
  await page.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
  await page.locator('.who', { hasText: 'Quản trị hệ thống' }).waitFor();
  const [after] = (await authenticator.cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator.id })).credentials;
  assert.ok(after.signCount > credentials[0].signCount, `${credentials[0].signCount} to ${after.signCount}`);
});
