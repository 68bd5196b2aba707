/** A fresh Dondoc with the sample province, and a browser that looks at it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export const BINARY = process.env.DONDOC_BIN ?? join(HERE, '../target/debug/dondoc');
export const CHROMIUM = process.env.DONDOC_CHROMIUM ?? '/usr/bin/chromium';
/** A page built by `npm run build` that is looked at instead of the one in the binary: for work on the page alone. */
const PAGE = process.env.DONDOC_PAGE ?? null;
export const RESULTS = join(HERE, 'results');

/** The two screens that have to do: an office computer and a telephone. */
export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** The people of the sample province. */
export const CLERK = 'can-bo-xa';
export const OFFICER = 'chuyen-vien-tinh';
export const LEADER = 'lanh-dao-tinh';
export const ADMINISTRATOR = 'quan-tri';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOK_AGAIN_MS = 500;
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** Where the program says that it is. */
export const ADDRESS = /http:\/\/localhost:\d+/;

/** Starts the program on a port of its own choosing; resolves to its address. */
function startServer(folder, command, more) {
  const server = spawn(BINARY, [command, '--port', '0', '--no-open', '--data', folder, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within ${START_TIMEOUT_MS} ms: ${said}`)), START_TIMEOUT_MS);
    const listen = (bytes) => {
      said += bytes;
      const found = ADDRESS.exec(said);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', (bytes) => (said += bytes));
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  return { server, address, said: () => said };
}

/** Asks a server to end, and waits until it has: what it writes last would come back into a folder that is being removed. */
async function ended(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill();
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(timer);
}

/** The file of the built page that an address means. */
function builtFile(path) {
  const name = path.includes('.') ? path.slice(1) : 'index.html';
  return join(PAGE, name);
}

/** Everything a test needs: where the server is, a page, and what went wrong on it. */
export class Stage {
  /** What the page complained about, which must be nothing. */
  complaints = [];
  /** More arguments for the start; `prepare` may put some in. */
  more = [];

  /** `who` is one of the people of the sample province, by sign-in name; null: nobody is signed in. `prepare` is done before the start, which is `demo`, or `serve` with a store that is empty. */
  static async open(size = DESK, who = OFFICER, prepare = () => {}, command = 'demo') {
    const stage = new Stage();
    stage.who = who;
    stage.folder = mkdtempSync(join(tmpdir(), 'dondoc-e2e-'));
    prepare(stage);
    const { server, address, said } = startServer(join(stage.folder, 'data'), command, stage.more);
    stage.said = said;
    stage.server = server;
    try {
      stage.base = await address;
      stage.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
      await stage.newPage(size);
    } catch (cause) {
      // A program that is left running would keep the tests from ending.
      await stage.close();
      throw cause;
    }
    return stage;
  }

  /** A page as of a new visitor: nothing remembered. */
  async newPage(size) {
    await this.context?.close();
    this.context = await this.browser.newContext({ viewport: size, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: PAGE === null ? 'allow' : 'block' });
    // Other servers, as a provider of identities is one, answer for themselves.
    const isBuilt = (url) => url.port === new URL(this.base).port && !url.pathname.startsWith('/api/');
    if (PAGE !== null) await this.context.route(isBuilt, (route) => route.fulfill({ path: builtFile(new URL(route.request().url()).pathname) }));
    if (this.who !== null) await this.signIn(this.who);
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(10_000);
    this.page.on('console', (message) => {
      if (PAGE !== null && message.text().startsWith('Service Worker registration blocked')) return;
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
    return this.page;
  }

  /** Signs one of the people of the sample province in, in the browser and for `ask`. */
  async signIn(who) {
    this.who = who;
    const answer = await this.context.request.post(`${this.base}/api/session`, { data: { name: who } });
    assert.equal(answer.status(), 204, who);
  }

  /** Types the six digits that the page asks for. A code is taken once, so as a person does it waits for the next one. */
  async confirm() {
    const field = this.page.getByRole('dialog').getByLabel('Mã 6 số');
    await field.waitFor();
    const shown = async () => (await this.ask('/api/session')).account.practice_code;
    let code = await shown();
    for (; code === this.codeBefore; code = await shown()) await this.page.waitForTimeout(LOOK_AGAIN_MS);
    this.codeBefore = code;
    await field.fill(code);
  }

  /** Goes to an address of the page, and waits until nothing is being loaded. */
  async go(path) {
    await this.page.goto(this.base + path);
    await this.settled();
  }

  async settled() {
    await this.page.waitForLoadState('networkidle');
    await this.page.locator('h1').first().waitFor();
    await this.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  }

  /** What the API answers. */
  async ask(path) {
    const answer = await this.context.request.get(this.base + path);
    assert.equal(answer.status(), 200, path);
    return answer.json();
  }

  /** The stored document of this number. */
  async byNumber(number) {
    for (let page = 1; ; page += 1) {
      const { items } = await this.ask(`/api/documents?page=${page}`);
      const found = items.find((it) => it.number === number);
      if (found) return found;
      assert.notEqual(items.length, 0, `no document ${number}`);
    }
  }

  /** The faults that axe calls serious or critical, each with its element. */
  async faults() {
    // Through the debugging protocol: the page's own policy forbids scripts that it did not bring.
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    return violations
      .filter((it) => ['serious', 'critical'].includes(it.impact))
      .flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target.join(' ')} ${node.failureSummary}`));
  }

  async picture(name) {
    mkdirSync(RESULTS, { recursive: true });
    await this.page.screenshot({ path: join(RESULTS, `${name}.png`) });
  }

  async close() {
    await this.browser?.close();
    this.server.removeAllListeners('exit');
    await ended(this.server);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
