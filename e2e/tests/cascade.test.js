import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { DESK, Stage } from '../stage.js';

let stage;
let page;
let plan;

before(async () => {
  stage = await Stage.open();
  plan = await stage.byNumber('146/KH-UBND');
});

after(() => stage?.close());

beforeEach(async () => {
  page = await stage.newPage(DESK);
});

test('the cascade of a document stands above and below it, and leads on by keyboard', async () => {
  await stage.go(`/documents/${plan.id}`);
  await page.getByRole('link', { name: 'Xem sơ đồ văn bản' }).click();
  await page.waitForURL(/\/cascade$/);
  const picture = page.locator('svg[role=group]');
  await picture.waitFor();
  const y = async (number) => (await picture.getByRole('link', { name: number }).first().boundingBox()).y;
  assert.ok((await y('12-NQ/TU')) < (await y('146/KH-UBND')), 'the resolution stands above the plan');
  assert.ok((await y('146/KH-UBND')) < (await y('45/KH-SYT')), 'the plan of the department stands below it');
  await picture.getByRole('link', { name: '45/KH-SYT' }).first().focus();
  await stage.picture('cascade-focus-desk-vi');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/documents\/\d+$/);
  await page.locator('dd', { hasText: '45/KH-SYT' }).waitFor();
});

test('the list under the picture tells the same', async () => {
  await stage.go(`/documents/${plan.id}/cascade`);
  const { nodes } = await stage.ask(`/api/documents/${plan.id}/cascade?depth=3`);
  assert.equal(await page.locator('table tbody tr').count(), nodes.length);
  assert.ok(nodes.length > 10, `${nodes.length} documents`);
});

test('open citations stand in their sentence and lead to their place in the document', async () => {
  await stage.go('/citations');
  const { total } = await stage.ask('/api/citations?state=all');
  assert.ok(total > 0);
  const first = page.locator('ul.items > li').first();
  assert.notEqual((await first.locator('blockquote').textContent()).trim(), '');
  await first.getByRole('link', { name: 'Xem và sửa' }).click();
  await page.waitForURL(/\/documents\/\d+\?finding=\d+/);
  const wanted = new URL(page.url()).searchParams.get('finding');
  await page.locator(`[data-row="${wanted}"]:has([aria-current])`).waitFor();
  await page.locator(`[data-ids~="${wanted}"][data-current]`).first().waitFor();
});

test('open citations can be narrowed to those that fit several documents', async () => {
  await stage.go('/citations');
  await page.getByLabel('Tình trạng').selectOption('ambiguous');
  await page.waitForURL(/state=ambiguous/);
  const { total } = await stage.ask('/api/citations?state=ambiguous');
  await stage.settled();
  assert.equal(await page.locator('ul.items > li').count(), Math.min(total, 20));
});
