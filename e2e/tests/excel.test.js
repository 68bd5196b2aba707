/** T4: the form comes back in Excel, as a clerk filled it in, with three cells that can't be figures. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startCounting, within } from '../budget.js';
import { adopt } from '../pack.js';
import { CLERK, DESK, Stage } from '../stage.js';
import { filledIn } from '../workbook.js';

const PERIOD = '2026-10';
const N_ROWS = 30;
/** Words, a letter O for a nought, half a class; and what they should have been. */
const BAD = { 7: 'mười hai', 15: '1O5', 23: '2,5' };
const MENDED = { 7: '12', 15: '105', 23: '25' };

let stage;
let page;
let unit;

before(async () => {
  stage = await Stage.open(DESK, CLERK, adopt);
  page = stage.page;
  unit = (await stage.ask('/api/units?q=binh%20an')).items[0].id;
  await startCounting(stage);
});

after(() => stage?.close());

const here = () => page.locator('[aria-selected="true"]').getAttribute('data-key');

/** The workbook that the program gives out, filled in. */
async function workbook() {
  const answer = await stage.context.request.get(`${stage.base}/api/forms/NHAP-NGAN/workbook?unit=${unit}&period=${PERIOD}&kind=final`);
  assert.equal(answer.status(), 200);
  const typed = Object.fromEntries(Array.from({ length: N_ROWS }, (_, n) => [n + 1, BAD[n + 1] ?? 200 + n]));
  return filledIn(await answer.body(), typed);
}

/** A file let go over the form, as the browser tells of it. */
async function drop(bytes) {
  const dropped = await page.evaluateHandle((base64) => {
    const file = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const transfer = new DataTransfer();
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    transfer.items.add(new File([file], 'bieu.xlsx', { type }));
    return transfer;
  }, bytes.toString('base64'));
  await page.dispatchEvent('.form', 'dragover', { dataTransfer: dropped });
  await page.dispatchEvent('.form', 'drop', { dataTransfer: dropped });
}

test('T4: a workbook is dropped on its form, three bad cells are mended, and it is handed in', async () => {
  const bytes = await workbook();
  await stage.go(`/reports/form/NHAP-NGAN/${unit}/${PERIOD}`);
  await page.locator('input.editor:focus').waitFor();
  await drop(bytes);
  await page.locator('dialog button.main:enabled').waitFor();
  assert.match(await page.locator('dialog').innerText(), /30 ô thay đổi/);
  assert.equal(await page.locator('dialog td.wrong').count(), Object.keys(BAD).length);
  await stage.picture('excel-preview-vi');
  await page.keyboard.press('Enter');
  for (const [n, [row, text]] of Object.entries(MENDED).entries()) {
    // The first one is come to by itself.
    if (n > 0) await page.keyboard.press('F8');
    await page.locator(`[data-key="${row} (1)"][aria-selected="true"]`).waitFor();
    assert.match(await page.locator(`[data-key="${row} (1)"]`).innerText(), new RegExp(BAD[row]));
    assert.match(await page.locator('aside .wrong').first().innerText(), /\p{L}/u, `nothing is said at row ${row}`);
    await stage.picture(`excel-bad-${row}-vi`);
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Enter');
  await page.locator('dialog button.main:enabled').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.receipt').waitFor();
  await within(stage, 'T4', { drags: 1, clicks: 0, keys: 20 });
  for (const [row, whole] of [...Object.entries(MENDED), [1, '200'], [30, '229']]) {
    const code = `NHAP.01.${String(row).padStart(4, '0')}`;
    const { values } = await stage.ask(`/api/totals?indicator=${code}&unit=${unit}&period=${PERIOD}`);
    assert.equal(values[0], Number(whole), code);
  }
});

test('a workbook of another form changes nothing and says why', async () => {
  const answer = await stage.context.request.get(`${stage.base}/api/forms/B01-XA/workbook?unit=${unit}&period=2026-12&kind=final`);
  await stage.go(`/reports/form/NHAP-NGAN/${unit}/2026-09`);
  await page.locator('input.editor:focus').waitFor();
  await drop(filledIn(await answer.body(), { 1.1: 5 }));
  await page.locator('dialog p.wrong').getByText('Tệp là của biểu B01-XA, không phải của biểu NHAP-NGAN').waitFor();
  // Nothing to take and nothing to compare: only what is wrong, and the way out.
  assert.equal(await page.locator('dialog table').count(), 0);
  assert.doesNotMatch(await page.locator('dialog').innerText(), /Đưa vào biểu|ô thay đổi/);
  await stage.picture('excel-other-form-vi');
  const form = await stage.ask(`/api/forms/NHAP-NGAN?unit=${unit}&period=2026-09`);
  assert.deepEqual(form.rows.filter((it) => it.cells[0].figure), []);
  assert.equal(await here(), '1 (1)');
});

test('a file that is no workbook is refused in Vietnamese, with what to do', async () => {
  await stage.go(`/reports/form/NHAP-NGAN/${unit}/2026-08`);
  await page.locator('input.editor:focus').waitFor();
  await drop(Buffer.from('no workbook at all'));
  await page.locator('dialog p.wrong').waitFor();
  const said = await page.locator('dialog').innerText();
  assert.match(said, /không phải tệp Excel/);
  assert.doesNotMatch(said, /neither|Đưa vào biểu|ô thay đổi/);
  assert.equal(await page.locator('dialog table').count(), 0);
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
});
