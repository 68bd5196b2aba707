/** One form while somebody works on it: what stands in its cells, where that is kept, and what is wrong with it. */

import { asProblem, type ApiProblem } from '$lib/api/client';
import { entryApi, type Asked, type FaultView, type ReceiptView, type ReportDetail, type StepView } from '$lib/api/entry';
import { deliver, look, type Held, type Outcome } from '$lib/offline/deliver';
import { keep, keptOf, nameOf, type Kept } from '$lib/offline/kept';
import { takePen } from '$lib/offline/pen';
import { post } from '$lib/offline/post.svelte';
import { chose, handIn, isOpen, isSent, met, nUnsent, opened, typed, type Cells, type Entry, type Note, type Replica, type Served } from '$lib/offline/replica';
import { Unfinished } from '$lib/offline/unfinished';
import { failureOf, reportOf, servedOf, wayOf, type Named } from '$lib/offline/way';
import { Sheet, wrongWith, type Cell, type FormView } from './form';
import { askedAgain } from './returned';
import { Steps, type Edit } from './undo';

/** Where a cell or a form is: on the server, on this machine only, waiting for the network, about to be kept, or nowhere for good. */
export type Whereabouts = 'sent' | 'kept' | 'waiting' | 'keeping' | 'unkept';

const KEEP_AFTER_MS = 100;
const SEND_AFTER_MS = 1200;
const TRY_AFTER_MS = 900;
const RETRY_AFTER_MS = 5000;

export class Filling {
  readonly asked: Asked;
  sheet: Sheet | null = $state.raw(null);
  replica: Replica | null = $state.raw(null);
  steps: StepView[] = $state.raw([]);
  receipt: ReceiptView | null = $state.raw(null);
  problem: ApiProblem | null = $state.raw(null);
  /** What the server found, with the answers of the person to what concerns the whole form. */
  faults: FaultView[] = $state.raw([]);
  notes: Note[] = $state.raw([]);
  isOnline = $state(true);
  /** Whether this browser keeps anything. */
  canKeep = $state(true);
  isBusy = $state(false);
  /** Somebody changed the form while it was to be handed in. */
  isChanged = $state(false);
  /** Open in another tab, which has the pen. */
  isElsewhere = $state(false);

  /** What is kept on this machine by now. */
  #lastKept: Replica | null = $state.raw(null);
  readonly #undo = new Steps();
  readonly #unfinished: Unfinished;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #line: Promise<unknown> = Promise.resolve();
  #keeping: Promise<void> = Promise.resolve();
  #isGone = false;
  #leave: () => void = () => undefined;
  readonly #left = new Promise<void>((resolve) => (this.#leave = resolve));

  constructor(asked: Asked) {
    this.asked = asked;
    this.#unfinished = new Unfinished(asked);
  }

  async open(): Promise<void> {
    post.opened(nameOf(this.asked));
    const begin = () => {
      this.isElsewhere = false;
      void this.#begin();
    };
    this.isElsewhere = !(await takePen(nameOf(this.asked), this.#left, begin));
    await this.#begin();
  }

  async #begin(): Promise<void> {
    const kept = await keptOf(this.asked).catch(() => null);
    if (kept) await this.#take(kept);
    try {
      await this.#fetch();
      this.isOnline = true;
    } catch (thrown) {
      this.isOnline = false;
      if (!kept) this.problem = asProblem(thrown);
    }
    if (this.#isGone || !this.replica) return;
    if (!kept) await this.#goOn();
    this.#soon('keep', KEEP_AFTER_MS, () => this.keep());
    this.#soon('send', 0, () => this.send());
    if (!this.isUntouched) this.#soon('try', 0, () => this.tryOut());
  }

  /** Puts in what was being typed when the page went away, before she types again. */
  async #goOn(): Promise<void> {
    const half = this.isElsewhere ? null : await this.#unfinished.found();
    if (half) this.type([[half.key, half.text]]);
  }

  async #take(kept: Kept): Promise<void> {
    this.sheet = new Sheet(kept.view);
    this.replica = kept.replica;
    this.#lastKept = this.replica;
    this.steps = kept.steps;
    this.receipt = kept.receipt;
    await this.#goOn();
  }

  /** The form as the server has it; meets what is kept here. */
  async #fetch(): Promise<void> {
    const [view, detail] = await this.#asked();
    this.sheet = new Sheet(view);
    this.steps = detail?.steps ?? [];
    const served = servedOf(detail, Object.fromEntries(this.sheet.inForce()));
    this.replica = this.replica ? met(this.replica, served) : opened(served);
    const isHandedIn = !isOpen(served.state);
    if (isHandedIn && detail?.receipt && this.receipt?.number !== detail.receipt) {
      this.receipt = await entryApi.receipt(detail.id).catch(() => null);
    }
    if (!isHandedIn) this.receipt = null;
  }

  async #asked(): Promise<[FormView, ReportDetail | null]> {
    const view = await entryApi.form(this.asked);
    return [view, view.report ? await entryApi.report(view.report.id) : null];
  }

  /** Leaves the form: what was typed is kept first. */
  close(): void {
    this.#isGone = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#leave();
    void this.keep().then(() => post.closed(nameOf(this.asked)));
  }

  textOf = (key: string): string => this.replica?.mine[key]?.text ?? '';

  reasonOf(key: string): string {
    return this.replica?.mine[key]?.reason ?? '';
  }

  get isOpen(): boolean {
    return this.replica !== null && !this.isElsewhere && isOpen(this.replica.base.state);
  }

  get state(): string {
    return this.replica?.base.state ?? 'open';
  }

  get nUnsent(): number {
    return this.replica ? nUnsent(this.replica) : 0;
  }

  /** Shows the figures in force, and nobody typed or sent anything of it. */
  get isUntouched(): boolean {
    return this.replica?.base.version === 0 && this.nUnsent === 0;
  }

  get isWaitingToBeHandedIn(): boolean {
    return this.replica?.handing != null;
  }

  whereabouts(key: string): Whereabouts {
    return !this.replica || isSent(this.replica, key) ? 'sent' : this.#whereUnsent;
  }

  get formWhereabouts(): Whereabouts {
    return this.nUnsent === 0 && !this.isWaitingToBeHandedIn ? 'sent' : this.#whereUnsent;
  }

  /** Nothing is called kept before it is on the disk. */
  get #whereUnsent(): Whereabouts {
    if (this.replica !== this.#lastKept && !this.isElsewhere) return this.canKeep ? 'keeping' : 'unkept';
    return this.isOnline ? 'kept' : 'waiting';
  }

  /** A cell is being typed into: it is not changed yet, but a page that is closed loses nothing. */
  typing(key: string, text: string): void {
    if (this.isOpen) this.#unfinished.typing(key, text);
  }

  /** The cell stays as it was. */
  drop(): void {
    this.#unfinished.left();
    this.#unfinished.forget();
  }

  /** Types into cells, as one step that can be taken back; what is computed takes nothing, and can be cleared of what is left there. */
  type(texts: Iterable<readonly [string, string]>): void {
    const edits: Edit[] = [];
    for (const [key, text] of texts) {
      const before = this.replica?.mine[key];
      if ((before?.text ?? '') === text) continue;
      if (text !== '' && !this.sheet?.byKey.get(key)?.isTyped) continue;
      edits.push({ key, before, after: text === '' ? undefined : { ...before, text } });
    }
    this.#unfinished.left();
    this.#do(edits);
    this.#undo.did(edits);
    if (edits.length === 0) this.#unfinished.forget();
  }

  /** Says why a figure is as it is. */
  explain(key: string, reason: string): void {
    const before = this.replica?.mine[key];
    const { reason: _, ...rest } = before ?? { text: '' };
    const edits = [{ key, before, after: reason === '' ? rest : { ...rest, reason } }];
    this.#do(edits);
    this.#undo.did(edits);
  }

  undo(): string | undefined {
    return this.#again(this.#undo.undo());
  }

  redo(): string | undefined {
    return this.#again(this.#undo.redo());
  }

  #again(edits: Edit[]): string | undefined {
    this.#do(edits);
    // To the first cell of the step, as it stands in the form.
    const cells = edits.map((it) => this.sheet?.byKey.get(it.key)).filter((it) => it !== undefined);
    return cells.toSorted((one, other) => one.y - other.y || one.x - other.x)[0]?.key;
  }

  #do(edits: Edit[]): void {
    if (!this.replica || !this.isOpen || edits.length === 0) return;
    this.isChanged = false;
    this.replica = typed(this.replica, edits.map(({ key, after }) => [key, after] as const));
    this.#later();
  }

  choose(key: string, which: 'mine' | 'theirs'): void {
    if (!this.replica) return;
    this.replica = chose(this.replica, key, which);
    this.#later();
  }

  #later(): void {
    this.#soon('keep', KEEP_AFTER_MS, () => this.keep());
    this.#soon('send', SEND_AFTER_MS, () => this.send());
    this.#soon('try', TRY_AFTER_MS, () => this.tryOut());
  }

  /** Does it once, that long after it was last asked for. */
  #soon(what: string, ms: number, work: () => unknown): void {
    clearTimeout(this.#timers.get(what));
    if (this.#isGone) return;
    this.#timers.set(what, setTimeout(work, ms));
  }

  /** Keeps the form as it then stands, one keeping after another: an older one never comes last. */
  keep(): Promise<void> {
    this.#keeping = this.#keeping.then(async () => {
      const { sheet, replica } = this;
      if (!sheet || !replica || this.isElsewhere) return;
      const touchedAt = new Date().toISOString();
      const { named, steps, receipt } = this.#kept(sheet);
      this.canKeep = await keep({ named, view: sheet.view, steps, replica, receipt, touchedAt }).catch(() => false);
      if (!this.canKeep) return;
      this.#lastKept = replica;
      if (this.replica === replica) this.#unfinished.forget();
    });
    return this.#keeping;
  }

  #kept(sheet: Sheet): Pick<Kept, 'named' | 'steps' | 'receipt'> {
    const controls = sheet.typed.filter((it) => it.isControl).map((it) => it.key);
    const named = { asked: this.asked, formVersion: sheet.view.version, controls };
    return $state.snapshot({ named, steps: this.steps, receipt: this.receipt }) as Pick<Kept, 'named' | 'steps' | 'receipt'>;
  }

  get #held(): Held {
    return {
      get: () => this.replica as Replica,
      change: (how) => {
        this.replica = how(this.replica as Replica);
        return this.keep();
      },
    };
  }

  get named(): Named {
    return this.#kept(this.sheet as Sheet).named;
  }

  #look = async (): Promise<Served> => {
    const [view, detail] = await this.#asked();
    this.sheet = new Sheet(view);
    this.steps = detail?.steps ?? [];
    return servedOf(detail, Object.fromEntries(this.sheet.inForce()));
  };

  /** Sends what the server does not have; one sending at a time. */
  send(): Promise<Outcome<ReceiptView>> {
    const sending = this.#line.then(async () => {
      if (!this.replica || !this.sheet) return { is: 'done' } as const;
      return this.#after(await deliver<ReceiptView>(this.#held, wayOf(this.named, this.#look)));
    });
    this.#line = sending.catch(() => undefined);
    return sending;
  }

  #after(outcome: Outcome<ReceiptView>): Outcome<ReceiptView> {
    this.isOnline = outcome.is !== 'no_way';
    if (outcome.is === 'no_way') this.#soon('send', RETRY_AFTER_MS, () => this.send());
    if (outcome.is === 'receipt') this.receipt = outcome.receipt;
    if (outcome.is === 'changed') this.isChanged = true;
    this.problem = outcome.is === 'refused' ? asProblem(outcome.cause) : null;
    void this.keep();
    return outcome;
  }

  /** There may be a way again, or somebody may have changed the form. */
  async refresh(): Promise<void> {
    if (!this.replica) return;
    this.isOnline = await look(this.#held, wayOf(this.named, this.#look)).catch(() => false);
    await this.send();
  }

  /** Hands the form in, now or as soon as there is a way. */
  async submit(): Promise<Outcome<ReceiptView> | null> {
    this.isBusy = true;
    try {
      await this.#line;
      const next = this.replica && handIn(this.replica, crypto.randomUUID(), this.notes);
      if (!next) return null;
      this.replica = next;
      await this.keep();
      return await this.send();
    } finally {
      this.isBusy = false;
    }
  }

  /** Asks the server what it would find; without network what was found before stays. */
  async tryOut(): Promise<boolean> {
    const { replica } = this;
    if (!replica || !this.isOpen) return false;
    try {
      const { findings } = await entryApi.tryOut(reportOf(this.named, replica.mine, undefined, this.notes));
      if (this.replica === replica || this.replica?.mine === replica.mine) this.faults = findings;
      return true;
    } catch (thrown) {
      if (failureOf(thrown).why === 'no_way') this.isOnline = false;
      return false;
    }
  }

  /** What can't be read, by cell; the page sees that by itself, also without network. */
  readonly unreadable = $derived.by(() => {
    const found = new Map<string, string>();
    for (const [key, entry] of Object.entries(this.replica?.mine ?? {})) {
      const cell = this.sheet?.byKey.get(key);
      const wrong = cell && wrongWith(entry.text, cell);
      if (wrong) found.set(key, wrong);
    }
    return found;
  });

  /** What the server found, by cell; under `''` what concerns the whole form. */
  readonly faultsAt = $derived.by(() => {
    const at = new Map<string, FaultView[]>();
    for (const fault of this.faults) {
      const key = this.cellOf(fault)?.key ?? '';
      at.set(key, [...(at.get(key) ?? []), fault]);
    }
    return at;
  });

  cellOf(fault: FaultView): Cell | undefined {
    const { cell, indicator } = fault.place;
    const named = cell ? this.sheet?.byKey.get(cell) : undefined;
    return named ?? (indicator ? this.sheet?.typed.find((it) => it.row.indicator === indicator && !it.isNote) : undefined);
  }

  /** Whether a warning was given its reason: at the cell, in the note of the row, or for the form. */
  isAnswered(fault: FaultView): boolean {
    if (fault.severity !== 'warning') return false;
    const cell = this.cellOf(fault);
    const note = cell && this.sheet?.cells[cell.y]?.find((it) => it.isNote);
    const atCell = cell && (this.reasonOf(cell.key) !== '' || (note && this.textOf(note.key) !== ''));
    return Boolean(atCell) || this.notes.some((it) => it.about === fault.about);
  }

  /** Cells that need a look, in the order of the form: unreadable, wrong, unusual and not explained, or with two values. */
  readonly problems = $derived.by(() => {
    const isOpen = (key: string) => this.unreadable.has(key) || key in (this.replica?.conflicts ?? {}) || (this.faultsAt.get(key) ?? []).some((it) => !this.isAnswered(it));
    return (this.sheet?.cells.flat() ?? []).filter((it) => isOpen(it.key));
  });

  /** What was asked at a cell when the form was returned, with who asked. */
  readonly returned = $derived(askedAgain(this.state, this.steps, this.sheet?.typed ?? []));

  /** Where the person lands: the first cell that was returned, or has something wrong, or is empty. */
  landing(): Cell | undefined {
    const returned = this.sheet?.typed.find((it) => this.returned.has(it.key));
    return returned ?? this.sheet?.firstEmpty(this.textOf);
  }
}

export type { Cells, Entry };
