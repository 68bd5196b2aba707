/** Who is signed in, for the whole page. */
import { forget } from '$lib/offline/forget';
import { keepFor } from '$lib/offline/kept';
import { asProblem, holdBack, whenSignedOut, type ApiProblem } from '$lib/api/client';
import { openIdApi } from '$lib/api/openid';
import type { PasskeyShown } from '$lib/api/passkeys';
import { sessions, type FirstStart, type SessionState, type SignedIn } from '$lib/api/session';

/** Remembers that somebody was signed in here, so that forms that are open can be filled in without the network. */
const KEY = 'dondoc.account';

function remembered(): SignedIn | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : (JSON.parse(text) as SignedIn);
  } catch {
    return null;
  }
}

function remember(account: SignedIn | null): void {
  try {
    if (account === null) localStorage.removeItem(KEY);
    // Never the code of the second factor.
    else localStorage.setItem(KEY, JSON.stringify({ ...account, practice_code: null }));
  } catch {
    // A private window may refuse; then there is no work without the network.
  }
}

/** Says to all tabs, and to a page that is loaded again without network, that the page is locked. */
const LOCK = 'dondoc.locked';

function isMarkedLocked(): boolean {
  try {
    return localStorage.getItem(LOCK) !== null;
  } catch {
    return false;
  }
}

function markLocked(isLocked: boolean): void {
  try {
    if (isLocked) localStorage.setItem(LOCK, '1');
    else localStorage.removeItem(LOCK);
  } catch {
    // A private window may refuse; then each tab locks itself.
  }
}

/** Why the page is covered until somebody signs in over it: nobody was at it, or the session ended. */
export type Cover = 'locked' | 'ended';

class Session {
  /** What the server said last; null: it was not asked yet, or did not answer. */
  known: SessionState | null = $state.raw(null);
  account: SignedIn | null = $state.raw(null);
  problem: ApiProblem | null = $state.raw(null);
  isAsked = $state(false);
  #cover: Cover | null = $state(null);

  constructor() {
    whenSignedOut(() => {
      if (this.account !== null) this.cover ??= 'ended';
    });
    // Another tab may have been where somebody signed in again.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.cover !== null) void this.ask();
    });
    // Another tab was locked or unlocked.
    addEventListener('storage', (event) => {
      // The cookie is of all tabs: where another person signed in, this one is no longer of its owner.
      if (event.key === KEY && this.account !== null && remembered()?.name !== this.account.name) this.cover ??= 'ended';
      if (event.key !== LOCK) return;
      if (event.newValue === null) void this.ask();
      else if (this.account !== null) this.cover = 'locked';
    });
  }

  /** Nobody sees the page until the same person signs in over it; then it is as it was, with all that was typed. */
  get cover(): Cover | null {
    return this.#cover;
  }

  set cover(why: Cover | null) {
    this.#cover = why;
    holdBack(why !== null);
  }

  async ask(): Promise<void> {
    try {
      const known = await sessions.get();
      this.known = known;
      this.problem = null;
      this.#found(known.account ?? null);
    } catch (thrown) {
      const problem = asProblem(thrown);
      this.problem = problem;
      if (problem.isUnreachable && this.account === null) {
        this.account = remembered();
        keepFor(this.account?.name ?? null);
        if (this.account !== null && isMarkedLocked()) this.cover = 'locked';
      }
    }
    this.isAsked = true;
  }

  #found(account: SignedIn | null): void {
    if (this.cover !== null && this.account !== null) {
      // What is under the cover stays there for its owner.
      if (account === null) return;
      // Another person must not see what the one before had on the screen: the page begins anew, and stays covered until then.
      if (account.name !== this.account.name) {
        remember(account);
        location.assign('/');
        return;
      }
    }
    this.account = account;
    remember(account);
    keepFor(account?.name ?? null);
    if (account === null) markLocked(false);
    // It was locked without network, and the session is still alive: now it is ended.
    this.cover = account !== null && isMarkedLocked() ? 'locked' : null;
    if (this.cover !== null) void sessions.lock().catch(() => null);
  }

  /** Covers the page, and ends the session, so that nothing of it can be had by other ways either. */
  async lock(): Promise<void> {
    if (this.account === null || this.cover !== null) return;
    this.cover = 'locked';
    markLocked(true);
    await sessions.lock().catch(() => null);
  }

  async signIn(name: string, password: string, code: string | null, passkey: PasskeyShown | null = null): Promise<void> {
    await sessions.signIn(name, password, code, passkey);
    await this.#cameIn();
  }

  /** Takes up what the provider of identities sent back with; true: the account was linked, false: somebody signed in. */
  async comeBack(state: string, code: string | null): Promise<boolean> {
    const { is_linked: isLinked } = await openIdApi.comeBack(state, code);
    await this.#cameIn();
    return isLinked;
  }

  /** The second factor of somebody whom the provider of identities knows. */
  async confirmOpenId(code: string | null, passkey: PasskeyShown | null): Promise<boolean> {
    const { is_linked: isLinked } = await openIdApi.confirm(code, passkey);
    await this.#cameIn();
    return isLinked;
  }

  /** Chooses a password with a one-time code, and signs in. */
  async join(code: string, password: string, secondFactor: string | null, passkey: PasskeyShown | null = null): Promise<void> {
    await sessions.join(code, password, secondFactor, passkey);
    await this.#cameIn();
  }

  async #cameIn(): Promise<void> {
    const wasCovered = this.cover !== null;
    const before = this.account?.name;
    markLocked(false);
    await this.ask();
    if (before !== undefined && before !== this.account?.name) location.assign('/');
    // What waited while nobody was signed in goes out at once, as after an outage.
    else if (wasCovered) dispatchEvent(new Event('online'));
  }

  async begin(sent: FirstStart): Promise<void> {
    await sessions.first(sent);
    await this.ask();
  }

  async signOut(): Promise<void> {
    await sessions.signOut();
    markLocked(false);
    await forget().catch(() => false);
    remember(null);
    location.assign('/');
  }

  /** Whether some role of the account allows an operation somewhere; the server decides in the end. */
  may(operation: string): boolean {
    return this.account?.may.includes(operation) ?? false;
  }
}

export const session = new Session();
