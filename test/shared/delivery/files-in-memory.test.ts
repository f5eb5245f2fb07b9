import { describe, expect, it } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import { UploadedFile } from '../../../shared/lime/wire.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { createFetchMedia } from '../../../shared/media/fetch-media.ts';
import { createConcurrencyLimit } from '../../../shared/media/limit-concurrency.ts';
import { aLime } from '../../support/a-server.ts';
import { aMessage } from '../../support/conversations.ts';
import { createWorld, limeOver } from '../../support/lime-world.ts';
import { anInstance, conversationOf, settingsOf } from '../../support/mapping/builders.ts';
import { aFileServer, endless } from '../../support/media/file-server.ts';

const settings = settingsOf({
  instances: [
    anInstance({
      documents: { relation: 'helpdesk', identify: 'ul_messageid', media: {} },
      history: { relation: 'helpdesk' },
    }),
  ],
});

/** Bytes of each file. */
const size = 1024 * 1024;

describe('files of conversations that are delivered side by side', () => {
  it('are fetched only when another one has been uploaded', async () => {
    let inMemory = 0;
    let most = 0;
    await using server = await aFileServer({
      '/file': endless(size),
      // Takes an upload without keeping it.
      '/api/v1/file/': (request, response) => {
        let bytes = 0;
        request.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
        });
        request.on('end', () => {
          inMemory -= 1;
          response.writeHead(201).end(JSON.stringify({ id: bytes }));
        });
      },
    });
    const world = createWorld([]);
    const upload = aLime(server.origin);
    const fetchMedia = createFetchMedia({ fetchFor: () => fetch, sleep: async () => undefined, allowLocal: true });
    const deps: typeof world.deps = {
      ...world.deps,
      limitConcurrency: createConcurrencyLimit(2),
      limeFor: limeOver((request, schema) =>
        request.file === undefined
          ? world.lime(request, schema)
          : upload(request, UploadedFile).then((file) => schema.parse(file)),
      ),
      fetchMedia: async (url, limits, name) => {
        inMemory += 1;
        most = Math.max(most, inMemory);
        return fetchMedia(url, limits, name);
      },
    };
    const deliveries = [1, 2, 3, 4].map((id) => {
      const transcript = Array.from({ length: 5 }, (_, index) =>
        aMessage({ id: `${id}.1.${index}`, url: `${server.origin}/file` }),
      );
      const draft = toDraft(conversationOf({ id, transcript }), settings);
      const job = { organization: '1', conversation: String(id), callId: 'call', acceptedAt: '2024-02-22', draft };
      return deliver({ ...job, lastTry: false }, deps);
    });
    await Promise.all(deliveries);

    expect(world.documents.map(({ document }) => document)).toEqual(Array.from({ length: 20 }, () => size));
    expect(most).toBe(2);
  });
});
