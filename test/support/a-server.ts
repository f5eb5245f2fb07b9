import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { LimeSecret } from '../../shared/credentials.ts';
import { LimeError } from '../../shared/errors.ts';
import { type Bounds, createLime } from '../../shared/lime/client.ts';
import type { Lime } from '../../shared/lime/lime.ts';

export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

/** What the server does with a request: an answer, or anything that can be done to a connection. */
export type Reply =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export type Server = AsyncDisposable & { origin: string; asked: Asked[] };

const Port = z.object({ port: z.number() });

/** A server that answers with one reply after the other; the last one is for all that follow. */
export async function aServer(...replies: Reply[]): Promise<Server> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    const reply = replies[Math.min(asked.length, replies.length) - 1] ?? {};
    if (typeof reply === 'function') return reply(request, response);
    const { status = 200, json, text = JSON.stringify(json ?? {}), headers = {} } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${Port.parse(server.address()).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Where nobody listens. */
export async function aClosedPort(): Promise<string> {
  await using server = await aServer();
  return server.origin;
}

type LimeOptions = Parameters<typeof createLime>[0];

export function aLime(url: string, overrides: Partial<LimeOptions> = {}, bounds: Bounds = {}): Lime {
  const secret = async (): Promise<LimeSecret> => ({ url, apiKey: 'first-key' });
  return createLime({ secret, refetchSecret: secret, rateLimiter: async () => undefined, ...overrides }, bounds);
}

/** The LimeError that a request ends in. */
export async function failureOf(asking: Promise<unknown>): Promise<LimeError> {
  const outcome = await asking.catch((error: unknown) => error);
  if (!(outcome instanceof LimeError)) throw new Error('expected a LimeError', { cause: outcome });
  return outcome;
}
