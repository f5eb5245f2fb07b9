import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import { UploadedFile } from '../../../shared/lime/wire.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { createFetchMedia } from '../../../shared/media/fetch-media.ts';
import { createTurns } from '../../../shared/media/turns.ts';
import { aMessage } from '../../support/conversations.ts';
import { createWorld } from '../../support/lime-world.ts';
import { aLime } from '../lime/a-server.ts';
import { anInstance, conversationOf, settingsOf } from '../mapping/builders.ts';
import { aFileServer, endless } from '../media/a-file-server.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const settings = settingsOf({
  instances: [
    anInstance({
      documents: { relation: 'helpdesk', identify: 'ul_messageid', media: { megabytes: 11 } },
      history: { relation: 'helpdesk' },
    }),
  ],
});

/** Bytes of each file. */
const size = 4 * 1024 * 1024;

describe('files of conversations', () => {
  it('are in memory one at a time, however many there are', async () => {
    await using server = await aFileServer({
      '/file': endless(size),
      // Takes an upload without keeping it.
      '/api/v1/file/': (request, response) => {
        let bytes = 0;
        request.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
        });
        request.on('end', () => response.writeHead(201).end(JSON.stringify({ id: bytes })));
      },
    });
    const world = createWorld([]);
    const upload = aLime(server.origin);
    const fetchMedia = createFetchMedia({ fetchFor: () => fetch, sleep: async () => undefined, allowLocal: true });
    const held: number[] = [];
    const ports: typeof world.ports = {
      ...world.ports,
      inTurn: createTurns(1),
      lime: (request, answer, sending) =>
        request.file === undefined
          ? world.ports.lime(request, answer, sending)
          : upload(request, UploadedFile, sending).then((file) => answer.parse(file)),
      fetchMedia: async (url, limits) => {
        // What the first finds is given back beside what runs meanwhile.
        for (let time = 0; time < 3; time += 1) {
          collectGarbage();
          await setImmediate();
        }
        held.push(process.memoryUsage().arrayBuffers);
        return fetchMedia(url, limits);
      },
    };
    const deliveries = [1, 2].map((id) => {
      const transcript = Array.from({ length: 10 }, (_, index) =>
        aMessage({ id: `${id}.1.${index}`, url: `${server.origin}/file` }),
      );
      const draft = toDraft(conversationOf({ id, transcript }), settings);
      const job = { organization: '1', conversation: String(id), callId: 'call', acceptedAt: '2024-02-22', draft };
      return deliver({ ...job, lastTry: false }, ports);
    });
    expect(await Promise.all(deliveries)).toMatchObject([{ outcome: 'created' }, { outcome: 'created' }]);

    expect(world.documents.map(({ document }) => document)).toEqual(Array.from({ length: 20 }, () => size));
    expect(held).toHaveLength(20);
    // The 20 of them would be 80 MiB.
    expect(Math.max(...held.slice(1)) - Math.min(...held.slice(1))).toBeLessThan(4 * size);
  }, 60_000);
});
