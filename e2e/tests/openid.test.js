/** Signing in with a real provider of identities, as a person does it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { CLIENT, IdentityProvider, SECRET } from '../provider.js';
import { DESK, OFFICER, PHONE, Stage } from '../stage.js';

let stage;
let provider;
const BUTTON = 'Đăng nhập bằng Định danh tỉnh';

before(async () => {
  provider = await IdentityProvider.open();
  stage = await Stage.open(DESK, OFFICER, (it) => {
    const secret = join(it.folder, 'secret');
    writeFileSync(secret, `${SECRET}\n`);
    it.more = ['--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT, '--oidc-client-secret-file', secret, '--oidc-name', 'Định danh tỉnh'];
  });
  provider.know(stage.base);
});

after(async () => {
  await stage?.close();
  await provider?.close();
});

/** A new visitor, on a page of some size. */
async function visitor(size, who) {
  stage.who = who;
  const page = await stage.newPage(size);
  await stage.go('/');
  return page;
}

/** Types a name at the provider, which has to ask for it, and agrees there. */
async function identify(name) {
  const { page } = stage;
  await page.waitForURL(`${provider.issuer}/interaction/**`);
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('ai cũng được');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  const agree = page.getByRole('button', { name: 'Continue' });
  await Promise.race([agree.waitFor(), page.waitForURL(`${stage.base}/**`)]);
  if (page.url().startsWith(provider.issuer)) await agree.click();
  await page.waitForURL(`${stage.base}/**`);
}

/** The digits that the officer's telephone shows, which are not those that were typed before. */
async function digits() {
  const context = await stage.browser.newContext();
  await context.request.post(`${stage.base}/api/session`, { data: { name: OFFICER } });
  const shown = async () => (await (await context.request.get(`${stage.base}/api/session`)).json()).account.practice_code;
  let code = await shown();
  for (; code === stage.codeBefore; code = await shown()) await stage.page.waitForTimeout(500);
  stage.codeBefore = code;
  await context.close();
  return code;
}

const part = () => stage.page.locator('section', { has: stage.page.getByRole('heading', { name: BUTTON }) });

test('somebody whom nobody linked is told how, and nothing is made', async () => {
  const page = await visitor(PHONE, null);
  await page.getByRole('button', { name: BUTTON }).scrollIntoViewIfNeeded();
  await stage.picture('openid-sign-in-phone');
  assert.deepEqual(await stage.faults(), []);
  await page.getByRole('button', { name: BUTTON }).click();
  await identify('nam.tv');
  await page.getByText('chưa được liên kết với tài khoản nào', { exact: false }).waitFor();
  assert.equal(page.url(), `${stage.base}/openid`, 'the code does not stay in the address');
  await stage.picture('openid-not-linked-phone');
  assert.deepEqual(await stage.faults(), []);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overhang <= 0, `${overhang} pixels too wide`);
  await page.getByRole('link', { name: 'Về trang đăng nhập' }).click();
  await page.getByRole('button', { name: BUTTON }).waitFor();
  assert.equal((await stage.ask('/api/session')).account, null);
  stage.complaints.length = 0;
});

test('who gives up at the provider comes back to a plain sentence', async () => {
  const page = await visitor(DESK, null);
  await page.getByRole('button', { name: BUTTON }).click();
  await page.waitForURL(`${provider.issuer}/interaction/**`);
  await page.getByText('Cancel').click();
  await page.getByText('không cho đăng nhập, hoặc đã bấm thôi', { exact: false }).waitFor();
  stage.complaints.length = 0;
});

test('an officer links the account with the second factor and signs in with it', async () => {
  let page = await visitor(DESK, OFFICER);
  await stage.go('/account');
  await part().getByRole('button', { name: 'Liên kết' }).click();
  await stage.confirm();
  await identify('hoa.nt');
  await part().getByText('Đã liên kết với hoa.nt').waitFor();
  assert.equal(page.url(), `${stage.base}/account`);
  await part().scrollIntoViewIfNeeded();
  await stage.picture('openid-linked-desk');
  assert.deepEqual(await stage.faults(), []);

  // Signed out here, still known there: the password is asked for all the same.
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
  await page.getByRole('button', { name: BUTTON }).click();
  await identify('hoa.nt');
  await page.getByRole('heading', { name: 'Xác nhận bước hai' }).waitFor();
  await stage.picture('openid-second-factor-desk');
  assert.deepEqual(await stage.faults(), []);
  const field = page.getByLabel('Mã 6 số');
  await field.fill('000000');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByText('Mã xác nhận không đúng', { exact: false }).waitFor();
  await field.fill(await digits());
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.waitForURL(`${stage.base}/`);
  assert.equal((await stage.ask('/api/session')).account.name, OFFICER);
  stage.complaints.length = 0;

  await stage.go('/account');
  await part().getByRole('button', { name: 'Gỡ liên kết' }).click();
  await part().getByText('Đã gỡ liên kết.').waitFor();
  await part().getByRole('button', { name: 'Liên kết' }).waitFor();
  assert.deepEqual(stage.complaints, []);
});
