import { ResponseTooLargeError } from '../errors.ts';
import type { LimeFile } from '../lime/requests.ts';
import type { OutgoingFetch } from '../outgoing/fetch.ts';
import { readAtMost } from '../outgoing/read.ts';
import type { OutgoingResponse } from '../outgoing/send.ts';
import { isAllowedType, isAllowedUrl, isLocal } from './allowed.ts';
import { verifyFile } from './verify-file.ts';

/** Why a file could not be fetched, or was not accepted. */
export type MediaFailure = 'tooLarge' | 'wrongType' | 'hostNotAllowed' | 'notFound' | 'noAnswer' | 'mismatch';

export type Fetched = ({ ok: true } & LimeFile) | { ok: false; reason: MediaFailure };

/** Which files are accepted, and how long a fetch may take. */
export type MediaLimits = {
  /** Hosts that files may come from, each with its sub-domains. */
  hosts: readonly string[];
  megabytes: number;
  seconds: number;
  /** Content types, which may end in `/*`. */
  types: readonly string[];
};

/**
 * Fetches a file within the limits and verifies its type. Does not throw for anything that the remote server does.
 * @param name the name in the file's message
 */
export type FetchMedia = (url: string, limits: MediaLimits, name: string) => Promise<Fetched>;

/** Redirects to follow, each to an allowed host only. */
const MAX_REDIRECTS = 3;

/** Delay before the one retry. */
const RETRY_DELAY_MS = 500;

export function createFetchMedia(options: {
  /** Creates the fetch for these hosts. It must support manual redirects. */
  fetchFor: (hosts: readonly string[]) => OutgoingFetch;
  sleep: (milliseconds: number) => Promise<unknown>;
  /** Allows http://127.0.0.1 too. */
  allowLocal?: boolean;
}): FetchMedia {
  const { fetchFor, sleep, allowLocal = false } = options;
  // One for each list of hosts, because it may hold connections.
  const fetches = new Map<readonly string[], OutgoingFetch>();

  return async (address, limits, name) => {
    const { hosts, seconds } = limits;
    const doFetch = fetches.get(hosts) ?? fetchFor(hosts);
    fetches.set(hosts, doFetch);
    const mayFetch = (url: URL) => isAllowedUrl(url, hosts) || (allowLocal && isLocal(url));
    const signal = AbortSignal.timeout(Math.ceil(seconds * 1_000));
    const first = await attempt(address, limits, { doFetch, mayFetch, signal, name });
    if (first !== 'retry') return first;
    await sleep(RETRY_DELAY_MS);
    const second = await attempt(address, limits, { doFetch, mayFetch, signal, name });
    return second === 'retry' ? failed('noAnswer') : second;
  };
}

function failed(reason: MediaFailure): Fetched {
  return { ok: false, reason };
}

type FetchContext = { doFetch: OutgoingFetch; mayFetch: (url: URL) => boolean; signal: AbortSignal; name: string };

async function attempt(address: string, limits: MediaLimits, asking: FetchContext): Promise<Fetched | 'retry'> {
  try {
    return await follow(address, limits, asking);
  } catch (error) {
    if (error instanceof ResponseTooLargeError) return failed('tooLarge');
    if (isBlocked(error)) return failed('hostNotAllowed');
    return asking.signal.aborted ? failed('noAnswer') : 'retry';
  }
}

async function follow(
  address: string,
  limits: MediaLimits,
  { doFetch, mayFetch, signal, name }: FetchContext,
): Promise<Fetched | 'retry'> {
  let url = URL.parse(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (url === null || !mayFetch(url)) return failed('hostNotAllowed');
    const response = await doFetch(url.href, { redirect: 'manual', headers: { accept: '*/*' }, signal });
    const { status, headers } = response;
    const location = headers.get('location');
    if (status === 200) return read(response, { url, name }, limits);
    await response.body?.cancel();
    if (status === 408 || status === 429 || status >= 500) return 'retry';
    if (status < 300 || status > 399 || location === null) return failed('notFound');
    url = URL.parse(location, url.href);
  }
  return failed('notFound');
}

async function read(
  response: OutgoingResponse,
  { url, name }: { url: URL; name: string },
  { megabytes, types }: MediaLimits,
): Promise<Fetched> {
  const { headers, body } = response;
  const contentType = headers.get('content-type') ?? '';
  const maxBytes = megabytes * 1_000_000;
  async function refuse(reason: 'wrongType' | 'tooLarge'): Promise<Fetched> {
    await body?.cancel();
    return failed(reason);
  }
  if (!isAllowedType(contentType, types)) return refuse('wrongType');
  if (Number(headers.get('content-length') ?? 0) > maxBytes) return refuse('tooLarge');
  const bytes = await readAtMost(response, maxBytes);
  if (bytes.byteLength === 0) return failed('notFound');
  const file = await verifyFile({ bytes, contentType, name, disposition: headers.get('content-disposition'), url });
  return typeof file === 'string' ? failed(file) : { ok: true, ...file };
}

/** The socket may block a URL too, and fetch wraps that error. */
function isBlocked(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && error.name === 'BlockedUrlError') return true;
  return 'cause' in error && isBlocked(error.cause);
}
