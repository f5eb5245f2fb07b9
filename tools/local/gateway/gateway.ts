import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { LARGEST_EVENT_BYTES } from '../lambda/batch.ts';
import type { Pool } from '../lambda/pool.ts';
import { listen, onPort } from '../listen.ts';
import type { Log } from '../log.ts';
import { eventOf } from './event.ts';
import { answerOf, type HttpAnswer, plainAnswer } from './response.ts';
import { matchRoute, type Route } from './routes.ts';
import type { Throttle } from './throttle.ts';

/** What a route calls, its timeout, and its throttling. */
export type Integration = { invoke: Pool['invoke']; timeoutMs: number; throttle: Throttle };

export type HttpApi = { routes: Route<Integration>[] };

export type Gateway = {
  url: string;
  /** Sets the routes. Calls wait until then. */
  serve: (api: HttpApi) => void;
  close: () => Promise<void>;
};

/** The limit of HTTP APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** How long the rest of a refused body is read and dropped, so that its sender can read the response. */
const DRAIN_MS = 5_000;

/** An HTTP API in front of the functions. */
export async function startGateway(port: number, log: Log, now: () => Date = () => new Date()): Promise<Gateway> {
  const server = createServer();
  const { url, close } = await onPort('PORT', port, () => listen(server, port));
  const domain = new URL(url).host;
  const api = Promise.withResolvers<HttpApi>();

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const { routes } = await api.promise;
    const match = matchRoute(routes, request.method ?? 'GET', (request.url ?? '/').split('?')[0] ?? '/');
    if (match === undefined) return plainAnswer(404, 'Not Found');
    if (!match.route.target.throttle()) return plainAnswer(429, 'Too Many Requests', { 'retry-after': '1' });
    const body = await readBody(request);
    const event =
      body &&
      eventOf({ request, body, routeKey: match.route.key, pathParameters: match.pathParameters, domain, at: now() });
    if (event === undefined || Buffer.byteLength(JSON.stringify(event)) > LARGEST_EVENT_BYTES) {
      return plainAnswer(413, 'Request Entity Too Large');
    }
    return integrate(match.route.target, event);
  };

  const refuse = (error: unknown): HttpAnswer => {
    if (error instanceof URIError) return plainAnswer(400, 'Bad Request');
    log('ERROR', 'the gateway failed', { error: String(error) });
    return plainAnswer(500, 'Internal Server Error');
  };

  server.on('request', (request, response) => {
    // An aborted call needs no response.
    request.on('error', () => {});
    response.on('error', () => {});
    answer(request)
      .catch((error: unknown) => (request.errored ? undefined : refuse(error)))
      .then((answered) => answered && send(request, response, answered));
  });

  return { url, serve: api.resolve, close };
}

async function integrate({ invoke, timeoutMs }: Integration, event: unknown): Promise<HttpAnswer> {
  const timer = new AbortController();
  const timedOut = sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
  const outcome = await Promise.race([invoke(event), timedOut]);
  timer.abort();
  if (outcome === undefined) return plainAnswer(503, 'Service Unavailable');
  return outcome.type === 'error' ? plainAnswer(500, 'Internal Server Error') : answerOf(outcome.payload);
}

/** The body of a request. Undefined as soon as it is too large, with the rest unread. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY_BYTES) return Promise.resolve(undefined);
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LARGEST_BODY_BYTES) {
        request.removeAllListeners('data').pause();
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  try {
    response.writeHead(status, { ...headers, 'content-length': body.length });
  } catch {
    // The function has returned a header that HTTP does not allow.
    send(request, response, plainAnswer(500, 'Internal Server Error'));
    return;
  }
  response.end(request.method === 'HEAD' ? undefined : body);
  if (request.complete) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAIN_MS).unref();
  request.once('end', () => clearTimeout(timer));
}
