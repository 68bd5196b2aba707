/** What people are called whose sign-in names stand in answers: asked for together, each once. */

/** What somebody is called. */
export interface Named {
  /** The name on the screen. */
  display: string;
  /** The office; may be empty. */
  office: string;
}

/** So many are asked for at once; the server answers for twice as many. */
const MOST = 50;

export type AskNames = (of: readonly string[]) => Promise<readonly (Named & { name: string })[]>;

/** Names as they become known; `known` is told of what came. */
export class Names {
  readonly #ask: AskNames;
  readonly #known: Map<string, Named>;
  /** Asked for, or about to be. */
  readonly #wanted = new Set<string>();
  #waiting: string[] = [];

  constructor(ask: AskNames, known: Map<string, Named>) {
    this.#ask = ask;
    this.#known = known;
  }

  /** What somebody is called; undefined while that is not known, or if no account stands for the name. */
  of(signIn: string): Named | undefined {
    const known = this.#known.get(signIn);
    if (!known) this.#want(signIn);
    return known;
  }

  #want(signIn: string): void {
    // The server splits at commas, so such a name can't be asked for; no account has one.
    if (signIn === '' || signIn.includes(',') || this.#wanted.has(signIn)) return;
    this.#wanted.add(signIn);
    this.#waiting.push(signIn);
    // All of what is drawn in one go is asked for in one go.
    if (this.#waiting.length === 1) queueMicrotask(() => void this.#fetch());
  }

  async #fetch(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < all.length; from += MOST) {
      const part = all.slice(from, from + MOST);
      try {
        for (const { name, display, office } of await this.#ask(part)) this.#known.set(name, { display, office });
      } catch {
        // Without network the sign-in names stand there; who is drawn next is asked for anew.
        for (const it of part) this.#wanted.delete(it);
      }
    }
  }
}
