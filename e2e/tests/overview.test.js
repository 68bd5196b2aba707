import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { DESK, PHONE, RESULTS, Stage } from '../stage.js';

/** The figure that the walk-through starts from: courses of the province in March 2026. */
const COURSES = 'i=KVPT.06.01&p=2026-01,2026-02,2026-03';
/** Budgets of T8: a total looks wrong, find the cause. */
const T8_CLICKS = 2;
const EACH_MS = 1000;

let stage;
let province;

before(async () => {
  stage = await Stage.open();
  await open(DESK);
  province = (await ask('/api/units?q=tinh%20lam%20giang')).items[0].id;
});

after(() => stage?.close());

/** A page of the made-up leader of the province. */
async function open(size) {
  const page = await stage.newPage(size);
  const answer = await stage.context.request.post(`${stage.base}/api/session`, { data: { name: 'lanh-dao-tinh', password: '' } });
  assert.equal(answer.status(), 204, await answer.text());
  return page;
}

async function ask(path) {
  const answer = await stage.context.request.get(stage.base + path);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** Counts the presses of the mouse button, as the browser sees them. */
async function countClicks(page) {
  await page.evaluate(() => {
    globalThis.presses = 0;
    addEventListener('pointerdown', () => (globalThis.presses += 1), { capture: true });
  });
  return () => page.evaluate(() => globalThis.presses);
}

test('T8: a total that looks wrong is traced to its cell in two clicks, each within a second', async () => {
  const page = await open(DESK);
  await stage.go(`/explorer?${COURSES}&u=${province}`);
  const presses = await countClicks(page);
  const figure = page.locator('tr.all td.figure button').last();
  const whole = (await figure.innerText()).replace(/[^\d.,]/g, '');
  let started = Date.now();
  await figure.click();
  const largest = page.locator('dialog table tbody tr').first();
  await largest.waitFor();
  const first = Date.now() - started;
  assert.match(await page.locator('dialog .number').innerText(), new RegExp(`^${whole.replace('.', '\\.')}`));
  await stage.picture('trace-children-desk-vi');
  const shares = await page.locator('dialog td.share').allInnerTexts();
  const numbers = shares.map((it) => Number(it.replace('%', '').trim().replace(',', '.')));
  assert.deepEqual(numbers, [...numbers].sort((one, other) => other - one), 'the largest share comes first');
  started = Date.now();
  await largest.getByRole('button').click();
  await page.locator('dialog .history li').first().waitFor();
  const second = Date.now() - started;
  await stage.picture('trace-cell-desk-vi');
  assert.equal(await presses(), T8_CLICKS);
  console.log(`T8: ${T8_CLICKS} clicks, ${first} ms and ${second} ms`);
  assert.ok(first <= EACH_MS && second <= EACH_MS, `${first} ms, ${second} ms`);
  // Back leads to the children, then to the table, at the same place.
  await page.goBack();
  await page.locator('dialog table tbody tr').first().waitFor();
  await page.goBack();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.equal(await figure.innerText().then((it) => it.replace(/[^\d.,]/g, '')), whole);
});

test('a figure of a document leads to its sentence', async () => {
  const page = await open(DESK);
  const commune = (await ask('/api/units?q=xa%20binh%20an')).items[0].id;
  const cell = encodeURIComponent(`${commune}|KVPT.07.04||2026-03`);
  await stage.go(`/explorer?i=KVPT.07.04&u=${province}&p=2026-03&t=${cell}`);
  await page.locator('dialog blockquote mark').waitFor();
  assert.match(await page.locator('dialog blockquote').innerText(), /km/);
  await stage.picture('trace-sentence-desk-vi');
});

test('units are found without accents and by names of the past, by keyboard alone', async () => {
  const page = await open(DESK);
  await stage.go(`/explorer?${COURSES}&u=${province}`);
  const field = page.getByRole('combobox', { name: 'Các đơn vị thuộc' });
  await field.focus();
  await page.keyboard.type('xa an khe');
  // Answers to the first letters may stand there before.
  await page.locator('[role=option]:first-child', { hasText: /Xã An Khê \(cũ\)/ }).waitFor();
  await stage.picture('unit-picker-desk-vi');
  await page.keyboard.press('Escape');
  assert.equal(await field.inputValue(), 'Tỉnh Lam Giang');
});

test('old figures stand under new names, with the old names beside them', async () => {
  const page = await open(DESK);
  await stage.go(`/explorer?i=KVPT.06.01&u=${province}&p=2025-05,2025-06,2025-07&v=as_now`);
  const row = page.locator('tbody tr', { hasText: 'Xã Bình An' });
  assert.match(await row.innerText(), /trước 01\/07\/2025: .*Xã Bình Minh/);
  assert.notEqual((await row.locator('td').first().innerText()).trim(), '');
  await stage.picture('explorer-as-now-desk-vi');
});

test('the table goes to Word and Excel with borders and real numbers', async () => {
  const page = await open(DESK);
  await stage.go(`/explorer?${COURSES}&u=${province}`);
  await page.evaluate(() => {
    document.addEventListener('copy', (event) => {
      globalThis.copied = { html: event.clipboardData.getData('text/html'), text: event.clipboardData.getData('text/plain') };
    });
    // The page answers before all others; what it put there is read once it is done.
    const set = DataTransfer.prototype.setData;
    globalThis.put = {};
    DataTransfer.prototype.setData = function (kind, data) {
      globalThis.put[kind] = data;
      return set.call(this, kind, data);
    };
  });
  await page.getByRole('button', { name: 'Chép bảng' }).click();
  await page.getByText('Đã chép. Dán vào Word hoặc Excel.').waitFor();
  const put = await page.evaluate(() => globalThis.put);
  assert.match(put['text/html'], /<table border="1"/);
  assert.match(put['text/html'], /x:num="\d+"/);
  assert.match(put['text/plain'], /Tỉnh Lam Giang\t\d+/);
});

test('a table is downloaded as a workbook', async () => {
  const page = await open(DESK);
  await stage.go(`/explorer?${COURSES}&u=${province}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải Excel' }).click()]);
  assert.equal(download.suggestedFilename(), 'dondoc.xlsx');
});

for (const [name, size] of Object.entries({ desk: DESK, phone: PHONE })) {
  test(`overview and explorer fit a ${name}, and can be used by everybody`, async () => {
    const screens = {
      overview: `/overview?u=${province}&p=2026-03`,
      'overview-quarter': `/overview?u=${province}&p=2026-Q1`,
      explorer: `/explorer?${COURSES},2026-04&u=${province}&c=1`,
      trace: `/explorer?${COURSES}&u=${province}&t=${encodeURIComponent(`${province}|KVPT.06.01||2026-03`)}`,
    };
    const page = await open(size);
    for (const [screen, path] of Object.entries(screens)) {
      stage.complaints.length = 0;
      await page.goto(stage.base + path);
      await page.locator(screen === 'trace' ? 'dialog .number' : screen.startsWith('overview') ? 'figure svg' : 'table').first().waitFor();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${RESULTS}/${screen}-${name}-vi.png`, fullPage: screen !== 'trace' });
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overhang <= 0, `${screen} is ${overhang} pixels too wide`);
      assert.deepEqual(await stage.faults(), [], screen);
      assert.deepEqual(stage.complaints, [], screen);
    }
  });
}

test('the overview leads from the map to a commune and back', async () => {
  const page = await open(DESK);
  await stage.go(`/overview?u=${province}&p=2026-03`);
  const area = page.locator('figure svg').getByRole('button', { name: /Xã Đông Khê/ });
  await area.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /Xã Đông Khê/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: /Tỉnh Lam Giang/ }).waitFor();
});
