/** The page locks itself and keeps what was typed; who unlocks it goes on, and another begins anew. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { adopt } from '../pack.js';
import { ADMINISTRATOR, CLERK, DESK, PHONE, Stage } from '../stage.js';

const PERIOD = '2026-10';
const PASSWORD = 'mưa thuận gió hòa';
const OTHER = 'can-bo-moi';
let stage;
let unit;

before(async () => {
  stage = await Stage.open(DESK, ADMINISTRATOR, adopt);
  const { items } = await stage.ask('/api/units?q=binh%20an');
  unit = items[0].id;
  // Another clerk of the same commune, with a password as in earnest.
  const { account } = await stage.ask('/api/session');
  const made = await stage.context.request.post(`${stage.base}/api/accounts`, {
    headers: { 'x-second-factor': account.practice_code },
    data: { name: OTHER, display: 'Cán bộ mới', office: 'Văn phòng UBND xã', grants: [{ role: 'clerk', unit }] },
  });
  assert.equal(made.status(), 200, await made.text());
  const { code } = await made.json();
  const joined = await stage.context.request.post(`${stage.base}/api/session/password`, { data: { code, password: PASSWORD } });
  assert.equal(joined.status(), 204);
});

after(() => stage?.close());

/** A page whose clock can be turned, on the form. */
async function form(who, size = DESK, period = PERIOD) {
  stage.who = who;
  await stage.newPage(size);
  await stage.page.clock.install();
  await stage.go(`/reports/form/NHAP-NGAN/${unit}/${period}`);
  await stage.page.locator('input.editor:focus').waitFor();
}

const cell = (key) => stage.page.locator(`[data-key="${key}"]`);
const lock = () => stage.page.getByRole('dialog', { name: 'Trang đang khóa' });
const sent = () => stage.page.locator('.where', { hasText: 'đã gửi' }).waitFor();
const type = async (...figures) => {
  for (const it of figures) {
    await stage.page.keyboard.type(it);
    await stage.page.keyboard.press('Enter');
  }
};

async function leaveFor(minutes) {
  await stage.page.clock.fastForward(`${String(minutes).padStart(2, '0')}:00`);
}

async function onServer(period = PERIOD) {
  const view = await stage.ask(`/api/forms/NHAP-NGAN?unit=${unit}&period=${period}`);
  if (!view.report) return {};
  const { content } = await stage.ask(`/api/reports/${view.report.id}`);
  return Object.fromEntries(content.map((it) => [`${it.row} (${it.column})`, it.value]));
}

test('half an hour without a key locks the page, and what was typed is there after unlocking, and is saved', async () => {
  await form(CLERK);
  const { page } = stage;
  await type('1234');
  await sent();
  // Typed, and not yet entered.
  await page.keyboard.type('77');
  await leaveFor(29);
  assert.equal(await lock().count(), 0, 'not before its time');
  await page.keyboard.press('Shift');
  await leaveFor(29);
  assert.equal(await lock().count(), 0, 'a key is a sign of life');
  await leaveFor(2);
  await lock().waitFor();
  await stage.picture('lock-desk');

  // Nothing of the page can be seen, read out or reached.
  assert.equal(await cell('1 (1)').isVisible(), false);
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.doesNotMatch(await page.locator('body').ariaSnapshot(), /1\.234|77|NHAP-NGAN/);
  assert.doesNotMatch(await page.locator('body').innerText(), /1\.234|77|NHAP-NGAN/);
  assert.equal(await page.title(), 'Dondoc');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  for (let n = 0; n < 12; n += 1) {
    await page.keyboard.press('Tab');
    const isInside = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null);
    assert.ok(isInside, `Tab ${n + 1}`);
  }
  assert.equal(await lock().isVisible(), true);
  assert.equal((await stage.context.request.get(`${stage.base}/api/account`)).status(), 401, 'the session is over as well');
  assert.deepEqual(await stage.faults(), []);

  await lock().getByRole('button', { name: 'Mở khóa', exact: true }).click();
  await lock().waitFor({ state: 'detached' });
  assert.match(await cell('1 (1)').innerText(), /1\.234/);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('dialog')), null);
  // It stands in the cell or still in the editor over it, and the clerk is where she was.
  if ((await cell('2 (1)').innerText()).trim() === '') assert.equal(await page.locator('input.editor').inputValue(), '77');
  await page.keyboard.press('Enter');
  assert.match(await cell('2 (1)').innerText(), /77/);
  await type('88');
  await sent();
  const kept = await onServer();
  assert.deepEqual([kept['1 (1)'], kept['2 (1)']], ['1234', '77']);
});

test('the owner unlocks with the password, and a wrong one leaves the page covered', async () => {
  stage.who = null;
  await stage.newPage(PHONE);
  const signedIn = await stage.context.request.post(`${stage.base}/api/session`, { data: { name: OTHER, password: PASSWORD } });
  assert.equal(signedIn.status(), 204);
  const { page } = stage;
  await page.clock.install();
  await stage.go('/account');
  await page.getByLabel('Dùng cho việc gì').fill('chữ đang gõ');
  await leaveFor(31);
  await lock().waitFor();
  await stage.picture('lock-phone');
  await lock().getByLabel('Mật khẩu').fill('không phải mật khẩu');
  await lock().getByRole('button', { name: 'Mở khóa', exact: true }).click();
  await lock().getByText('mật khẩu không đúng').waitFor();
  assert.equal(await page.getByLabel('Dùng cho việc gì').isVisible(), false);
  await lock().getByLabel('Mật khẩu').fill(PASSWORD);
  await lock().getByRole('button', { name: 'Mở khóa', exact: true }).click();
  await lock().waitFor({ state: 'detached' });
  const field = page.getByLabel('Dùng cho việc gì');
  assert.equal(await field.inputValue(), 'chữ đang gõ');
  await field.and(page.locator(':focus')).waitFor();
});

test('another person who signs in over it sees nothing of what was typed; its owner finds it again', async () => {
  const period = '2026-03';
  await form(CLERK, DESK, period);
  const { page } = stage;
  await page.route('**/api/reports/draft', (route) => route.abort());
  await type('4567');
  await page.locator('.where', { hasText: 'chờ mạng' }).waitFor();
  await leaveFor(31);
  await lock().waitFor();
  await page.unroute('**/api/reports/draft');
  await lock().getByRole('button', { name: 'Người khác đăng nhập' }).click();
  await lock().getByText('không thấy những gì đang gõ ở đây').waitFor();
  // In a demonstration people are chosen, and this one is not among them: as another tab would sign him in.
  const answer = await page.evaluate(async ([name, password]) => {
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) };
    const { status } = await fetch('/api/session', sent);
    localStorage.removeItem('dondoc.locked');
    return status;
  }, [OTHER, PASSWORD]);
  assert.equal(answer, 204);
  // The page hears of it when it is looked at again.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.locator('.who', { hasText: 'Cán bộ mới' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  await stage.go(`/reports/form/NHAP-NGAN/${unit}/${period}`);
  await page.locator('input.editor:focus').waitFor();
  assert.equal((await cell('1 (1)').innerText()).trim(), '');
  assert.deepEqual(await onServer(period), {});

  // In the same browser, later.
  await stage.signIn(CLERK);
  await stage.go(`/reports/form/NHAP-NGAN/${unit}/${period}`);
  await page.locator('input.editor:focus').waitFor();
  assert.match(await cell('1 (1)').innerText(), /4\.567/);
  await sent();
  assert.deepEqual(await onServer(period), { '1 (1)': '4567' });
});
