import { overviewApi } from '$lib/api/overview';

/** How long to wait until news are asked for where no line stays open. */
const POLL_MS = 20_000;
/** Changes that come together are told once. */
const GATHER_MS = 400;

/**
 * Tells when anything was written on the server, so that a page asks anew what it shows.
 *
 * Nothing comes with the news but a number. Returns how to stop listening.
 */
export function onNews(tell: () => void): () => void {
  let last: string | null = null;
  let polling: ReturnType<typeof setInterval> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;

  function hear(step: string) {
    const isFirst = last === null;
    const isNew = step !== last;
    last = step;
    if (isFirst || !isNew) return;
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

  const line = new EventSource('/api/live');
  line.addEventListener('step', (event) => {
    clearInterval(polling);
    polling = undefined;
    hear(`step ${(event as MessageEvent<string>).data}`);
  });
  line.addEventListener('error', () => {
    // A line that was cut is opened again by the browser; until then, and where that is refused, we ask.
    if (polling === undefined) {
      last = null;
      polling = setInterval(() => void poll(), POLL_MS);
    }
  });
  return () => {
    line.close();
    clearInterval(polling);
    clearTimeout(gathering);
  };
}
