/**
 * What becomes of requests whose host is allowed and whose name leads elsewhere, as JSON. A program of its own: Node's
 * fetch keeps the cause of a failure only where that is an error of its own realm, which jest's tests are not in.
 */
import { createServer } from 'node:http';
import { createLime } from '../../../shared/lime/client.ts';
import { readObject } from '../../../shared/lime/requests.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import type { Resolve } from '../../../shared/outgoing/addresses.ts';
import { createOutgoingFetch } from '../../../shared/outgoing/fetch.ts';

function causesOf(error: unknown): string[] {
  return error instanceof Error ? [`${error.name}: ${error.message}`, ...causesOf(error.cause)] : [];
}

function resolving(...answers: string[][]): Resolve {
  return (_name, _options, callback) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

let reached = 0;
const server = createServer().on('connection', (socket) => {
  reached += 1;
  socket.destroy();
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const address = server.address();
const port = typeof address === 'object' ? address?.port : 0;
const url = `https://rebound.example:${port}`;
const rules = { hosts: [`rebound.example:${port}`], allowAny: false };

const outcomes: string[][] = [];
for (const resolve of [
  resolving(['127.0.0.1']),
  resolving(['::ffff:127.0.0.1']),
  resolving(['8.8.8.8', '127.0.0.1']),
]) {
  const guarded = createOutgoingFetch({ ...rules, resolve });
  // The second request is resolved anew: no connection was kept.
  for (const _ of ['first', 'second']) outcomes.push(await guarded(url).then(() => [], causesOf));
}

async function secret() {
  return { url, apiKey: 'the-key' };
}
const lime = createLime({
  secret,
  refetchSecret: secret,
  rateLimiter: async () => undefined,
  fetch: createOutgoingFetch({ ...rules, resolve: resolving(['127.0.0.1']) }),
});
const failure = await lime(readObject('helpdesk', 1), Limeobject).catch((error: unknown) => error);
const { failure: kind = '', message = '' } = Object(failure);

server.close();
console.log(JSON.stringify({ outcomes, lime: { kind, message }, reached }));
