import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import {
  createObject,
  dispositionOf,
  REQUEST_TIMEOUT_MS,
  timeoutOf,
  uploadFile,
} from '../../../shared/lime/requests.ts';
import { UploadedFile } from '../../../shared/lime/wire.ts';
import { aLime, aServer, failureOf, type Reply } from '../../support/a-server.ts';
import { anyText } from '../../support/any-conversations.ts';

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
const upload = uploadFile({ name: 'chat 123.txt', contentType: 'text/plain; charset=utf-8', bytes });

describe('an upload', () => {
  it('is a POST with the bytes, their type and their name as Lime takes it', async () => {
    await using server = await aServer({ status: 201, json: { id: 1_001, filename: 'chat 123.txt' } });
    expect(await aLime(server.origin)(upload, UploadedFile)).toMatchObject({ id: 1_001 });
    expect(server.asked).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/file/',
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `;filename*="UTF-8''chat%20123.txt"`,
          'content-length': '256',
        },
      },
    ]);
  });

  it('is stored as it is by the sandbox, whatever the name', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const lime = aLime(sandbox.url, { secret: async () => ({ url: sandbox.url, apiKey: 'local-lime-key' }) });
    const names = ['ä 😀.png', `it's (1)*!.txt`, '100%;".pdf', '\ud800.txt'];
    const stored = [];
    for (const name of names) {
      const { id } = await lime(uploadFile({ name, contentType: 'image/png', bytes }), UploadedFile);
      const headers = { 'x-api-key': 'local-lime-key' };
      const contents = await fetch(`${sandbox.url}/api/v1/file/${id}/contents/`, { headers });
      expect(new Uint8Array(await contents.arrayBuffer())).toEqual(bytes);
      stored.push(await (await fetch(`${sandbox.url}/api/v1/file/${id}/`, { headers })).json());
    }
    await sandbox.close();
    expect(stored).toMatchObject(names.map((filename) => ({ filename: filename.toWellFormed(), size: 256 })));
  });

  it('has a name that no header could end at, whatever it is', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const encoded = /^;filename\*="UTF-8''([\w.%~-]*)"$/.exec(dispositionOf(name))?.[1] ?? 'not encoded';
        expect(decodeURIComponent(encoded)).toBe(name.toWellFormed());
      }),
    );
  });

  it.each<{ title: string; reply: Reply; failure: string }>([
    { title: 'a file that is too large', reply: { status: 413, json: { message: 'too large' } }, failure: 'refused' },
    { title: "a proxy's page that says the same", reply: { status: 413, text: '<html>' }, failure: 'refused' },
    { title: 'a reset', reply: (request) => request.socket.resetAndDestroy(), failure: 'unclear' },
    { title: 'a 503', reply: { status: 503, text: '' }, failure: 'unclear' },
    { title: 'too many requests', reply: { status: 429 }, failure: 'overloaded' },
    { title: 'an answer without an id', reply: { status: 201, json: {} }, failure: 'unclear' },
  ])('is $failure after $title', async ({ reply, failure }) => {
    await using server = await aServer(reply);
    const error = await failureOf(aLime(server.origin)(upload, UploadedFile));
    expect(error.failure).toBe(failure);
    expect(error.message).toMatch(/^POST \/api\/v1\/file\/(?!.*chat)/);
  });

  it('is sent again with a fresh key', async () => {
    await using server = await aServer({ status: 401, json: {} }, { status: 201, json: { id: 1 } });
    const refetchSecret = async () => ({ url: server.origin, apiKey: 'second-key' });
    expect(await aLime(server.origin, { refetchSecret })(upload, UploadedFile)).toMatchObject({ id: 1 });
    expect(server.asked.map(({ headers }) => headers['content-length'])).toEqual(['256', '256']);
  });

  it('may take longer the larger it is', () => {
    expect(timeoutOf(createObject('helpdesk', {}))).toBe(REQUEST_TIMEOUT_MS);
    const large = uploadFile({ name: 'x', contentType: 'image/png', bytes: new Uint8Array(25_000_000) });
    expect(timeoutOf(large)).toBe(REQUEST_TIMEOUT_MS + 10_000);
  });
});
