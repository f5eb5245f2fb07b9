import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Gateway, type Integration, startGateway } from '../../../tools/local/gateway/gateway.ts';
import { parseRouteKey, type Route } from '../../../tools/local/gateway/routes.ts';
import type { Outcome } from '../../../tools/local/lambda/protocol.ts';

/** The time of every call. */
export const NOW = new Date('2026-03-12T19:03:58.123Z');

export function result(value: unknown): Outcome {
  return { type: 'result', payload: JSON.stringify(value) };
}

export function routeTo(key: string, target: Integration): Route<Integration> {
  const route = parseRouteKey(key, target);
  if (route === undefined) throw new Error(`${key} is no route key`);
  return route;
}

export type AGateway = {
  url: string;
  /** What the function was called with. */
  events: unknown[];
  /** Messages that the gateway logged. */
  logged: string[];
  invoke: Integration['invoke'];
  /** What the function answers from now on. */
  answer: (outcome: Outcome) => void;
  post: (path: string, body?: string | Buffer<ArrayBuffer>, headers?: Record<string, string>) => Promise<Response>;
  /** Sends exactly these bytes and returns all that comes back. */
  raw: (bytes: string) => Promise<string>;
  close: Gateway['close'];
};

/** A gateway with the routes of the project in front of a function that answers `ok`. */
export async function aGateway(): Promise<AGateway> {
  const events: unknown[] = [];
  const logged: string[] = [];
  let outcome = result({ statusCode: 200, body: 'ok' });
  const invoke: Integration['invoke'] = async (event) => {
    events.push(event);
    return outcome;
  };
  const { url, serve, close } = await startGateway(
    0,
    (_, message) => logged.push(message),
    () => NOW,
  );
  const target = { invoke, timeoutMs: 30_000, throttle: () => true };
  serve({
    routes: [routeTo('POST /{proxy+}', target), routeTo('GET /{organization}/conversations/{id}', target)],
  });
  return {
    url,
    events,
    logged,
    invoke,
    answer: (next) => {
      outcome = next;
    },
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) }),
    raw: async (bytes) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.end(bytes);
      return text(socket);
    },
    close,
  };
}
