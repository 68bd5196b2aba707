import { expect, test } from 'vitest';

import { bundled, BundleError, joined, unbundled } from './bundle';
import type { Kept } from './kept';
import { nUnsent, opened, typed, type Replica } from './replica';

const served = { version: 3, state: 'draft', cells: { '1 (1)': { text: '5' } } };

function kept(replica: Replica): Kept {
  const named = { asked: { form: 'B01-XA', unit: 8, period: '2026-10', kind: 'final' as const }, formVersion: 1, controls: [] };
  return { named, view: {} as Kept['view'], steps: [], replica, receipt: null, touchedAt: '2026-11-22T04:00:00Z' };
}

test('what waits goes into a file and comes back as it was', async () => {
  const forms = [kept(typed(opened(served), [['2 (1)', { text: 'không phát sinh' }]]))];
  const file = await bundled(forms, 'mật khẩu 8');
  expect(file).not.toContain('phát sinh');
  expect(await unbundled(file, 'mật khẩu 8')).toEqual(forms);
});

test('a changed file and another password are refused', async () => {
  const file = await bundled([kept(opened(served))], 'mật khẩu 8');
  await expect(unbundled(file, 'mật khẩu 9')).rejects.toThrow(BundleError);
  await expect(unbundled('{}', 'mật khẩu 8')).rejects.toThrow(BundleError);
  const { sealed } = JSON.parse(file) as { sealed: string };
  for (const at of [0, Math.floor(sealed.length / 2), sealed.length - 5]) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const changed = file.replace(sealed, sealed.slice(0, at) + other + sealed.slice(at + 1));
    await expect(unbundled(changed, 'mật khẩu 8'), String(at)).rejects.toThrow(BundleError);
  }
  // Deriving a key from a password is slow on purpose, six times here.
}, 60_000);

test('a form that comes in a file replaces nothing that was typed here', () => {
  const here = typed(opened(served), [['1 (1)', { text: '6' }]]);
  const came = typed(opened(served), [['1 (1)', { text: '7' }], ['2 (1)', { text: '8' }]]);
  const both = joined(here, came);
  expect(both.conflicts).toEqual({ '1 (1)': { mine: { text: '6' }, theirs: { text: '7' } } });
  expect(both.mine).toEqual({ '1 (1)': { text: '6' }, '2 (1)': { text: '8' } });
  expect(both.base).toEqual(served);
  expect(nUnsent(both)).toBe(2);
  expect(joined(null, came)).toEqual(came);
});
