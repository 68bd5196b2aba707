/**
 * A form on this machine beside the one on the server: what was typed here, what was last seen there, and how the two come together.
 * Pure: no clock, no network, no storage, so that any history of two machines can be played through.
 *
 * Nothing that was typed is lost, and nothing that the server acknowledged is replaced by somebody who has not seen it: where both
 * sides changed a cell, both values are kept until a person chooses.
 */

/** What stands in a cell; a cell without an entry is blank. */
export interface Entry {
  text: string;
  reason?: string;
}

export type Cells = Readonly<Record<string, Entry>>;

/** The form as the server has it. */
export interface Served {
  /** 0 if it was not begun. */
  version: number;
  /** `open`, `draft`, `submitted`, `returned`, `approved` or `locked`. */
  state: string;
  cells: Cells;
}

/** A form that is to be handed in as soon as there is a way to the server. */
export interface Handing {
  /** The same for every try, so that it is handed in once. */
  key: string;
  cells: Cells;
  seen: number;
  /** Answers to what is unusual about the form as a whole. */
  notes: Note[];
}

export interface Note {
  row?: string | null;
  column?: string | null;
  about?: string | null;
  words: string;
}

/** Both sides changed the cell; `undefined` is blank. */
export interface Conflict {
  mine: Entry | undefined;
  theirs: Entry | undefined;
}

/** All that is kept on this machine of a form. */
export interface Replica {
  /** As it was last seen on the server. */
  base: Served;
  /** As it stands here. */
  mine: Cells;
  conflicts: Readonly<Record<string, Conflict>>;
  handing: Handing | null;
}

/** What is to be sent. */
export interface Saving {
  seen: number;
  cells: Cells;
}

function isSame(one: Entry | undefined, other: Entry | undefined): boolean {
  return (one?.text ?? '') === (other?.text ?? '') && (one?.reason ?? '') === (other?.reason ?? '');
}

function put(cells: Cells, key: string, entry: Entry | undefined): Cells {
  const { [key]: _, ...rest } = cells;
  return entry === undefined || (entry.text === '' && !entry.reason) ? rest : { ...rest, [key]: entry };
}

function keysOf(...all: object[]): Set<string> {
  return new Set(all.flatMap((it) => Object.keys(it)));
}

/** Whether two forms say the same in every cell. */
export function isSameCells(one: Cells, other: Cells): boolean {
  for (const key of keysOf(one, other)) if (!isSame(one[key], other[key])) return false;
  return true;
}

/** Whether cells may be changed in that state. */
export function isOpen(state: string): boolean {
  return state === 'open' || state === 'draft' || state === 'returned';
}

/** The form of a server, opened here for the first time. */
export function opened(served: Served): Replica {
  return { base: served, mine: served.cells, conflicts: {}, handing: null };
}

/** Cells were typed into. What waited to be handed in waits no longer, for it is not what stands here now. */
export function typed(replica: Replica, edits: Iterable<readonly [string, Entry | undefined]>): Replica {
  const mine: Record<string, Entry> = { ...replica.mine };
  let { conflicts } = replica;
  for (const [key, entry] of edits) {
    if (entry === undefined || (entry.text === '' && !entry.reason)) delete mine[key];
    else mine[key] = entry;
    const conflict = conflicts[key];
    // The other value stays beside it until it is chosen or left.
    if (conflict) conflicts = { ...conflicts, [key]: { ...conflict, mine: entry } };
  }
  return { ...replica, mine, conflicts, handing: null };
}

/** What the server has now is seen: cell by cell it comes here, stays as typed here, or is shown beside it. */
export function met(replica: Replica, served: Served): Replica {
  const { base, mine } = replica;
  if (served.version < base.version) return replica;
  const conflicts: Record<string, Conflict> = {};
  const next: Record<string, Entry> = { ...mine };
  for (const key of keysOf(base.cells, mine, served.cells)) {
    const [before, here, there] = [base.cells[key], mine[key], served.cells[key]];
    if (key in replica.conflicts) {
      // Still to be chosen, unless the server came round to the same.
      if (!isSame(here, there)) conflicts[key] = { mine: here, theirs: there };
    } else if (isSame(here, before)) {
      if (there === undefined) delete next[key];
      else next[key] = there;
    } else if (!isSame(there, before) && !isSame(there, here)) conflicts[key] = { mine: here, theirs: there };
  }
  return { ...replica, base: served, mine: next, conflicts };
}

/** A person chose between two values. */
export function chose(replica: Replica, key: string, which: 'mine' | 'theirs'): Replica {
  const { [key]: conflict, ...conflicts } = replica.conflicts;
  if (!conflict) return replica;
  return { ...replica, mine: put(replica.mine, key, conflict[which]), conflicts };
}

/** The form as it may be sent: cells that wait for a choice stay as the server has them. */
function sendable(replica: Replica): Cells {
  let cells = replica.mine;
  for (const [key, { theirs }] of Object.entries(replica.conflicts)) cells = put(cells, key, theirs);
  return cells;
}

/** What is to be sent now; `null` if the server has it all, or takes nothing. */
export function toSave(replica: Replica): Saving | null {
  const cells = sendable(replica);
  if (!isOpen(replica.base.state) || isSameCells(cells, replica.base.cells)) return null;
  return { seen: replica.base.version, cells };
}

/** The server acknowledged what was sent. */
export function saved(replica: Replica, sent: Saving, version: number, state: string): Replica {
  if (version < replica.base.version) return replica;
  const handing = replica.handing && { ...replica.handing, seen: version };
  return { ...replica, base: { version, state, cells: sent.cells }, handing };
}

/** Hands in what stands here, or says that it can't be: a choice is open, or the form is not. */
export function handIn(replica: Replica, key: string, notes: Note[]): Replica | null {
  if (!isOpen(replica.base.state) || Object.keys(replica.conflicts).length > 0) return null;
  return { ...replica, handing: { key, cells: replica.mine, seen: replica.base.version, notes } };
}

/** The server gave a receipt. */
export function handedIn(replica: Replica): Replica {
  const { handing } = replica;
  if (!handing) return replica;
  const base = { version: replica.base.version, state: 'submitted', cells: handing.cells };
  return { ...replica, base, handing: null };
}

/** The handing in was refused: what stands here stays as it is. */
export function refused(replica: Replica): Replica {
  return { ...replica, handing: null };
}

/** How many cells stand here that the server does not have. */
export function nUnsent(replica: Replica): number {
  let n = 0;
  for (const key of keysOf(replica.mine, replica.base.cells, replica.conflicts)) {
    if (key in replica.conflicts || !isSame(replica.mine[key], replica.base.cells[key])) n += 1;
  }
  return n;
}

/** Where a cell stands: on the server, or here only. */
export function isSent(replica: Replica, key: string): boolean {
  return !(key in replica.conflicts) && isSame(replica.mine[key], replica.base.cells[key]);
}
