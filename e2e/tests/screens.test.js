import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { DESK, PHONE, Stage } from '../stage.js';

const FIRST_LOAD_LIMIT_BYTES = 500 * 1024;

let stage;
let screens;

before(async () => {
  stage = await Stage.open();
  const directive = await stage.byNumber('07/CT-UBND');
  const plan = await stage.byNumber('146/KH-UBND');
  screens = {
    library: '/documents',
    search: '/documents?words=phong+thu',
    nothing: '/documents?words=zzzzqqqq',
    document: `/documents/${directive.id}`,
    cascade: `/documents/${plan.id}/cascade`,
    citations: '/citations',
    missing: '/documents/999999',
    nowhere: '/nowhere/at/all',
  };
});

after(() => stage?.close());

async function inEnglish() {
  if ((await stage.page.getAttribute('html', 'lang')) === 'en') return;
  await stage.page.getByRole('button', { name: 'English' }).click();
}

/** The texts of the page's own, without what stands in documents (`lang=vi`) and names of files (`translate=no`). */
async function ownTexts() {
  return stage.page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('noscript, [translate=no]')) continue;
      const language = node.parentElement.closest('[lang]')?.getAttribute('lang');
      const text = node.textContent.replace(/\s+/g, ' ').trim();
      if (language === document.documentElement.lang && /\p{L}{2}/u.test(text)) {
        if (!(language === 'vi' && node.parentElement.closest('[lang]') !== document.documentElement)) found.push(text);
      }
    }
    return found;
  });
}

for (const [name, size] of Object.entries({ desk: DESK, phone: PHONE })) {
  test(`every screen fits a ${name}, can be used by everybody, and complains of nothing`, async () => {
    await stage.newPage(size);
    for (const [screen, path] of Object.entries(screens)) {
      stage.complaints.length = 0;
      await stage.go(path);
      await stage.picture(`${screen}-${name}-vi`);
      const overhang = await stage.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overhang <= 0, `${screen} is ${overhang} pixels too wide`);
      assert.deepEqual(await stage.faults(), [], screen);
      // The browser itself notes the answer "not found", which is what was asked for there.
      const complaints = stage.complaints.filter((it) => screen !== 'missing' || !it.includes('404'));
      assert.deepEqual(complaints, [], screen);
    }
  });
}

test('every screen is wholly in the language chosen, which is remembered', async () => {
  await stage.newPage(DESK);
  const vietnamese = {};
  for (const [screen, path] of Object.entries(screens)) {
    await stage.go(path);
    vietnamese[screen] = await ownTexts();
  }
  await inEnglish();
  const namesAlike = /^(Dondoc|Enter|Delete|Esc|Ctrl\+Z)$|^\d[\d/]*[/-]\S+$/;
  for (const [screen, path] of Object.entries(screens)) {
    await stage.go(path);
    assert.equal(await stage.page.getAttribute('html', 'lang'), 'en');
    const english = await ownTexts();
    assert.notEqual(english.length, 0);
    const isVietnamese = (text) => /[ăâđêôơư\u1ea0-\u1ef9]/iu.test(text.replace(/“[^”]*”|\S*\d\S*[/-]\S*/gu, ''));
    const leftOver = english.filter((it) => isVietnamese(it) && it !== 'Tiếng Việt');
    assert.deepEqual(leftOver, [], screen);
    const untranslated = english.filter((it) => vietnamese[screen].includes(it) && !namesAlike.test(it));
    assert.deepEqual(untranslated, [], screen);
    await stage.picture(`${screen}-desk-en`);
  }
});

test('the first load is small', async () => {
  const page = await stage.newPage(DESK);
  const network = await stage.context.newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', (it) => (bytes += it.encodedDataLength));
  await stage.go('/documents');
  assert.ok(bytes > 1000, `${bytes}`);
  assert.ok(bytes <= FIRST_LOAD_LIMIT_BYTES, `first load of ${bytes} bytes`);
  console.log(`first load: ${bytes} bytes over the network`);
});

test('by keyboard alone one can skip the head and open a document', async () => {
  const page = await stage.newPage(DESK);
  await stage.go('/documents');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Bỏ qua phần đầu trang');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  for (let i = 0; i < 20; i += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement.className)).includes('title')) break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/documents\/\d+$/);
});
