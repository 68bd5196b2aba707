/*
 * The page without network: the few files that it is made of, kept whole. Figures are never kept here; those lie encrypted in the page's
 * own store. With network the newest page is always taken, so that nobody works on an old one.
 */
const FILES = ['/', '/a/index.js', '/a/index.css', '/mark.svg', '/manifest.webmanifest'];
const PREFIX = 'page-';
/** Stands in a copy when all of it is there. */
const WHOLE = '/whole';
const NETWORK_MS = 4000;

/** Takes the page anew, all of its files or none, and then lets the old copy go. */
async function renew() {
  const answers = await Promise.all(FILES.map((file) => fetch(file, { cache: 'no-cache' })));
  if (!answers.every((it) => it.ok)) return;
  const name = PREFIX + Date.now();
  const copy = await caches.open(name);
  await Promise.all(FILES.map((file, n) => copy.put(file, answers[n])));
  await copy.put(WHOLE, new Response(''));
  for (const other of await caches.keys()) if (other.startsWith(PREFIX) && other !== name) await caches.delete(other);
}

/** A file of the newest copy that is whole. */
async function kept(file) {
  const names = (await caches.keys()).filter((it) => it.startsWith(PREFIX)).sort();
  for (const name of names.reverse()) {
    const copy = await caches.open(name);
    if (await copy.match(WHOLE)) return copy.match(file);
  }
  return undefined;
}

/** From the network while there is one that answers in time, or else as kept. */
async function answer(request, file) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), NETWORK_MS);
  try {
    const fresh = await fetch(request, { signal: gone.signal });
    if (fresh.status < 500) return fresh;
    return (await kept(file)) ?? fresh;
  } catch {
    return (await kept(file)) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(renew());
});

addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('message', (event) => {
  if (event.data === 'renew') event.waitUntil(renew().catch(() => undefined));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(answer(request, '/'));
  else if (FILES.includes(pathname)) event.respondWith(answer(request, pathname));
});
