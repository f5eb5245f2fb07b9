import { describe, expect, it } from '@jest/globals';
import { aSandbox } from '../support/tools/a-sandbox.ts';

async function upload(url: string, disposition: string | undefined, content: string | Uint8Array<ArrayBuffer>) {
  return fetch(`${url}/api/v1/file/`, {
    method: 'POST',
    headers: {
      'x-api-key': 'local-lime-key',
      'content-type': 'text/plain',
      ...(disposition === undefined ? {} : { 'content-disposition': disposition }),
    },
    body: content,
  });
}

describe('a file', () => {
  it.each([
    { disposition: `;filename*="UTF-8''chat%20%C3%BC.txt"`, filename: 'chat ü.txt', extension: 'txt' },
    { disposition: `attachment; filename*=UTF-8''chat%20123.tar.gz`, filename: 'chat 123.tar.gz', extension: 'gz' },
    { disposition: 'attachment; filename="plain.txt"', filename: 'plain.txt', extension: 'txt' },
    { disposition: 'attachment; filename=README', filename: 'README', extension: '' },
  ])('is named by $disposition', async ({ disposition, filename, extension }) => {
    await using lime = await aSandbox({ now: () => Date.UTC(2024, 0, 1) });
    const answer = await upload(lime.sandbox.url, disposition, 'grüß');
    expect(answer.status).toBe(201);
    const self = `${lime.sandbox.url}/api/v1/file/1001/`;
    const metadata = {
      id: 1001,
      filename,
      extension,
      size: 6,
      content_type: 'text/plain',
      created_by: 3701,
      locked_by: null,
      last_modified: '2024-01-01T01:00:00.000000+01:00',
      _links: { self: { href: self }, contents: { href: `${self}contents/` } },
    };
    expect(await answer.json()).toEqual(metadata);
    expect((await lime.call('GET', '/api/v1/file/1001/')).body).toEqual(metadata);
    const contents = await lime.call('GET', '/api/v1/file/1001/contents/');
    expect(contents.text).toBe('grüß');
    expect(contents.headers.get('content-disposition')).toContain(encodeURIComponent(filename));
  });

  it.each([undefined, 'attachment', `;filename*="UTF-8''%E0%A4%A"`])(
    'without a name (%s) is refused',
    async (disposition) => {
      await using lime = await aSandbox();
      expect((await upload(lime.sandbox.url, disposition, 'x')).status).toBe(400);
    },
  );

  it('that is too large is refused with 413', async () => {
    await using lime = await aSandbox({ settings: { maxFileBytes: 10 } });
    expect((await upload(lime.sandbox.url, ';filename="x.txt"', 'x'.repeat(10))).status).toBe(201);
    expect((await upload(lime.sandbox.url, ';filename="x.txt"', 'x'.repeat(11))).status).toBe(413);
    expect((await lime.call('GET', '/api/v1/file/1002/')).status).toBe(404);
  });

  it('hangs on a document and is embedded there', async () => {
    await using lime = await aSandbox();
    await upload(lime.sandbox.url, ';filename="chat.txt"', 'x');
    const body = { type: 'other', comment: 'Chat 123', document: 1001, helpdesk: 1001 };
    expect((await lime.call('POST', '/api/v1/limeobject/document/', body)).status).toBe(201);
    expect((await lime.call('GET', '/api/v1/limeobject/document/1001/?_embed=document')).body).toMatchObject({
      document: 1001,
      _embedded: { relation_document: { id: 1001, filename: 'chat.txt' } },
    });
  });
});
