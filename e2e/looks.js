/** What is asked of every screen: it fits, everybody can use it, it complains of nothing, and it speaks one language. */
import assert from 'node:assert/strict';

/** Goes through screens (name to address) at one size; each leaves its picture. */
export async function looksRight(stage, screens, size, name) {
  await stage.newPage(size);
  for (const [screen, path] of Object.entries(screens)) {
    stage.complaints.length = 0;
    await stage.go(path);
    await stage.picture(`${screen}-${name}-vi`);
    const overhang = await stage.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overhang <= 0, `${screen} is ${overhang} pixels too wide`);
    assert.deepEqual(await stage.faults(), [], screen);
    assert.deepEqual(stage.complaints, [], screen);
  }
}

/** The texts of the page's own, without what stands in documents (`lang=vi`) and names of files (`translate=no`). */
function ownTexts(stage) {
  return stage.page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('noscript, [translate=no]')) continue;
      const holder = node.parentElement.closest('[lang]');
      const text = node.textContent.replace(/\s+/g, ' ').trim();
      if (holder === document.documentElement && /\p{L}{2}/u.test(text)) found.push(text);
    }
    return found;
  });
}

const ALIKE = /^(Dondoc|Enter|Delete|Esc|Ctrl\+Z|Excel)$|^\d[\d/]*[/-]\S+$/;

/** Goes through screens in English: nothing of the page's own may be left in Vietnamese. */
export async function speaksBoth(stage, screens, size, name) {
  await stage.newPage(size);
  const vietnamese = {};
  for (const [screen, path] of Object.entries(screens)) {
    await stage.go(path);
    vietnamese[screen] = await ownTexts(stage);
  }
  await stage.page.getByRole('button', { name: 'English' }).click();
  for (const [screen, path] of Object.entries(screens)) {
    await stage.go(path);
    await stage.picture(`${screen}-${name}-en`);
    const english = await ownTexts(stage);
    assert.notEqual(english.length, 0, screen);
    const isVietnamese = (text) => /[ăâđêôơư\u1ea0-\u1ef9]/iu.test(text.replace(/“[^”]*”|\S*\d\S*[/-]\S*/gu, ''));
    assert.deepEqual(english.filter((it) => isVietnamese(it) && it !== 'Tiếng Việt'), [], screen);
    assert.deepEqual(english.filter((it) => vietnamese[screen].includes(it) && !ALIKE.test(it)), [], screen);
  }
}
