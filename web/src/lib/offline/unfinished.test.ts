import { beforeEach, expect, test, vi } from 'vitest';

import { Unfinished, type HalfTyped } from './unfinished';

const ASKED = { form: 'MAU-1', unit: 7, period: '2026-10', kind: 'final' } as const;
/** As long as a key may wait until it is kept. */
const WITHIN_MS = 300;
let kept: Map<string, HalfTyped>;

const place = async () => ({
  put: async (name: string, thing: HalfTyped) => void kept.set(name, thing),
  get: async (name: string) => kept.get(name) ?? null,
  remove: async (name: string) => void kept.delete(name),
});

beforeEach(() => {
  kept = new Map();
  vi.useFakeTimers();
});

const texts = () => [...kept.values()].map((it) => it.text);

test('a key is kept in time, also while more keys come', async () => {
  const cell = new Unfinished(ASKED, place);
  for (let n = 1; n <= 20; n += 1) {
    cell.typing('1 (1)', '7'.repeat(n));
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(texts()[0]?.length).toBeGreaterThan(20 - WITHIN_MS / 50);
  expect(await new Unfinished(ASKED, place).found()).toMatchObject({ key: '1 (1)' });
});

test('what is dropped is gone, and what is put in stays until the form is kept', async () => {
  const cell = new Unfinished(ASKED, place);
  cell.typing('1 (1)', '77');
  await vi.advanceTimersByTimeAsync(WITHIN_MS);
  cell.left();
  await vi.advanceTimersByTimeAsync(WITHIN_MS);
  expect(texts()).toEqual(['77']);
  cell.forget();
  await vi.advanceTimersByTimeAsync(0);
  expect(texts()).toEqual([]);
});

test('a form that is kept meanwhile takes nothing of the cell that is open', async () => {
  const cell = new Unfinished(ASKED, place);
  cell.typing('1 (1)', '7');
  await vi.advanceTimersByTimeAsync(WITHIN_MS);
  cell.forget();
  await vi.advanceTimersByTimeAsync(WITHIN_MS);
  expect(texts()).toEqual(['7']);
});
