/** Cells of a form that a clerk leaves half typed, types into by mistake, or finds at odds with the paper. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { CLERK, DESK, PHONE, Stage } from '../stage.js';

let stage;
let unit;

before(async () => {
  stage = await Stage.open(DESK, CLERK);
  unit = (await stage.ask('/api/units?q=binh%20an')).items[0].id;
});

after(() => stage?.close());

const cell = (key) => stage.page.locator(`[data-key="${key}"]`);
/** What a cell shows, less the mark of what the server finds unusual about it. */
const textOf = async (key) => (await cell(key).innerText()).replace(/^[!✗]\s*/, '').trim();
const panel = () => stage.page.locator('aside').innerText();
const press = async (...names) => {
  for (const name of names) await stage.page.keyboard.press(name);
};

/** Waits until the browser keeps a half-typed cell, or none. Asked from here: `waitForFunction` takes any promise for a yes. */
async function halfTyped(isKept) {
  const keeps = () =>
    stage.page.evaluate(
      () =>
        new Promise((done) => {
          const opening = indexedDB.open('dondoc');
          opening.onsuccess = () => {
            const keys = opening.result.transaction('things').objectStore('things').getAllKeys();
            keys.onsuccess = () => {
              opening.result.close();
              done(keys.result.some((it) => it.startsWith('typing/')));
            };
          };
        }),
    );
  for (let tries = 0; (await keeps()) !== isKept; tries += 1) {
    assert.ok(tries < 100, `${isKept ? 'nothing' : 'something'} half-typed is kept`);
    await stage.page.waitForTimeout(50);
  }
}

async function open(period, kind = 'final') {
  await stage.go(`/reports/form/B01-XA/${unit}/${period}?kind=${kind}`);
  await stage.page.locator('input.editor:focus').waitFor();
}

async function type(key, text, ...then) {
  await cell(key).click();
  await stage.page.keyboard.type(text);
  await press(...then);
}

test('what is typed into a cell outlives the page without Enter, and Escape gives back what stood there', async () => {
  await open('2026-09');
  await type('1.1 (1)', '12', 'Enter');
  await stage.page.locator('.where', { hasText: 'đã gửi' }).waitFor();
  await halfTyped(false);
  await cell('1.3 (1)').click();
  // At one stroke: a second key may be kept later than the first.
  await stage.page.keyboard.insertText('77');
  await halfTyped(true);
  // A page that is killed commits nothing: no blur, no hiding.
  const { page } = stage;
  const devtools = await stage.context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  stage.page = await stage.context.newPage();
  stage.page.setDefaultTimeout(10_000);
  await open('2026-09');
  await cell('1.3 (1)').filter({ hasText: '77' }).waitFor();
  await press('Control+z');
  assert.equal(await textOf('1.3 (1)'), '');
  await type('1.1 (1)', '99');
  await halfTyped(true);
  await press('Escape');
  assert.equal(await textOf('1.1 (1)'), '12');
  await halfTyped(false);
  await stage.page.reload();
  await stage.page.locator('input.editor:focus').waitFor();
  assert.equal(await textOf('1.1 (1)'), '12');
});

test('a computed cell takes neither keys nor a paste, and says so', async () => {
  await open('2026-08');
  await type('1.2 (1)', '33,333333');
  await stage.page.locator('.reading', { hasText: 'Ô này máy tính' }).waitFor();
  assert.match(await panel(), /Ô này máy tính/);
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await stage.page.evaluate(() => navigator.clipboard.writeText('33'));
  await press('Control+v', 'Enter');
  assert.equal(await textOf('1.2 (1)'), '');
  await type('1.1 (1)', '4', 'Enter');
  await stage.page.locator('.where', { hasText: 'đã gửi' }).waitFor();
  const form = await stage.ask(`/api/forms/B01-XA?unit=${unit}&period=2026-08`);
  const { content } = await stage.ask(`/api/reports/${form.report.id}`);
  assert.deepEqual(content.map((it) => `${it.row} (${it.column})`), ['1.1 (1)']);
});

test('what an older page left in a computed cell is shown, found by F8 and cleared by Delete', async () => {
  const data = { form: 'B01-XA', unit, period: '2026-07', seen: 0, figures: [{ row: '1.1', column: '1', value: '4' }, { row: '1.2', column: '1', value: '33,333333' }] };
  const answer = await stage.context.request.put(`${stage.base}/api/reports/draft`, { data });
  assert.equal(answer.status(), 200, await answer.text());
  await open('2026-07');
  await press('F8');
  await stage.page.locator('[data-key="1.2 (1)"][aria-selected="true"]').waitFor();
  assert.match(await panel(), /33,333333.*bấm Delete/s);
  await press('Delete');
  await stage.page.locator('.where', { hasText: 'đã gửi' }).waitFor();
  assert.doesNotMatch(await panel(), /33,333333/);
  await press('Control+Enter');
  await stage.page.locator('dialog button.main:enabled').waitFor();
  assert.doesNotMatch(await stage.page.locator('dialog').innerText(), /Không tìm thấy/);
  await press('Escape');
});

test('a total on paper that differs is told in words, also before handing in, and Delete clears it', async () => {
  await open('2026-06');
  await type('2.1.1 (1)', '5', 'Enter');
  await type('2.1 (1)', '9', 'Enter');
  const words = /Tổng ghi trên giấy 9, cộng các ô 5: lệch 4/;
  await cell('2.1 (1)').click();
  assert.match(await panel(), words);
  await press('Control+Enter');
  assert.match(await stage.page.locator('dialog').innerText(), words);
  await stage.picture('cells-control');
  assert.deepEqual(await stage.faults(), []);
  await press('Escape');
  await cell('2.1 (1)').click();
  await press('Delete');
  assert.doesNotMatch(await textOf('2.1 (1)'), /≠/);
  assert.doesNotMatch(await panel(), words);
});

test('a fraction where whole numbers are taken is called that', async () => {
  await open('2026-05');
  await type('1.1 (1)', '1,5', 'Enter');
  await cell('1.1 (1)').click();
  assert.match(await panel(), /“1,5”: chỉ nhận số nguyên/);
});

test('the panel of a share says what the grid beside it shows', async () => {
  await open('2026-11');
  await cell('1.2 (1)').click();
  const before = await textOf('1.2 (4)');
  assert.match(before, /\d/);
  assert.match(await panel(), new RegExp(`Kỳ trước\\s+${before}`));
});

test('an estimate that nobody touched is neither sent nor wrong', async () => {
  await open('2026-10', 'estimate');
  assert.match(await textOf('1.1 (1)'), /\d/);
  await stage.page.waitForLoadState('networkidle');
  assert.match(await stage.page.locator('p.state').innerText(), /^\s*Chưa nhập\s*$/);
  assert.doesNotMatch(await stage.page.locator('.tools').innerText(), /\(\d+\)/);
  assert.equal(await stage.page.locator('td.wrong').count(), 0);
});

test('on a telephone only the grid scrolls sideways', async () => {
  await stage.newPage(PHONE);
  await stage.go(`/reports/form/B01-XA/${unit}/2026-11`);
  await stage.page.locator('td[data-key]').first().waitFor();
  await stage.picture('cells-phone');
  const { document: whole, wide } = await stage.page.evaluate(() => ({
    document: document.documentElement.scrollWidth,
    wide: [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest('.scroller table')).map((it) => `${it.tagName}.${it.className}`),
  }));
  assert.ok(whole <= PHONE.width, `${whole} px: ${wide}`);
});
