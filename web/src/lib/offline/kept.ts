/** The forms that are kept on this machine, under their names. */

import type { Asked, FormView, ReceiptView, StepView } from '$lib/api/entry';
import type { Replica } from './replica';
import { Vault } from './vault';
import type { Named } from './way';

/** All that is kept of a form: enough to work on without network. */
export interface Kept {
  named: Named;
  view: FormView;
  steps: StepView[];
  replica: Replica;
  receipt: ReceiptView | null;
  /** When it was last typed into, as the clock of this machine has it. */
  touchedAt: string;
}

let owner: string | null = null;

/** From now on what is kept and found is of this account; nobody finds what another typed on the same machine. */
export function keepFor(account: string | null): void {
  owner = account;
}

function prefix(): string {
  return `form/${encodeURIComponent(owner ?? '')}/`;
}

/** The name that a form is kept under. */
export function nameOf({ form, unit, period, kind }: Asked): string {
  return `${prefix()}${form}/${unit}/${period}/${kind}`;
}

let opening: Promise<Vault | null> | null = null;

/** The vault of this browser; `null` where it keeps nothing. */
export function vault(): Promise<Vault | null> {
  opening ??= Vault.open();
  return opening;
}

/** Forgets the vault that was opened, for it is to be wiped. */
export function closed(): void {
  void opening?.then((it) => it?.close());
  opening = null;
}

/** All forms that are kept here. */
export async function allKept(): Promise<Kept[]> {
  const it = await vault();
  if (!it) return [];
  const found = await Promise.all((await it.names(prefix())).map((name) => it.get<Kept>(name)));
  return found.filter((kept) => kept !== null);
}

/** Forgets what is kept of this account; whether nothing of another is left either. */
export async function dropOwn(): Promise<boolean> {
  const it = await vault();
  if (!it) return true;
  for (const name of await it.names(prefix())) await it.remove(name);
  return (await it.names('')).length === 0;
}

export async function keptOf(asked: Asked): Promise<Kept | null> {
  return (await vault())?.get<Kept>(nameOf(asked)) ?? null;
}

/** Keeps a form; `false` where this browser keeps nothing. */
export async function keep(kept: Kept): Promise<boolean> {
  const it = await vault();
  if (!it) return false;
  await it.put(nameOf(kept.named.asked), kept);
  return true;
}
