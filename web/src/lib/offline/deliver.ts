/** Brings a form and the server together: one step after another, each of which may fail and be taken again. */

import { handedIn, met, refused, saved, toSave, type Handing, type Replica, type Saving, type Served } from './replica';

/** The way to the server. A step that fails throws a `Failure`. */
export interface Way<Receipt> {
  /** The form as the server has it now. */
  look(): Promise<Served>;
  save(saving: Saving): Promise<{ version: number; state: string }>;
  handIn(handing: Handing): Promise<Receipt>;
}

/** Why a step was not taken. */
export type Why =
  /** No answer: nobody knows whether it arrived. */
  | 'no_way'
  /** Somebody took a step since. */
  | 'stale'
  /** The form takes nothing now. */
  | 'closed'
  /** Anything else that only a person can mend. */
  | 'refused';

export class Failure extends Error {
  readonly why: Why;

  constructor(why: Why, cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

export type Outcome<Receipt> =
  | { is: 'done' }
  | { is: 'receipt'; receipt: Receipt }
  | { is: 'no_way' }
  /** To be handed in, but somebody changed the form since: a person looks again first. */
  | { is: 'changed' }
  | { is: 'refused'; cause: unknown };

/** A replica that may be typed into while something is on its way. */
export interface Held {
  get(): Replica;
  change(how: (replica: Replica) => Replica): Promise<void> | void;
}

const MAX_ROUNDS = 8;

/** Sends what the server does not have, until it has it all or something stands in the way. */
export async function deliver<Receipt>(held: Held, way: Way<Receipt>): Promise<Outcome<Receipt>> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { handing } = held.get();
    const saving = handing ? null : toSave(held.get());
    if (!handing && !saving) return { is: 'done' };
    try {
      if (handing) {
        const receipt = await way.handIn(handing);
        await held.change((it) => (it.handing === handing ? handedIn(it) : it));
        await look(held, way);
        return { is: 'receipt', receipt };
      }
      if (saving) {
        const { version, state } = await way.save(saving);
        await held.change((it) => saved(it, saving, version, state));
      }
    } catch (thrown) {
      const outcome = await afterFailure(held, way, thrown);
      if (outcome) return outcome as Outcome<Receipt>;
    }
  }
  return { is: 'done' };
}

async function afterFailure(held: Held, way: Way<unknown>, thrown: unknown): Promise<Outcome<never> | null> {
  const why = thrown instanceof Failure ? thrown.why : 'refused';
  if (why === 'no_way') return { is: 'no_way' };
  const wasHanding = held.get().handing !== null;
  if (wasHanding) await held.change(refused);
  if (why === 'refused') return { is: 'refused', cause: (thrown as Error).cause ?? thrown };
  if (!(await look(held, way))) return { is: 'no_way' };
  if (wasHanding) return { is: 'changed' };
  return null;
}

/** Meets what the server has now; whether there was an answer. */
export async function look(held: Held, way: Way<unknown>): Promise<boolean> {
  try {
    const served = await way.look();
    await held.change((it) => met(it, served));
    return true;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.why === 'no_way') return false;
    throw thrown;
  }
}
