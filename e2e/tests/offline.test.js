/** Work without network, in a real browser: typed, killed, opened again, met by somebody else's figures, and sent in the end. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { adopt } from '../pack.js';
import { CHROMIUM, CLERK, DESK, Stage } from '../stage.js';

const PERIOD = '2026-10';
let stage;
let unit;
/** A browser that remembers, as that of an office does. */
let profile;
let context;
let page;

before(async () => {
  stage = await Stage.open(DESK, CLERK, adopt);
  const { items } = await stage.ask('/api/units?q=binh%20an');
  unit = items[0].id;
  profile = mkdtempSync(join(tmpdir(), 'dondoc-profile-'));
  await start();
});

after(async () => {
  await context?.close();
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

async function start() {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
    viewport: DESK,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(15_000);
  // The person who sits there is signed in, as of an earlier day.
  const { cookies } = await stage.context.storageState();
  await context.addCookies(cookies);
}

const address = (form = 'NHAP-NGAN', period = PERIOD) => `${stage.base}/reports/form/${form}/${unit}/${period}`;
const cell = (key) => page.locator(`[data-key="${key}"]`);
const textOf = async (key) => (await cell(key).innerText()).trim();

async function open(form, period) {
  await page.goto(address(form, period));
  await page.locator('input.editor:focus').waitFor();
}

async function type(...figures) {
  for (const it of figures) {
    await page.keyboard.type(it);
    await page.keyboard.press('Enter');
  }
}

const says = (words) => page.locator('.where', { hasText: words }).waitFor();

/** The same form as another person fills it in, straight through the API. */
async function other(figures, period = PERIOD) {
  const form = await stage.ask(`/api/forms/NHAP-NGAN?unit=${unit}&period=${period}`);
  const data = { form: 'NHAP-NGAN', unit, period, figures, seen: form.report?.version ?? 0 };
  const answer = await stage.context.request.put(`${stage.base}/api/reports/draft`, { data });
  assert.equal(answer.status(), 200, await answer.text());
}

async function onServer(period = PERIOD) {
  const form = await stage.ask(`/api/forms/NHAP-NGAN?unit=${unit}&period=${period}`);
  if (!form.report) return {};
  const { content } = await stage.ask(`/api/reports/${form.report.id}`);
  return Object.fromEntries(content.map((it) => [`${it.row} (${it.column})`, it.value]));
}

test('what is typed without network outlives the tab and is sent when there is one', async () => {
  await open();
  await page.locator('.sign', { hasText: 'Sẵn sàng' }).waitFor();
  await type('11');
  await says('đã gửi');
  await context.setOffline(true);
  await type('22', '33');
  await says('chờ mạng');
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  const asking = page.getByRole('dialog');
  await asking.getByText('Còn 1 biểu có số liệu chưa gửi được').waitFor();
  await asking.getByRole('button', { name: 'Ở lại' }).click();
  await page.close({ runBeforeUnload: false });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await open();
  assert.deepEqual([await textOf('1 (1)'), await textOf('2 (1)'), await textOf('3 (1)')], ['11', '22', '33']);
  assert.deepEqual(await onServer(), { '1 (1)': '11' });
  await page.screenshot({ path: join(import.meta.dirname, '../results/offline-form.png') });
  await context.setOffline(false);
  await says('đã gửi');
  assert.deepEqual(await onServer(), { '1 (1)': '11', '2 (1)': '22', '3 (1)': '33' });
});

test('the whole browser is killed, and nothing is lost', async () => {
  await context.setOffline(true);
  await page.keyboard.press('Control+End');
  await cell('20 (1)').click();
  await type('2020');
  await says('chờ mạng');


  await context.close();
  await start();
  await context.setOffline(true);
  await open();
  assert.equal(await textOf('20 (1)'), '2.020');
  await context.setOffline(false);
  await says('đã gửi');
  assert.equal((await onServer())['20 (1)'], '2020');
});

test('figures of somebody else are shown beside one’s own, and the person chooses', async () => {
  await context.setOffline(true);
  await cell('5 (1)').click();
  await type('55');
  await says('chờ mạng');
  const now = await onServer();
  const figures = Object.entries({ ...now, '5 (1)': '77', '6 (1)': '66' }).map(([key, value]) => ({ row: key.split(' ')[0], column: '1', value }));
  await other(figures);
  await context.setOffline(false);
  await cell('5 (1)').filter({ hasText: '⇄' }).waitFor();
  assert.equal(await textOf('6 (1)'), '66');
  assert.equal((await onServer())['5 (1)'], '77');
  await cell('5 (1)').click();
  await page.screenshot({ path: join(import.meta.dirname, '../results/offline-conflict.png') });
  await page.locator('aside button', { hasText: 'Giữ số của tôi: 55' }).click();
  await says('đã gửi');
  assert.equal((await onServer())['5 (1)'], '55');
});

test('a form that was handed in without network is received once', async () => {
  await context.setOffline(true);
  await page.keyboard.press('Control+Enter');
  await page.locator('dialog button.main:enabled').click();
  await page.locator('.strip', { hasText: 'tự nộp khi có mạng' }).waitFor();
  await context.setOffline(false);
  await page.locator('.receipt').waitFor();
  assert.match(await page.locator('.receipt').innerText(), /-1\b/);
  const { items } = await stage.ask(`/api/reports?form=NHAP-NGAN&unit=${unit}&period=${PERIOD}`);
  assert.equal(items.length, 1);
  assert.equal(items[0].state, 'submitted');
});

test('a new version of the page loses no draft', async () => {
  await open('NHAP-NGAN', '2026-09');
  await context.setOffline(true);
  await type('90');
  await says('chờ mạng');
  // As an upgrade does: another worker, another copy of the page.
  await page.evaluate(async () => {
    for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
    for (const it of await caches.keys()) await caches.delete(it);
  });
  await context.setOffline(false);
  await page.reload();
  await page.locator('input.editor:focus').waitFor();
  assert.equal(await textOf('1 (1)'), '90');
  await says('đã gửi');
});

test('what lies on the disk does not show what was typed', async () => {
  const readable = await page.evaluate(async () => {
    const database = await new Promise((done) => {
      const request = indexedDB.open('dondoc');
      request.onsuccess = () => done(request.result);
    });
    const all = (store) => new Promise((done) => (database.transaction(store).objectStore(store).getAll().onsuccess = (event) => done(event.target.result)));
    const [things, keys] = [await all('things'), await all('keys')];
    const texts = things.map((it) => new TextDecoder().decode(it.bytes));
    return { n: things.length, isPlain: texts.some((it) => it.includes('NHAP') || it.includes('mine')), isExtractable: keys.some((it) => it.extractable) };
  });
  assert.equal(readable.n > 0, true);
  assert.deepEqual([readable.isPlain, readable.isExtractable], [false, false]);
});
