import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { DESK, Stage } from '../stage.js';

let stage;
let page;
let id;

before(async () => {
  stage = await Stage.open();
  id = (await stage.byNumber('07/CT-UBND')).id;
});

after(() => stage?.close());

beforeEach(async () => {
  for (const it of await findings()) {
    const isAtRest = it.original === null ? it.state === 'rejected' : it.state === 'suggested';
    if (!isAtRest) await post(`/api/findings/${it.id}/${it.original === null ? 'reject' : 'reopen'}`, { version: it.version });
  }
  page = await stage.newPage(DESK);
  await stage.go(`/documents/${id}`);
});

async function post(path, data) {
  const answer = await stage.context.request.post(stage.base + path, { data });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
}

async function findings() {
  return (await stage.ask(`/api/documents/${id}`)).findings;
}

/** Waits until the server has it so. */
async function until(what, holds) {
  const last = Date.now() + 10_000;
  for (;;) {
    const now = await findings();
    if (holds(now)) return now;
    assert.ok(Date.now() < last, what);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

function row(findingId) {
  return page.locator(`[data-row="${findingId}"]`);
}

async function firstOf(type) {
  return (await findings()).filter((it) => it.type === type && it.original !== null).sort((a, b) => a.utf16[0] - b.utf16[0])[0];
}

async function selectedId() {
  return Number(await page.locator('[data-row]:has([aria-current])').getAttribute('data-row'));
}

test('eight keys accept eight findings, one after another', async () => {
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('Enter');
  const now = await until('eight are accepted', (all) => all.filter((it) => it.state === 'accepted').length === 8);
  assert.equal(now.filter((it) => it.state === 'rejected' && it.original !== null).length, 0);
  await page.getByText(/^Đã nhận: /).waitFor();
});

test('a finding is rejected by X or Delete, and U takes it back', async () => {
  await page.keyboard.press('j');
  const first = await selectedId();
  await page.keyboard.press('x');
  await until('it is rejected', (all) => all.find((it) => it.id === first).state === 'rejected');
  const second = await selectedId();
  assert.notEqual(second, first);
  await page.keyboard.press('Delete');
  await until('the next is rejected', (all) => all.find((it) => it.id === second).state === 'rejected');
  await page.keyboard.press('u');
  await page.keyboard.press('u');
  await until('both are back', (all) => [first, second].every((it) => all.find((one) => one.id === it).state === 'suggested'));
});

test('a finding is put right in a form, and wrong input is told at its field', async () => {
  const task = await firstOf('task');
  await row(task.id).getByRole('button').first().click();
  await page.keyboard.press('e');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('Thời hạn').fill('30/13/2026');
  await page.getByRole('button', { name: 'Lưu' }).click();
  const summary = page.getByRole('dialog').getByRole('alert');
  await summary.waitFor();
  assert.match(await summary.textContent(), /Cần sửa trước khi lưu/);
  await stage.picture('form-errors-desk-vi');
  assert.deepEqual(await stage.faults(), []);
  await summary.getByRole('link').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-due');
  await page.getByLabel('Thời hạn').fill('30/11/2026');
  await page.getByLabel('Chủ trì').fill('Sở Nội vụ\nSở Tài chính');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Lưu' }).click();
  const now = await until('it is corrected', (all) => all.find((it) => it.id === task.id).state === 'corrected');
  const { value } = now.find((it) => it.id === task.id);
  assert.equal(value.due, '2026-11-30');
  assert.deepEqual(value.lead, ['Sở Nội vụ', 'Sở Tài chính']);
  await row(task.id).getByText('30/11/2026').waitFor();
});

test('words selected in the text become a finding', async () => {
  // What the page still asks for would draw the text anew under the selection.
  await page.waitForLoadState('networkidle');
  const { text } = await stage.ask(`/api/documents/${id}`);
  const words = /\p{L}+ \p{L}+ \p{L}+/u.exec(text.slice(Math.floor(text.length / 2)))[0];
  const at = text.indexOf(words, Math.floor(text.length / 2));
  await page.evaluate(
    ([from, to]) => {
      const place = (offset) => {
        const pieces = [...document.querySelectorAll('[data-start]')];
        const piece = pieces.findLast((it) => Number(it.dataset.start) <= offset);
        return [piece.firstChild, offset - Number(piece.dataset.start)];
      };
      const range = document.createRange();
      range.setStart(...place(from));
      range.setEnd(...place(to));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    },
    [at, at + words.length],
  );
  await page.keyboard.press('a');
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.getByLabel('Chữ trong văn bản').inputValue(), words);
  await page.locator('#field-type').selectOption('figure');
  await page.getByLabel('Giá trị', { exact: true }).fill('1.234,5');
  await page.getByLabel('Đơn vị tính').fill('ha');
  await page.getByRole('button', { name: 'Lưu' }).click();
  const now = await until('it is added', (all) => all.some((it) => it.state === 'added'));
  const added = now.find((it) => it.state === 'added');
  assert.equal(added.type, 'figure');
  assert.deepEqual(added.utf16, [at, at + words.length]);
  assert.equal(added.value.value, 1234.5);
  assert.equal(await selectedId(), added.id);
});

test('by keyboard alone the words are typed, and words that are not there are told', async () => {
  await page.keyboard.press('a');
  await page.getByLabel('Chữ trong văn bản').fill('chữ này không hề có trong văn bản');
  await page.getByRole('button', { name: 'Lưu' }).click();
  await page.getByRole('dialog').getByRole('alert').getByText('Các chữ này không có trong văn bản').waitFor();
});

test('text and list lead to each other', async () => {
  const figure = await firstOf('figure');
  await row(figure.id).getByRole('button').first().click();
  await page.locator(`[data-ids~="${figure.id}"][data-current]`).first().waitFor();
  const task = await firstOf('task');
  await page.locator(`[data-ids="${task.id}"]`).first().click();
  assert.equal(await selectedId(), task.id);
});

test('a decision on an old version is put before the person again, not lost', async () => {
  const task = await firstOf('task');
  await row(task.id).getByRole('button').first().click();
  await post(`/api/findings/${task.id}/reject`, { version: task.version });
  await page.keyboard.press('Enter');
  await page.getByText('Người khác vừa thay đổi mục này').waitFor();
  await stage.picture('conflict-desk-vi');
  await page.getByRole('button', { name: 'Ghi lên bản mới' }).click();
  await until('it is accepted after all', (all) => all.find((it) => it.id === task.id).state === 'accepted');
  stage.complaints.length = 0;
});

test('a decision that cannot be sent waits, also over a reload', async () => {
  await page.keyboard.press('j');
  const first = await selectedId();
  await page.route('**/api/findings/**', (route) => route.abort());
  await page.keyboard.press('Enter');
  await page.getByText('1 quyết định chưa gửi được').waitFor();
  await page.unroute('**/api/findings/**');
  await page.reload();
  await until('it is sent', (all) => all.find((it) => it.id === first).state === 'accepted');
});

test('the keys are explained, and single letters can be switched off', async () => {
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await stage.picture('keys-desk-vi');
  assert.deepEqual(await stage.faults(), []);
  await page.getByLabel('Dùng phím tắt một chữ cái').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  assert.equal(await page.locator('[data-row]:has([aria-current])').count(), 0);
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await selectedId(), 0);
});

test('the list shows only what is asked for', async () => {
  await page.keyboard.press('Enter');
  await page.keyboard.press('x');
  await until('one is rejected', (all) => all.some((it) => it.state === 'rejected' && it.original !== null));
  await page.locator('#shown').selectOption('rejected');
  const rejected = (await findings()).filter((it) => it.state === 'rejected');
  assert.equal(await page.locator('[data-row]').count(), rejected.length);
});
