import type {
  Bilingual,
  Cascade,
  Detail,
  Facets,
  FileOutcomes,
  Finding,
  FindingType,
  Health,
  OpenCitationPage,
  Problem,
  SummaryPage,
  Utf16Span,
  Wrong,
} from './types';

const UNREACHABLE: Problem = {
  code: 'unreachable',
  message: { vi: 'Không liên lạc được với máy chủ Dondoc.', en: 'The Dondoc server cannot be reached.' },
  remedy: {
    vi: 'Kiểm tra đường mạng rồi thử lại; nếu vẫn không được, báo người quản trị hệ thống.',
    en: 'Check the network and try again; if that does not help, tell the administrator.',
  },
};

const UNREADABLE: Problem = {
  code: 'unreadable_answer',
  message: { vi: 'Máy chủ trả lời không đúng dạng.', en: 'The server gave an answer that cannot be read.' },
  remedy: {
    vi: 'Tải lại trang; nếu vẫn vậy, báo cho người quản trị.',
    en: 'Reload the page; if it happens again, tell the administrator.',
  },
};

/** A request that was refused or did not arrive, in words for the person at the screen. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly inWords: Bilingual;
  readonly remedy: Bilingual;
  readonly findings: Wrong[];

  constructor(problem: Problem) {
    super(problem.code);
    this.code = problem.code;
    this.inWords = problem.message;
    this.remedy = problem.remedy;
    this.findings = problem.findings ?? [];
  }

  /** Nothing was decided on the other side: the same request may be sent again. */
  get isUnreachable(): boolean {
    return this.code === UNREACHABLE.code;
  }

  /** Somebody else changed it in the meantime. */
  get isStale(): boolean {
    return this.code === 'stale';
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem ? thrown : new ApiProblem(UNREADABLE);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'remedy' in body;
}

/** Reads an answer's body: the wanted value, or an `ApiProblem` thrown. */
export function readAnswer<T>(ok: boolean, body: string): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ApiProblem(UNREADABLE);
  }
  if (ok) return parsed as T;
  throw new ApiProblem(isProblem(parsed) ? parsed : UNREADABLE);
}

let signedOut = () => {};

/** Has something done when the server says that nobody is signed in any more. */
export function whenSignedOut(then: () => void): void {
  signedOut = then;
}

let isHeldBack = false;

/**
 * Has nothing asked or sent but what has to do with signing in, as if there were no network: under the cover of a page somebody else
 * may have signed in, and what its owner typed must not go out in that one's name.
 */
export function holdBack(is: boolean): void {
  isHeldBack = is;
}

const CODE_HEADER = 'x-second-factor';

/** Asks a person for the second factor. */
type Asker = (refused: ApiProblem | null) => Promise<string | null>;

/** Those who could ask; the one that came last does. */
const askers: Asker[] = [];

/**
 * Has the second factor asked for where the server wants it: its six digits, or nothing once a passkey was shown; null: the person
 * would rather not. `refused` is what the server said of the digits before, if they were not good. Returns how to stop.
 */
export function whenCodeIsNeeded(ask: Asker): () => void {
  askers.push(ask);
  return () => void askers.splice(askers.indexOf(ask), 1);
}

/** Whether an answer wants the second factor: none was shown, or what was typed for it here was no good. */
function wantsCode(answer: Response, body: string, init: RequestInit): 'needed' | 'again' | null {
  if (answer.status !== 403) return null;
  if (body.includes('"second_factor_needed"')) return 'needed';
  return new Headers(init.headers).has(CODE_HEADER) && body.includes('"wrong_code"') ? 'again' : null;
}

function refusalIn(body: string): ApiProblem | null {
  try {
    return readAnswer(false, body);
  } catch (thrown) {
    return asProblem(thrown);
  }
}

/** The same request with the digits, or with none once a passkey was shown. */
function withCode(init: RequestInit, code: string): RequestInit {
  const headers = new Headers(init.headers);
  if (code === '') headers.delete(CODE_HEADER);
  else headers.set(CODE_HEADER, code);
  return { ...init, headers };
}

/** Asks the API; `asksItself` is for the door, where the second factor goes with the password. */
export async function request<T>(path: string, init: RequestInit = {}, asksItself = false): Promise<T> {
  let answer: Response;
  let body: string;
  if (isHeldBack && !path.startsWith('/api/session')) throw new ApiProblem(UNREACHABLE);
  try {
    answer = await fetch(path, init);
    body = await answer.text();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw new ApiProblem(UNREACHABLE);
  }
  // Who tries to sign in has no session that could end.
  if (answer.status === 401 && !path.startsWith('/api/session')) signedOut();
  if (answer.status === 204) return null as T;
  const ask = asksItself ? undefined : askers.at(-1);
  const wanted = ask ? wantsCode(answer, body, init) : null;
  if (ask && wanted !== null) {
    // Wrong digits are typed again where they were typed; what is on the page stays as it is.
    const code = await ask(wanted === 'again' ? refusalIn(body) : null);
    if (code !== null) return request<T>(path, withCode(init, code));
  }
  return readAnswer<T>(answer.ok, body);
}

function sending(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function post<T>(path: string, body: unknown, asksItself = false): Promise<T> {
  return request<T>(path, sending('POST', body), asksItself);
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return request<T>(path, sending('PUT', body));
}

export type Step = 'accept' | 'reject' | 'reopen';

export const api = {
  health: () => request<Health>('/api/health'),
  facets: () => request<Facets>('/api/facets'),
  documents: (query: string, signal?: AbortSignal) =>
    request<SummaryPage>(`/api/documents${query}`, signal ? { signal } : {}),
  document: (id: number) => request<Detail>(`/api/documents/${id}`),
  cascade: (id: number, depth: number) => request<Cascade>(`/api/documents/${id}/cascade?depth=${depth}`),
  citations: (state: string, page: number) =>
    request<OpenCitationPage>(`/api/citations?state=${state}&page=${page}`),
  decide: (id: number, step: Step, version: number) => post<Finding>(`/api/findings/${id}/${step}`, { version }),
  correct: (id: number, version: number, value: object, utf16?: Utf16Span) =>
    post<Finding>(`/api/findings/${id}/correct`, { version, value, ...(utf16 && { utf16 }) }),
  add: (documentId: number, type: FindingType, utf16: Utf16Span, value: object) =>
    post<Finding>(`/api/documents/${documentId}/findings`, { type, utf16, value }),
};

/** Sends one file, telling how much has left: `fetch` cannot say that, so this is the older way. */
export function upload(file: File, onProgress: (percent: number) => void): Promise<FileOutcomes> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', file, file.name);
    const sending = new XMLHttpRequest();
    sending.open('POST', '/api/files');
    sending.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(Math.floor((event.loaded * 100) / event.total));
    };
    sending.onload = () => {
      try {
        resolve(readAnswer<FileOutcomes>(sending.status >= 200 && sending.status < 300, sending.responseText));
      } catch (thrown) {
        reject(asProblem(thrown));
      }
    };
    sending.onerror = () => reject(new ApiProblem(UNREACHABLE));
    sending.onabort = () => reject(new ApiProblem(UNREACHABLE));
    sending.send(form);
  });
}
