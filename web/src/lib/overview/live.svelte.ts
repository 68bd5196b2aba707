import { overviewApi } from '$lib/api/overview';

/** The line is opened once the page has what it shows; nobody waits for news of the second that he came in. */
const OPEN_AFTER_MS = 1_500;
/** How long to wait until news are asked for where no line stays open. */
const POLL_MS = 20_000;
/** Changes that come together are told once. */
const GATHER_MS = 400;

/**
 * Tells when anything was written on the server, so that a page asks anew what it shows.
 *
 * Nothing comes with the news but a number. A page that nobody looks at holds no line, for browsers have few; it hears of
 * changes when it is looked at again. Returns how to stop listening.
 */
export function onNews(tell: () => void): () => void {
  let last: string | null = null;
  let line: EventSource | undefined;
  let opening: ReturnType<typeof setTimeout> | undefined;
  let polling: ReturnType<typeof setInterval> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;

  function hear(step: string) {
    const isNew = last !== null && step !== last;
    last = step;
    if (!isNew) return;
    clearTimeout(gathering);
    gathering = setTimeout(tell, GATHER_MS);
  }

  async function poll() {
    try {
      hear(`block ${(await overviewApi.moment()).block}`);
    } catch {
      // Whatever is shown stays; the next question may be answered.
    }
  }

  function open() {
    if (line !== undefined || document.hidden) return;
    line = new EventSource('/api/live');
    line.addEventListener('step', (event) => {
      clearInterval(polling);
      polling = undefined;
      hear(`step ${(event as MessageEvent<string>).data}`);
    });
    line.addEventListener('error', () => {
      // A line that was cut is opened again by the browser; until then, and where that is refused, we ask.
      if (polling !== undefined) return;
      last = null;
      polling = setInterval(() => void poll(), POLL_MS);
    });
  }

  function close() {
    line?.close();
    line = undefined;
    clearInterval(polling);
    polling = undefined;
  }

  function look() {
    if (document.hidden) close();
    else open();
  }

  document.addEventListener('visibilitychange', look);
  opening = setTimeout(open, OPEN_AFTER_MS);
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(opening);
    clearTimeout(gathering);
    close();
  };
}
