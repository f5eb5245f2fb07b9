import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { createObject, readObject } from '../../../shared/lime/requests.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import { createOutgoingFetch } from '../../../shared/outgoing/fetch.ts';
import { readAtMost } from '../../../shared/outgoing/read.ts';
import type { OutgoingInit } from '../../../shared/outgoing/send.ts';
import { aRawServer } from '../../support/a-raw-server.ts';
import { aLime, failureOf } from '../../support/a-server.ts';

const outgoing = createOutgoingFetch({ hosts: [], allowAny: true });
const head = 'HTTP/1.1 200 OK\r\n';
const chunked = `${head}transfer-encoding: chunked\r\n\r\n`;
const json = `${head}content-length: 9\r\n\r\n{"_id":7}`;

async function textOf(origin: string, init?: OutgoingInit): Promise<string> {
  return (await readAtMost(await outgoing(origin, init), 1_000_000)).toString();
}

const writes =
  (...parts: (string | Uint8Array)[]) =>
  (socket: Socket) => {
    for (const part of parts) socket.write(part);
  };

const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';

const UNUSABLE = [
  { title: 'that changes the protocol', reply: writes(upgrade) },
  { title: 'of status 101 without another protocol', reply: writes('HTTP/1.1 101 Switching Protocols\r\n\r\n') },
  { title: 'of a status that there is not', reply: writes('HTTP/1.1 000 Odd\r\ncontent-length: 2\r\n\r\n{}') },
  { title: 'that is not HTTP', reply: writes('SSH-2.0-OpenSSH\r\n') },
  { title: 'with headers that do not end', reply: writes(`${head}x: ${'x'.repeat(100_000)}`) },
  { title: 'with a header of control characters', reply: writes(`${head}x: a\u0001b\r\ncontent-length: 0\r\n\r\n`) },
  { title: 'with a header over two lines', reply: writes(`${head}x: a\r\n b\r\ncontent-length: 0\r\n\r\n`) },
  { title: 'of two lengths', reply: writes(`${head}content-length: 9\r\ncontent-length: 8\r\n\r\n{"_id":7}`) },
  { title: 'with a chunk of no length', reply: writes(`${chunked}zz\r\n{}\r\n`) },
  { title: 'whose second chunk has no length', reply: writes(`${chunked}2\r\n{}\r\n`, 'zz\r\n') },
  {
    title: 'that is not what gzip makes',
    reply: writes(`${head}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`),
  },
  {
    title: 'whose gzip is cut off',
    reply: writes(`${head}content-encoding: gzip\r\ncontent-length: 20\r\n\r\n`, gzipSync('{"_id":7}').subarray(0, 20)),
  },
  {
    title: 'whose connection ends in its chunks',
    reply: (socket: Socket) => void socket.end(`${chunked}2\r\n{}\r\n`),
  },
  { title: 'of nothing', reply: (socket: Socket) => void socket.end() },
  { title: 'that is a reset', reply: (socket: Socket) => void socket.resetAndDestroy() },
];

describe('a response', () => {
  it.each(UNUSABLE)('$title is none, and a write is unclear', async ({ reply }) => {
    await using server = await aRawServer(reply);
    const lime = aLime(server.origin, { fetch: outgoing });

    expect((await failureOf(lime(readObject('helpdesk', 1), Limeobject))).failure).toBe('unavailable');
    const { failure, status } = await failureOf(lime(createObject('helpdesk', {}), Limeobject));
    expect([failure, status]).toEqual(['unclear', undefined]);
    expect(server.received.filter((text) => text.startsWith('POST'))).toHaveLength(1);
  });

  it('comes after others that only announce it', async () => {
    const announced = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n';
    await using server = await aRawServer(writes(announced, json));

    expect(await textOf(server.origin)).toBe('{"_id":7}');
  });

  it.each(['gzip', 'br', 'deflate'])('without content is empty where its encoding is %s', async (coding) => {
    await using server = await aRawServer(writes(`${head}content-encoding: ${coding}\r\ncontent-length: 0\r\n\r\n`));

    expect(await textOf(server.origin)).toBe('');
  });

  it('is decoded from parts of one byte', async () => {
    const bytes = brotliCompressSync('{"_id":7}');
    const parts = [...bytes].flatMap((byte) => ['1\r\n', Uint8Array.of(byte), '\r\n']);
    await using server = await aRawServer(
      writes(`${head}content-encoding: br\r\ntransfer-encoding: chunked\r\n\r\n`, ...parts, '0\r\n\r\n'),
    );

    expect(await textOf(server.origin)).toBe('{"_id":7}');
  });

  it('may have any bytes in its headers that HTTP allows', async () => {
    const name = Buffer.from('content-disposition: attachment; filename="\u00e9\u00ff.txt"\r\n', 'latin1');
    await using server = await aRawServer(writes(head, name, 'content-length: 0\r\n\r\n'));

    expect((await outgoing(server.origin)).headers.get('content-disposition')).toBe(
      'attachment; filename="\u00e9\u00ff.txt"',
    );
  });

  it('fails with the reason of the signal while its gzip is on its way', async () => {
    const begun = gzipSync('x'.repeat(1_000)).subarray(0, 15);
    await using server = await aRawServer(
      writes(`${head}content-encoding: gzip\r\ncontent-length: 100\r\n\r\n`, begun),
    );

    await expect(textOf(server.origin, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

describe('a connection', () => {
  it('ends with the reader of a gzip that is given up', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await aRawServer((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(`${head}content-encoding: gzip\r\n\r\n`);
      socket.write(gzipSync(randomBytes(100_000)));
    });

    const reader = (await outgoing(server.origin)).body?.[Symbol.asyncIterator]();
    expect((await reader?.next())?.done).toBe(false);
    await reader?.return?.();

    await expect(closed.promise).resolves.toBeUndefined();
  });

  it('that is reset when it is used again is not replaced by another one for a write', async () => {
    let requests = 0;
    await using server = await aRawServer((socket) => {
      requests += 1;
      if (requests === 1) socket.write(json);
      else socket.resetAndDestroy();
    });
    const lime = aLime(server.origin, { fetch: outgoing });
    await lime(readObject('helpdesk', 7), Limeobject);

    const { failure } = await failureOf(lime(createObject('helpdesk', {}), Limeobject));

    expect([failure, requests, server.connections()]).toEqual(['unclear', 2, 1]);
  });
});

describe('a request', () => {
  it('does not leave where its signal has ended', async () => {
    await using server = await aRawServer(writes(json));

    await expect(textOf(server.origin, { signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
    expect(server.received).toEqual([]);
  });

  it('has the length of its text in bytes', async () => {
    await using server = await aRawServer(writes(json));

    await textOf(server.origin, { method: 'POST', body: '"ä€😀"' });

    expect(server.received.join('').toLowerCase()).toContain('content-length: 11\r\n');
  });

  it('without a body has the length 0', async () => {
    await using server = await aRawServer(writes(json));

    await textOf(server.origin, { method: 'POST' });

    expect(server.received.join('').toLowerCase()).toContain('content-length: 0\r\n');
  });
});
