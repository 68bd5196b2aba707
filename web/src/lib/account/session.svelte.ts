/** Who is signed in, for the whole page. */
import { forget } from '$lib/offline/forget';
import { asProblem, whenSignedOut, type ApiProblem } from '$lib/api/client';
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

class Session {
  /** What the server said last; null: it was not asked yet, or did not answer. */
  known: SessionState | null = $state.raw(null);
  account: SignedIn | null = $state.raw(null);
  problem: ApiProblem | null = $state.raw(null);
  isAsked = $state(false);
  /** The session ended under somebody's hands: the screen stays as it is, and who sits there signs in over it. */
  hasEnded = $state(false);

  constructor() {
    whenSignedOut(() => {
      if (this.account !== null) this.hasEnded = true;
    });
  }

  async ask(): Promise<void> {
    try {
      const known = await sessions.get();
      this.known = known;
      this.account = known.account ?? null;
      this.problem = null;
      this.hasEnded = false;
      remember(this.account);
    } catch (thrown) {
      const problem = asProblem(thrown);
      this.problem = problem;
      if (problem.isUnreachable) this.account = remembered();
    }
    this.isAsked = true;
  }

  async signIn(name: string, password: string, code: string | null): Promise<void> {
    const before = this.account?.name;
    await sessions.signIn(name, password, code);
    await this.ask();
    // Another person must not see what the one before had on the screen.
    if (before !== undefined && before !== this.account?.name) location.assign('/');
  }

  /** Chooses a password with a one-time code, and signs in. */
  async join(code: string, password: string, secondFactor: string | null): Promise<void> {
    const before = this.account?.name;
    await sessions.join(code, password, secondFactor);
    await this.ask();
    if (before !== undefined && before !== this.account?.name) location.assign('/');
  }

  async begin(sent: FirstStart): Promise<void> {
    await sessions.first(sent);
    await this.ask();
  }

  async signOut(): Promise<void> {
    await sessions.signOut();
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
