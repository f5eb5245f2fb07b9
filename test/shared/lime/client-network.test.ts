import { describe, expect, it } from '@jest/globals';
import { createObject, readObject, updateObject } from '../../../shared/lime/requests.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import { aClosedPort, aLime, aServer, failureOf, type Reply } from '../../support/a-server.ts';

const create = createObject('helpdesk', { title: 'x' });
const update = updateObject('helpdesk', 1500, { title: 'x' });
const read = readObject('helpdesk', 1500);

async function failuresAt(url: string, overrides = {}) {
  const lime = aLime(url, overrides);
  const failures = [];
  for (const request of [create, update, read]) failures.push(await failureOf(lime(request, Limeobject)));
  return failures;
}

/** Enough time for a local answer that comes at all. */
const impatient: typeof fetch = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(500) });

describe('a request without an answer', () => {
  it('nothing has happened where nobody listened', async () => {
    const failures = await failuresAt(await aClosedPort());
    expect(failures.map(({ failure }) => failure)).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(failures[0]?.message).toBe('POST /api/v1/limeobject/helpdesk/ got no answer (ECONNREFUSED)');
    expect(failures[0]?.cause).toBeDefined();
    expect(failures[0]?.status).toBeUndefined();
  });

  it('nothing has happened where the host has no address', async () => {
    const [failure] = await failuresAt('http://lime.invalid');
    expect(failure?.failure).toBe('unavailable');
  });

  it.each<{ title: string; reply: Reply }>([
    { title: 'the connection breaks behind the request', reply: (request) => request.socket.destroy() },
    { title: 'the connection is reset', reply: (request) => request.socket.resetAndDestroy() },
    {
      title: 'the answer breaks off in the middle',
      reply: (request, response) => {
        response.writeHead(201, { 'content-length': '100' }).write('{"_id":');
        setImmediate(() => request.socket.destroy());
      },
    },
    { title: 'the answer is not HTTP', reply: (request) => request.socket.end('SSH-2.0\r\n\r\n') },
    {
      title: 'the answer is too large',
      reply: (_request, response) => response.writeHead(201).end(`{"_id":1,"x":"${'x'.repeat(21 * 1024 * 1024)}"}`),
    },
  ])('a write is unclear where $title', async ({ reply }) => {
    await using server = await aServer(reply);
    const failures = await failuresAt(server.origin);
    expect(failures.map(({ failure }) => failure)).toEqual(['unclear', 'unclear', 'unavailable']);
    for (const { message } of failures)
      expect(message).toMatch(/^(POST|PUT|GET) \/api\/v1\/limeobject\/helpdesk\/(1500\/)? got no answer/);
  });

  it.each<{ title: string; reply: Reply }>([
    { title: 'an answer', reply: () => undefined },
    { title: "an answer's end", reply: (_request, response) => void response.writeHead(201).write('{') },
  ])('a write is unclear where the wait for $title ends', async ({ reply }) => {
    await using server = await aServer(reply);
    const failures = await failuresAt(server.origin, { fetch: impatient });
    expect(failures.map(({ failure }) => failure)).toEqual(['unclear', 'unclear', 'unavailable']);
    expect(failures[0]?.message).toBe('POST /api/v1/limeobject/helpdesk/ timed out');
  });

  it('every request has an end', async () => {
    await using server = await aServer({ json: { _id: 1 } });
    const signals: unknown[] = [];
    const watching: typeof fetch = (url, init) => {
      signals.push(init?.signal);
      return fetch(url, init);
    };
    await aLime(server.origin, { fetch: watching })(read, Limeobject);
    expect(signals).toEqual([expect.objectContaining({ aborted: false })]);
  });
});
