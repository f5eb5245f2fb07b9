import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BlockedUrlError } from '../../../shared/errors.ts';
import { readObject } from '../../../shared/lime/requests.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import type { Resolve } from '../../../shared/outgoing/addresses.ts';
import { createOutgoingFetch, type OutgoingFetch } from '../../../shared/outgoing/fetch.ts';
import { readAtMost } from '../../../shared/outgoing/read.ts';
import type { OutgoingResponse } from '../../../shared/outgoing/send.ts';
import { aLime, aServer, failureOf } from '../../support/a-server.ts';

const CODINGS = [
  { coding: 'gzip', encode: gzipSync },
  { coding: 'X-Gzip', encode: gzipSync },
  { coding: 'deflate', encode: deflateSync },
  { coding: 'br', encode: brotliCompressSync },
];

const hosts = ['lime-crm.com'];
const open = createOutgoingFetch({ hosts, allowAny: true });

async function textOf(response: Promise<OutgoingResponse>): Promise<string> {
  return (await readAtMost(await response, 1_000_000)).toString();
}

const atTheSocket: unknown = JSON.parse(
  execFileSync(process.execPath, [fileURLToPath(new URL('at-the-socket.ts', import.meta.url))], { encoding: 'utf8' }),
);

describe('an outgoing request', () => {
  it.each([
    { title: 'a text', input: 'https://example.org' },
    { title: 'a URL', input: new URL('https://example.org') },
  ])('is refused before its name is resolved where $title breaks a rule', async ({ input }) => {
    const asked: string[] = [];
    const resolve: Resolve = (name) => void asked.push(name);

    await expect(createOutgoingFetch({ hosts, allowAny: false, resolve })(input)).rejects.toThrow(BlockedUrlError);
    expect(asked).toEqual([]);
  });

  it('is refused at its socket where an allowed name leads to an address that is not public', () => {
    const refused = ['BlockedUrlError: its host has an address that is not of the public internet'];

    expect(atTheSocket).toEqual({
      outcomes: Array.from({ length: 6 }, () => refused),
      lime: {
        kind: 'denied',
        message: 'the Lime URL is refused: its host has an address that is not of the public internet',
      },
      reached: 0,
    });
  });

  it('goes out where the rules allow it, by the lookup that checks addresses', async () => {
    const asked: string[] = [];
    const resolve: Resolve = (name, _options, callback) => {
      asked.push(name);
      callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
    };
    const guarded = createOutgoingFetch({ hosts, allowAny: false, resolve });

    await expect(guarded('https://acme.lime-crm.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(asked).toEqual(['acme.lime-crm.com']);
  });

  it('goes anywhere with the switch of the local run', async () => {
    await using server = await aServer({ json: { _id: 7 } });

    expect(JSON.parse(await textOf(open(server.origin)))).toEqual({ _id: 7 });
  });

  it('does not follow a redirect, whatever its caller wants', async () => {
    await using elsewhere = await aServer();
    await using server = await aServer({ status: 307, headers: { location: elsewhere.origin } });

    const response = await open(server.origin, { redirect: 'manual' });
    expect([response.status, elsewhere.asked]).toEqual([307, []]);
  });

  it('ends when its time is over, and when its caller ends it', async () => {
    await using server = await aServer(() => undefined);
    const impatient = createOutgoingFetch({ hosts, allowAny: true, timeoutMs: 20 });

    await expect(impatient(server.origin)).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(open(server.origin, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('gives up an answer that is too large', async () => {
    await using server = await aServer({ text: 'x'.repeat(100_000) });
    const small = createOutgoingFetch({ hosts, allowAny: true, maxBytes: 50_000 });

    await expect(textOf(small(server.origin))).rejects.toMatchObject({
      name: 'ResponseTooLargeError',
    });
  });
});

describe('a connection', () => {
  it('is kept for the next request', async () => {
    const ports = new Set<number | undefined>();
    await using server = await aServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });

    for (const _ of ['first', 'second', 'third']) await textOf(open(server.origin));

    expect(ports.size).toBe(1);
  });

  it('ends with the reader of a response that is given up', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await aServer((request, response) => {
      request.socket.on('close', () => closed.resolve());
      response.write('the first part of many');
    });

    const { body } = await open(server.origin);
    await body?.cancel();

    await expect(closed.promise).resolves.toBeUndefined();
  });

  it('fails with the reason of the signal while the body is on its way', async () => {
    await using server = await aServer((_request, response) => void response.write('the first part of many'));

    await expect(textOf(open(server.origin, { signal: AbortSignal.timeout(50) }))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

describe('a response', () => {
  it.each([600, 999])('may have a status that is none of HTTP: %s', async (status) => {
    await using server = await aServer({ status });

    expect((await open(server.origin)).status).toBe(status);
  });

  it.each([204, 205, 304])('with status %s has no body', async (status) => {
    await using server = await aServer({ status, text: '' });

    expect((await open(server.origin)).body).toBeNull();
  });

  it.each(CODINGS)('is decoded from $coding', async ({ coding, encode }) => {
    await using server = await aServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(encode('{"_id":7}')),
    );

    expect(await textOf(open(server.origin))).toBe('{"_id":7}');
  });

  const bomb = gzipSync(Buffer.alloc(1_000_000));

  it('is limited by what it decodes to', async () => {
    await using server = await aServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );

    await expect(open(server.origin).then((response) => readAtMost(response, 999_999))).rejects.toMatchObject({
      name: 'ResponseTooLargeError',
      message: 'the answer is larger than 999999 bytes',
    });
    expect(await readAtMost(await open(server.origin), 1_000_000)).toHaveLength(1_000_000);
  });

  it('without a body is empty', async () => {
    expect(await readAtMost(new Response(null, { status: 204 }), 0)).toHaveLength(0);
  });
});

describe('a Lime URL that is refused', () => {
  it('needs a human: denied, with the rule and without the key', async () => {
    const answers: unknown[] = [];
    const lime = aLime('http://acme.lime-crm.com/acme', {
      fetch: createOutgoingFetch({ hosts, allowAny: false }),
      onResponse: (status) => answers.push(status),
    });

    const error = await failureOf(lime(readObject('helpdesk', 1), Limeobject));
    expect(error.failure).toBe('denied');
    expect(error.message).toBe('the Lime URL is refused: it is not https');
    expect(answers).toEqual([]);
  });

  it('is asked again at once where the secret has been corrected', async () => {
    await using server = await aServer({ json: { _id: 1 } });
    const guarded = createOutgoingFetch({ hosts, allowAny: false });
    const fetchAsStored: OutgoingFetch = (input, init) =>
      String(input).startsWith(server.origin) ? open(input, init) : guarded(input, init);
    const lime = aLime('http://acme.lime-crm.com', {
      fetch: fetchAsStored,
      refetchSecret: async () => ({ url: server.origin, apiKey: 'first-key' }),
    });

    expect(await lime(readObject('helpdesk', 1), Limeobject)).toMatchObject({ _id: 1 });
  });
});
