/** Counts what a person does on the page: presses of the mouse button, and keys. */
import assert from 'node:assert/strict';

/** Runs in the page, before its own scripts: what the counting hears is what a person did, not what a script did. */
function listen() {
  const counted = { clicks: 0, keys: 0, drags: 0 };
  globalThis.budget = counted;
  const count = (name) => (event) => {
    if (event.isTrusted) counted[name] += 1;
  };
  addEventListener('pointerdown', count('clicks'), { capture: true });
  addEventListener('keydown', count('keys'), { capture: true });
  // A file comes from outside the page: nothing of that drag is heard here but its end. Tests can only imitate it.
  addEventListener('drop', () => (counted.drags += 1), { capture: true });
}

/**
 * Counts clicks, keys and drags on every page that the stage shows from now on; a drag is one click.
 *
 * A page that is loaded anew counts from zero again, so what is counted is one visit.
 */
export async function startCounting(stage) {
  await stage.page.addInitScript(listen);
}

/** What has been done since the page was loaded. */
export async function counted(stage) {
  return stage.page.evaluate(() => ({ ...globalThis.budget }));
}

/** Fails when the task took more than it may; says what it took. */
export async function within(stage, task, budget) {
  const { clicks, keys, drags } = await counted(stage);
  const took = `${task}: ${drags} drags, ${clicks} clicks, ${keys} keys`;
  console.log(`${took} (at most ${budget.drags ?? 0}, ${budget.clicks}, ${budget.keys})`);
  assert.ok(clicks <= budget.clicks && keys <= budget.keys && drags <= (budget.drags ?? 0), took);
  assert.ok(clicks + keys + drags > 0, `${task}: nothing was counted`);
}
