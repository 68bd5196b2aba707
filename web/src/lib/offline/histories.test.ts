/**
 * Two machines and a server, played through at random: typing, saving, handing in, returns, approvals and locks, with requests that
 * never arrive, answers that get lost, and tabs that are killed. Every value is typed once, so that it can be followed to the end.
 */
import { expect, test } from 'vitest';

import { deliver, Failure, look, type Held, type Way } from './deliver';
import { chose, handIn, isOpen, isSameCells, nUnsent, opened, typed, type Cells, type Handing, type Replica, type Saving, type Served } from './replica';

const N_HISTORIES = 400;
const N_STEPS = 60;
const KEYS = ['1 (1)', '2 (1)', '3 (1)', '4 (1)'];

class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0 || 1;
  }

  below(n: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state = (this.#state ^ (this.#state << 5)) >>> 0;
    return this.#state % n;
  }
}

class Killed extends Error {}

function text(cells: Cells, key: string): string {
  return cells[key]?.text ?? '';
}

/** The server, as far as it concerns one form: its rules are those of `submission.rs` and `report.rs`. */
class Server {
  served: Served = { version: 0, state: 'open', cells: {} };
  readonly receipts = new Map<string, { cells: Cells; number: number }>();
  nReceipts = 0;
  /** What must not have happened. */
  readonly wrongs: string[] = [];

  /** Refuses what was not seen, as the real one does. */
  #check(seen: number): void {
    if (seen !== this.served.version) throw new Failure('stale');
    if (!isOpen(this.served.state)) throw new Failure('closed');
  }

  save(by: Machine, { seen, cells }: Saving): { version: number; state: string } {
    if (isSameCells(cells, this.served.cells) && this.served.version > 0) return this.served;
    this.#check(seen);
    this.#put(by, cells);
    const state = this.served.state === 'open' ? 'draft' : this.served.state;
    this.served = { version: this.served.version + 1, state, cells };
    return this.served;
  }

  handIn(by: Machine, { key, cells, seen }: Handing): number {
    const known = this.receipts.get(key);
    if (known) return known.number;
    this.#check(seen);
    this.#put(by, cells);
    this.nReceipts += 1;
    this.receipts.set(key, { cells, number: this.nReceipts });
    this.served = { version: this.served.version + 2, state: 'submitted', cells };
    return this.nReceipts;
  }

  /** Nothing that is here is replaced by somebody who has not had it on his screen. */
  #put(by: Machine, cells: Cells): void {
    for (const key of KEYS) {
      const [before, after] = [text(this.served.cells, key), text(cells, key)];
      if (before === after || before === '') continue;
      if (!by.hasSeen(key, before)) this.wrongs.push(`${before} at ${key} replaced unseen by ${after}`);
      by.replaced.add(before);
    }
  }

  step(to: string, from: string[]): void {
    if (!from.includes(this.served.state)) return;
    this.served = { ...this.served, version: this.served.version + 1, state: to };
  }
}

/** A computer with one tab; what it keeps survives the tab. */
class Machine implements Held {
  readonly #server: Server;
  readonly #dice: Dice;
  readonly name: string;
  #replica: Replica;
  #disk: string;
  #seen = new Map<string, Set<string>>();
  /** What this person typed last in each cell, and what he gave up or replaced knowingly. */
  readonly typed = new Map<string, string>();
  readonly replaced = new Set<string>();
  isFaulty = true;

  constructor(name: string, server: Server, dice: Dice) {
    [this.name, this.#server, this.#dice] = [name, server, dice];
    this.#replica = opened(server.served);
    this.#disk = JSON.stringify(this.#replica);
  }

  get(): Replica {
    return this.#replica;
  }

  change(how: (replica: Replica) => Replica): void {
    this.#replica = how(this.#replica);
    this.#disk = JSON.stringify(this.#replica);
    for (const key of KEYS) {
      const seen = this.#seen.get(key) ?? new Set();
      seen.add(text(this.#replica.mine, key)).add(this.#replica.conflicts[key]?.theirs?.text ?? '');
      this.#seen.set(key, seen);
    }
  }

  hasSeen(key: string, value: string): boolean {
    return this.#seen.get(key)?.has(value) ?? false;
  }

  kill(): void {
    this.#replica = JSON.parse(this.#disk) as Replica;
  }

  type(key: string, value: string): void {
    if (!isOpen(this.#replica.base.state)) return;
    this.change((it) => typed(it, [[key, { text: value }]]));
    this.typed.set(key, value);
  }

  choose(key: string, which: 'mine' | 'theirs'): void {
    const conflict = this.#replica.conflicts[key];
    if (!conflict) return;
    const given = which === 'mine' ? conflict.theirs : conflict.mine;
    if (given) this.replaced.add(given.text);
    this.change((it) => chose(it, key, which));
  }

  /** Through a network that loses requests and answers, in a tab that may die at any moment. */
  async #through<T>(ask: () => T): Promise<T> {
    const fate = this.isFaulty ? this.#dice.below(12) : 11;
    for (let n = this.#dice.below(4); n > 0; n -= 1) await Promise.resolve();
    if (fate === 0) throw new Failure('no_way');
    const answer = ask();
    if (fate === 1) throw new Failure('no_way');
    if (fate === 2) throw new Killed();
    for (let n = this.#dice.below(4); n > 0; n -= 1) await Promise.resolve();
    return answer;
  }

  readonly way: Way<number> = {
    look: () => this.#through(() => this.#server.served),
    save: (saving) => this.#through(() => this.#server.save(this, saving)),
    handIn: (handing) => this.#through(() => this.#server.handIn(this, handing)),
  };

  async deliver(): Promise<void> {
    try {
      await deliver(this, this.way);
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
      this.kill();
    }
  }

  async look(): Promise<void> {
    try {
      await look(this, this.way);
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
      this.kill();
    }
  }
}

class History {
  readonly dice: Dice;
  readonly server = new Server();
  readonly machines: [Machine, Machine];
  #nTyped = 0;
  #nHandings = 0;
  nConflicts = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    this.machines = [new Machine('a', this.server, this.dice), new Machine('b', this.server, this.dice)];
  }

  #machine(): Machine {
    return this.machines[this.dice.below(2)] as Machine;
  }

  #key(): string {
    return KEYS[this.dice.below(KEYS.length)] as string;
  }

  async #step(): Promise<void> {
    const machine = this.#machine();
    switch (this.dice.below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        this.#nTyped += 1;
        return machine.type(this.#key(), `${machine.name}${this.#nTyped}`);
      case 4:
      case 5:
        return machine.deliver();
      case 6:
        // Both at once, with somebody typing while things are on their way.
        await Promise.all([
          ...this.machines.map((it) => it.deliver()),
          (async () => {
            for (let n = this.dice.below(6); n > 0; n -= 1) await Promise.resolve();
            this.#nTyped += 1;
            machine.type(this.#key(), `${machine.name}${this.#nTyped}`);
          })(),
        ]);
        return;
      case 7:
        return machine.look();
      case 8: {
        this.#nHandings += 1;
        const key = `h${this.#nHandings}`;
        const next = handIn(machine.get(), key, []);
        if (next) machine.change(() => next);
        return machine.deliver();
      }
      case 9:
        return machine.kill();
      case 10:
        return machine.choose(this.#key(), this.dice.below(2) === 0 ? 'mine' : 'theirs');
      default:
        return this.#authority();
    }
  }

  #authority(): void {
    switch (this.dice.below(4)) {
      case 0:
      case 1:
        return this.server.step('returned', ['submitted', 'approved']);
      case 2:
        return this.server.step('approved', ['submitted']);
      default:
        return this.server.step('locked', ['approved']);
    }
  }

  async play(): Promise<void> {
    for (let n = 0; n < N_STEPS; n += 1) {
      await this.#step();
      for (const it of this.machines) this.nConflicts += Object.keys(it.get().conflicts).length;
    }
    await this.#settle();
  }

  /** The network holds, nobody dies, and everybody chooses. */
  async #settle(): Promise<void> {
    for (const it of this.machines) it.isFaulty = false;
    for (let round = 0; round < 6; round += 1) {
      for (const it of this.machines) {
        await it.look();
        for (const key of KEYS) if (isOpen(it.get().base.state)) it.choose(key, this.dice.below(2) === 0 ? 'mine' : 'theirs');
        await it.deliver();
      }
    }
    for (const it of this.machines) await it.look();
  }

  /** Where each value that was typed last has gone. */
  check(): void {
    expect(this.server.wrongs).toEqual([]);
    const given = new Set(this.machines.flatMap((it) => [...it.replaced]));
    for (const it of this.machines) {
      const { mine, base, conflicts } = it.get();
      expect(isSameCells(base.cells, this.server.served.cells)).toBe(true);
      if (isOpen(base.state)) {
        expect(nUnsent(it.get())).toBe(0);
        expect(isSameCells(mine, this.server.served.cells)).toBe(true);
      }
      for (const [key, value] of it.typed) {
        const isThere = [text(this.server.served.cells, key), text(mine, key), conflicts[key]?.mine?.text].includes(value);
        expect(isThere || given.has(value), `${value} at ${key} is lost`).toBe(true);
      }
    }
    // What was handed in once was kept once, as it stood then.
    expect(this.server.receipts.size).toBe(this.server.nReceipts);
  }
}

test('in four hundred histories nothing that was typed or acknowledged is lost, and both values are shown', async () => {
  let [nConflicts, nReceipts] = [0, 0];
  for (let seed = 1; seed <= N_HISTORIES; seed += 1) {
    const history = new History(seed);
    await history.play();
    history.check();
    nConflicts += history.nConflicts;
    nReceipts += history.server.nReceipts;
  }
  // The histories are worth playing: values did meet, and forms were handed in.
  expect(nConflicts).toBeGreaterThan(N_HISTORIES);
  expect(nReceipts).toBeGreaterThan(N_HISTORIES);
}, 120_000);

test('a server that lets the last one win is found out', async () => {
  let nFound = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const history = new History(seed);
    // The control: whoever saves is taken to have seen everything.
    const save = history.server.save.bind(history.server);
    history.server.save = (by, saving) => save(by, { ...saving, seen: history.server.served.version });
    try {
      await history.play();
      history.check();
    } catch {
      nFound += 1;
    }
  }
  expect(nFound).toBeGreaterThan(0);
});
