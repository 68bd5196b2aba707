/** The notices of the account, shared by the bell in the frame, the home page and the page of notices. */
import { asProblem, type ApiProblem } from '$lib/api/client';
import { noticesApi, type Notice, type NoticeList } from '$lib/api/notices';

/** How often the page asks by itself while it is looked at. */
const EVERY_MS = 60_000;

class Notices {
  items: readonly Notice[] = $state.raw([]);
  nUnread = $state(0);
  problem: ApiProblem | null = $state.raw(null);
  isLoaded = $state(false);

  async load(): Promise<void> {
    try {
      this.#take(await noticesApi.list());
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.isLoaded = true;
  }

  async read(whats: readonly string[]): Promise<void> {
    try {
      this.#take(await noticesApi.read(whats));
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  #take(found: NoticeList): void {
    this.items = found.items;
    this.nUnread = found.n_unread;
    this.problem = null;
  }

  /** Asks now and again as long as the page is in view; returns how to stop. */
  watch(): () => void {
    const ask = () => {
      if (document.visibilityState === 'visible') void this.load();
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }
}

export const notices = new Notices();
