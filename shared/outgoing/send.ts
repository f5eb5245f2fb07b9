import type { IncomingMessage, RequestOptions } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ResponseTooLargeError } from '../errors.ts';

export type OutgoingInit = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** For Node's own fetch in its place: redirects are never followed here. */
  redirect?: 'manual';
};

/** The parts of a body, decoded. `cancel` closes the connection, also before the first part is read. */
export type OutgoingBody = AsyncIterable<Uint8Array> & { cancel(): Promise<void> };

/** The used part of a `Response`. Any status may come, including those that `Response` refuses. */
export type OutgoingResponse = Pick<Response, 'status' | 'headers'> & { body: OutgoingBody | null };

// An import of node:http would also load Node's fetch, which the module exports a part of: 20 ms of a cold start.
const http = process.getBuiltinModule('node:http');

/** Milliseconds that an idle connection is kept. Servers commonly close theirs after five seconds. */
const KEEP_ALIVE_MS = 4_000;

/** Statuses whose responses have no body, by the Fetch standard. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** Below it a status announces a response, or changes the protocol, which nobody asks for here. */
const LOWEST_STATUS = 200;

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Sends requests with Node's own client over connections that are kept. The `lookup` runs at the socket and decides
 * which addresses it may connect to. Rejects with the error of the socket, or with the signal's reason.
 */
export function createSend({ lookup, maxBytes }: { lookup: LookupFunction | undefined; maxBytes: number }) {
  const agentOptions = { keepAlive: true, timeout: KEEP_ALIVE_MS, ...(lookup !== undefined && { lookup }) };
  const plain = { client: http, agent: new http.Agent(agentOptions) };
  const secure = { client: https, agent: new https.Agent(agentOptions) };

  return async (
    url: URL,
    { method = 'GET', headers, body }: OutgoingInit,
    signal: AbortSignal,
  ): Promise<OutgoingResponse> => {
    const { client, agent } = url.protocol === 'https:' ? secure : plain;
    // Some servers send another format as deflate than DECODERS have, so nobody is asked for it.
    const options = { method, headers: { 'accept-encoding': 'gzip, br', ...headers }, agent, signal };
    return responseOf(await headOf(client, url, options, body), maxBytes, signal);
  };
}

/** Sends the request, and resolves when the head of the response has arrived. */
function headOf(
  client: Pick<typeof http, 'request'>,
  url: URL,
  options: RequestOptions & { signal: AbortSignal },
  body: string | Uint8Array | undefined,
): Promise<IncomingMessage> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const request = client.request(url, options);
    request.on('response', (message) => {
      if ((message.statusCode ?? 0) < LOWEST_STATUS) request.destroy();
      else resolve(message);
    });
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    // Node closes a connection that changes its protocol, and reports neither a response nor an error.
    request.on('close', () => reject(new Error('the connection was closed without a response')));
    request.end(body);
  });
}

function responseOf(message: IncomingMessage, maxBytes: number, signal: AbortSignal): OutgoingResponse {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  if (WITHOUT_BODY.has(status)) {
    message.resume();
    return { status, headers, body: null };
  }
  const bytes = bytesOf(message, maxBytes, signal);
  const decoder = DECODERS.get(headers.get('content-encoding')?.trim().toLowerCase() ?? '');
  const body = decoder === undefined ? bytes : decoded(bytes, decoder);
  const cancel = async () => void message.destroy();
  return { status, headers, body: { [Symbol.asyncIterator]: () => body, cancel } };
}

/** The decoded bytes. An empty body may be sent with an encoding, and is a valid text of none. */
async function* decoded(bytes: AsyncGenerator<Uint8Array>, createDecoder: () => Transform): AsyncGenerator<Uint8Array> {
  const first = await bytes.next();
  if (first.done === true) return;
  async function* all() {
    yield first.value;
    yield* bytes;
  }
  yield* pipeline(all(), createDecoder(), () => undefined);
}

async function* bytesOf(message: IncomingMessage, maxBytes: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of message) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new ResponseTooLargeError(`the response is larger than ${maxBytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
