/** Figures typed, pasted and brought in Excel; what is counted is what a clerk does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startCounting, within } from '../budget.js';
import { adopt, N_LONG } from '../pack.js';
import { CLERK, DESK, OFFICER, Stage } from '../stage.js';
import { shown, words } from '../telex.js';

const PERIOD = '2026-10';
let stage;
let unit;

before(async () => {
  stage = await Stage.open(DESK, CLERK, adopt);
  const { items } = await stage.ask('/api/units?q=binh%20an');
  unit = items[0].id;
  await startCounting(stage);
});

after(() => stage?.close());

const cell = (key) => stage.page.locator(`[data-key="${key}"]`);
const here = () => stage.page.locator('[aria-selected="true"]').getAttribute('data-key');
const keys = async (...names) => {
  for (const name of names) await stage.page.keyboard.press(name);
};

async function open(form, period = PERIOD) {
  await stage.go(`/reports/form/${form}/${unit}/${period}`);
  await stage.page.locator('input.editor:focus').waitFor();
}

/** Puts a block on the clipboard of the page, as a spreadsheet does. */
async function paste(text) {
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await stage.page.evaluate((it) => navigator.clipboard.writeText(it), text);
  await keys('Control+v');
}

const sent = () => stage.page.locator('.where', { hasText: 'đã gửi' }).waitFor();

test('thirty figures are typed from paper and handed in with one click less than the budget', async () => {
  await open('NHAP-NGAN');
  assert.equal(await here(), '1 (1)');
  for (let n = 0; n < 30; n += 1) {
    await stage.page.keyboard.type(String(100 + n * 7));
    await keys('Enter');
  }
  await keys('Control+Enter');
  await stage.page.locator('dialog button.main:enabled').waitFor();
  await keys('Enter');
  await stage.page.locator('.receipt').waitFor();
  await within(stage, 'T2', { clicks: 1, keys: 123 });
  assert.match(await stage.page.locator('.receipt').innerText(), /\d{6}-1/);
  assert.match(await stage.page.locator('.receipt').innerText(), /Bình An/);
  // Who handed it in, by name and office; not by what is typed to sign in.
  await stage.page.locator('.receipt').getByText('Cán bộ xã Bình An (Văn phòng UBND xã Bình An)').waitFor();
  assert.doesNotMatch(await stage.page.locator('.receipt').innerText(), /can-bo-xa/);
  await stage.picture('entry-receipt');
  const total = await stage.ask(`/api/totals?indicator=NHAP.01.0030&unit=${unit}&period=${PERIOD}`);
  assert.equal(total.values[0], 303);
});

test('a report that was returned opens at the cell that was asked about, and goes back with six keys', async () => {
  const figures = Array.from({ length: 30 }, (_, n) => ({ row: String(n + 1), column: '1', value: '12' }));
  const handed = await stage.context.request.post(`${stage.base}/api/reports`, { data: { form: 'NHAP-NGAN', unit, period: '2026-01', figures } });
  const { report } = await handed.json();
  const { version } = await stage.ask(`/api/reports/${report}`);
  await stage.signIn(OFFICER);
  const data = { version, notes: [{ row: '17', column: '1', words: 'Xem lại số lớp của xã' }] };
  assert.equal((await stage.context.request.post(`${stage.base}/api/reports/${report}/return`, { data })).status(), 200);
  await stage.signIn(CLERK);
  await open('NHAP-NGAN', '2026-01');
  assert.equal(await here(), '17 (1)');
  assert.match(await stage.page.locator('aside').innerText(), /Xem lại số lớp của xã/);
  await stage.picture('entry-returned');
  await stage.page.keyboard.type('34');
  await keys('Enter', 'Control+Enter');
  await stage.page.locator('dialog button.main:enabled').waitFor();
  await keys('Enter');
  await stage.page.locator('.receipt').waitFor();
  await within(stage, 'T5', { clicks: 1, keys: 6 });
  assert.match(await stage.page.locator('.receipt').innerText(), /-2\b/);
});

test('a block of a hundred rows and five columns is pasted after a look at it', async () => {
  await open('NHAP-DAI');
  await cell('1 (1)').click();
  const block = Array.from({ length: 100 }, (_, y) => Array.from({ length: 5 }, (_, x) => y * 5 + x).join('\t')).join('\n');
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await stage.page.evaluate((it) => navigator.clipboard.writeText(it), block);
  await keys('Control+v');
  await stage.page.locator('dialog button.main').waitFor();
  assert.match(await stage.page.locator('dialog').innerText(), /500 ô thay đổi/);
  await stage.picture('entry-paste');
  await keys('Enter');
  await within(stage, 'T3', { clicks: 1, keys: 3 });
  assert.equal((await cell('10 (5)').innerText()).trim(), '49');
  await sent();
  await keys('Control+z');
  assert.equal((await cell('10 (5)').innerText()).trim(), '');
  await keys('Control+y');
  assert.equal((await cell('10 (5)').innerText()).trim(), '49');
});

test('a paste stays inside of the form and inside of its block', async () => {
  await open('NHAP-NGAN', '2026-09');
  await cell('29 (1)').click();
  await paste('1\t2\tghi chú\n3\t4\n5\t6');
  const said = await stage.page.locator('dialog').innerText();
  assert.match(said, /3 ô thay đổi/);
  assert.match(said, /2 ô nằm ngoài biểu/);
  await keys('Enter');
  assert.equal((await cell('28 (1)').innerText()).trim(), '');
  assert.equal((await cell('29 (3)').innerText()).trim(), 'ghi chú');
});

test('ten thousand cells are pasted, and a key is echoed among five thousand', async () => {
  await open('NHAP-DAI', '2026-08');
  const block = Array.from({ length: 2000 }, (_, y) => Array.from({ length: 5 }, (_, x) => y + x + 1).join('\t')).join('\n');
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await stage.page.evaluate((it) => navigator.clipboard.writeText(it), block);
  const from = Date.now();
  await keys('Control+v');
  await stage.page.locator('dialog button.main').waitFor();
  const looked = Date.now();
  await keys('Enter');
  await cell('3 (1)').filter({ hasText: '3' }).waitFor();
  const took = Date.now() - looked;
  const echo = await stage.page.evaluate(async () => {
    const editor = document.querySelector('input.editor');
    const times = [];
    for (let n = 0; n < 30; n += 1) {
      const start = performance.now();
      editor.value += '1';
      editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
  });
  console.log(`10,000 cells: preview ${looked - from} ms, pasted ${took} ms; echo of a key with ${N_LONG * 5} cells: median ${echo[15].toFixed(1)} ms, worst ${echo[29].toFixed(1)} ms`);
  await keys('Escape');
  assert.equal(await stage.page.locator('tbody tr').count() < 100, true);
});

test('four kinds of empty are four things, on the screen and on the server', async () => {
  await open('NHAP-NGAN', '2026-07');
  await stage.page.keyboard.type('0');
  await keys('Enter', 'F9', 'Shift+F9', 'Enter');
  const texts = await Promise.all(['1 (1)', '2 (1)', '3 (1)', '4 (1)'].map((it) => cell(it).innerText()));
  assert.deepEqual(texts.map((it) => it.trim()), ['0', '–', '…', '']);
  await keys('Control+Enter');
  await stage.page.locator('dialog button.main:enabled').waitFor();
  await keys('Enter');
  await stage.page.locator('.receipt').waitFor();
  const form = await stage.ask(`/api/forms/NHAP-NGAN?unit=${unit}&period=2026-07`);
  const contents = form.rows.slice(0, 4).map((it) => it.cells[0].figure?.content ?? null);
  assert.deepEqual(contents, ['value', 'nil', 'no_figure', null]);
});

test('keys move, fill, take back and go to what is wrong', async () => {
  await open('NHAP-NGAN', '2026-06');
  await stage.page.keyboard.type('5');
  await keys('Enter', 'Control+d');
  assert.equal((await cell('2 (1)').innerText()).trim(), '5');
  await keys('Control+z');
  assert.equal((await cell('2 (1)').innerText()).trim(), '');
  await keys('ArrowDown', 'ArrowDown');
  await stage.page.keyboard.type('mười');
  await keys('Enter', 'Control+Home');
  assert.equal(await here(), '1 (1)');
  await keys('F8');
  assert.equal(await here(), '4 (1)');
  assert.match(await stage.page.locator('aside').innerText(), /không phải là số/);
  await keys('F2', 'Backspace', 'Escape');
  assert.match(await cell('4 (1)').innerText(), /mười/);
  await keys('F1');
  assert.match(await stage.page.locator('dialog').innerText(), /Chỉ tiêu thử số 4/);
  await keys('Escape', 'Control+Enter');
  assert.match(await stage.page.locator('dialog').innerText(), /phải sửa trước khi nộp/);
  await keys('Enter');
  assert.equal(await here(), '4 (1)');
});

test('a number with two readings is asked about, never guessed', async () => {
  await open('NHAP-NGAN', '2026-06');
  await cell('6 (1)').click();
  await stage.page.keyboard.type('1,234');
  await keys('Enter');
  await stage.page.locator('.choice').waitFor();
  await stage.picture('entry-choice');
  await keys('Enter');
  // The server may have its say by then, which is a mark before the figure.
  assert.match(await cell('6 (1)').innerText(), /(^|\s)1\.234\s*$/);
  assert.equal(await here(), '7 (1)');
});

for (const mode of ['composition', 'backspaces']) {
  test(`five hundred Vietnamese words arrive whole: ${mode}`, async () => {
    await open('NHAP-NGAN', mode === 'composition' ? '2026-05' : '2026-04');
    await cell('1 (3)').click();
    const devtools = await stage.context.newCDPSession(stage.page);
    const typed = words(500);
    for (let row = 0; row < 25; row += 1) {
      for (const [n, word] of typed.slice(row * 20, row * 20 + 20).entries()) {
        if (n > 0) await keys('Space');
        await (mode === 'composition' ? compose(devtools, word) : hook(word));
      }
      await keys('Enter');
    }
    let nWrong = 0;
    for (let row = 0; row < 25; row += 1) {
      const expected = typed.slice(row * 20, row * 20 + 20).map((it) => shown(it)).join(' ');
      const found = (await cell(`${row + 1} (3)`).innerText()).trim();
      if (found !== expected) nWrong += 1;
      assert.equal(found, expected);
    }
    console.log(`500 words as ${mode}: ${nWrong} wrong`);
  });
}

/** As keyboards of the system do: the word is composed, then put in. */
async function compose(devtools, word) {
  for (let n = 1; n <= word.length; n += 1) {
    const text = shown(word.slice(0, n));
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await devtools.send('Input.insertText', { text: shown(word) });
}

/** As programs do that hook the keyboard: Backspaces, then the letters anew. */
async function hook(word) {
  let before = '';
  for (let n = 1; n <= word.length; n += 1) {
    const text = shown(word.slice(0, n));
    let same = 0;
    while (same < before.length && before[same] === text[same]) same += 1;
    for (let at = before.length; at > same; at -= 1) await keys('Backspace');
    for (const letter of text.slice(same)) await (/[a-z]/.test(letter) ? stage.page.keyboard.press(letter) : stage.page.keyboard.insertText(letter));
    before = text;
  }
}

test('the screen is clean for readers of screens, in both languages', async () => {
  await open('B01-XA');
  await stage.page.locator('aside h2').waitFor();
  assert.deepEqual(await stage.faults(), []);
  await stage.picture('entry-form-vi');
  await stage.page.locator('button.language').click();
  await stage.picture('entry-form-en');
  assert.deepEqual(await stage.faults(), []);
  await stage.page.locator('button.language').click();
});

test('the box before handing in is clean for readers of screens, with what is to be mended in it', async () => {
  const { items } = await stage.ask('/api/owed?form=B01-XA');
  const owed = items.find((it) => it.unit === unit);
  assert.ok(owed, 'nothing of this form is owed');
  await open('B01-XA', owed.period);
  await cell('1.1 (1)').click();
  await stage.page.keyboard.type('mười');
  await keys('Enter', 'Control+Enter');
  await stage.page.locator('dialog .wrong-list').waitFor();
  await stage.picture('entry-hand-in-vi');
  assert.deepEqual(await stage.faults(), []);
});

test('nothing was complained about', () => {
  assert.deepEqual(stage.complaints, []);
});
