/** `docs/newcomers-day.md` stays true: each section is done in the page as it says, and each of its words on the screen is found there. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { STEPS } from '../newcomer.js';
import { DESK, Stage } from '../stage.js';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const PICTURES = 'newcomers-day';
const LARGEST_PICTURE_BYTES = 150_000;
const TEXT = readFileSync(join(DOCS, 'newcomers-day.md'), 'utf8');
/** With `DONDOC_PICTURES=1` the pictures of the text are taken anew. */
const TAKES_PICTURES = process.env.DONDOC_PICTURES === '1';

let stage;
const counted = { clicks: 0, keys: 0 };
let began;

before(async () => {
  stage = await Stage.open(DESK, null);
  // Over all pages of the day: two people sign in.
  await stage.page.exposeFunction('told', (what) => (counted[what] += 1));
  await stage.page.addInitScript(() => {
    addEventListener('pointerdown', () => globalThis.told('clicks'), { capture: true });
    addEventListener('keydown', () => globalThis.told('keys'), { capture: true });
  });
  began = Date.now();
});

after(() => stage?.close());

const nameOf = (n) => `${n + 1}-${STEPS[n].picture}.png`;
/** The sections of the text that are done in the page, in order. */
const sections = TEXT.split(/^## /m).slice(1).filter((it) => /^\d+\. /.test(it));

/** The place on the page of words that the text puts in bold type: what is called so, what begins so, or where it stands. */
async function place(words) {
  const { page } = stage;
  const roles = ['button', 'link', 'option'];
  const called = (name) => roles.map((role) => page.getByRole(role, { name, exact: true })).reduce((one, other) => one.or(other));
  const beginning = new RegExp(`^${words}`);
  const places = [called(words), called(beginning), page.getByText(words)];
  await places.reduce((one, other) => one.or(other)).first().waitFor();
  for (const it of places) if ((await it.count()) > 0) return it.first();
  throw new Error(words);
}

async function code() {
  return (await stage.ask('/api/session')).account.practice_code;
}

async function takePicture(n) {
  await stage.picture(`newcomer-${n + 1}-${STEPS[n].picture}`);
  if (!TAKES_PICTURES) return;
  const { default: sharp } = await import('sharp');
  mkdirSync(join(DOCS, PICTURES), { recursive: true });
  const taken = sharp(await stage.page.screenshot());
  await taken.png({ palette: true, colours: 64, compressionLevel: 9, effort: 10 }).toFile(join(DOCS, PICTURES, nameOf(n)));
}

test('the text has a section for each step, and the way to the page that the README has', () => {
  assert.deepEqual(sections.map((it) => Number(/^\d+/.exec(it)[0])), STEPS.map((_, n) => n + 1));
  for (const file of ['../README.md', '../README.vi.md']) {
    const readme = readFileSync(join(DOCS, file), 'utf8');
    assert.match(readme, /cargo xtask demo/);
    assert.match(readme, /docs\/newcomers-day\.md/, file);
  }
  assert.match(TEXT, /cargo xtask demo/);
});

for (const [n, step] of STEPS.entries()) {
  test(`step ${n + 1} is done as the text says: ${step.picture}`, async () => {
    if (n === 0) await stage.go('/');
    const said = [...sections[n].matchAll(/\*\*([^*]+)\*\*/g)].map((it) => it[1]);
    const seen = [];
    const see = (words) => {
      seen.push(words);
      return place(words);
    };
    // The first step is pictured before it leaves its screen, and so is the second.
    if (n < 2) await takePicture(n);
    await step.go({ page: stage.page, see, code });
    if (n >= 2) await takePicture(n);
    assert.deepEqual([...new Set(said)].sort(), [...new Set(seen)].sort(), 'the words in bold type');
  });
}

test('the total has what was typed in it', async () => {
  const { items } = await stage.ask('/api/units?q=binh%20an');
  const { values } = await stage.ask(`/api/totals?indicator=KVPT.06.01&unit=${items[0].id}&period=2026-12`);
  assert.deepEqual(values, [5]);
  console.log(`a newcomer's day: ${STEPS.length} steps, ${counted.clicks} clicks, ${counted.keys} keys, ${Math.round((Date.now() - began) / 1000)} s by a script`);
});

test('every picture of the text is there, and none is large', () => {
  const named = [...TEXT.matchAll(/\]\(newcomers-day\/([^)]+)\)/g)].map((it) => it[1]);
  assert.deepEqual(named, STEPS.map((_, n) => nameOf(n)));
  for (const name of named) {
    const path = join(DOCS, PICTURES, name);
    assert.ok(existsSync(path), `${name}: run with DONDOC_PICTURES=1`);
    assert.ok(statSync(path).size < LARGEST_PICTURE_BYTES, name);
  }
});
