/** Runs the tests if there is a browser and a binary to run them with; says so if not. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { BINARY, CHROMIUM } from './stage.js';

for (const [what, path] of [['the browser', CHROMIUM], ['the binary', BINARY]]) {
  if (existsSync(path)) continue;
  console.error(`end-to-end tests not run: ${what} is missing at ${path}`);
  process.exit(process.env.CI ? 1 : 0);
}

const asked = process.argv.slice(2);
const tests = asked.length > 0 ? asked : ['tests/*.test.js'];
const run = spawnSync(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...tests], { stdio: 'inherit', shell: asked.length === 0 });
process.exit(run.status ?? 1);
