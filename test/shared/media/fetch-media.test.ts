import { describe, expect, it } from '@jest/globals';
import { Documents, type Media } from '../../../shared/mapping/settings/documents.ts';
import { createFetchMedia, type Fetched } from '../../../shared/media/fetch-media.ts';
import { aPng } from '../../support/media/contents.ts';
import {
  aFileServer,
  endless,
  file,
  inTurns,
  never,
  redirectTo,
  reset,
  type Serving,
  status,
} from '../../support/media/file-server.ts';

function limitsWith(media: Record<string, unknown> = {}): Media {
  const limits = Documents.parse({ relation: 'helpdesk', identify: 'comment', media }).media;
  if (limits === undefined) throw new Error('no limits');
  return limits;
}

const fetchMedia = createFetchMedia({ fetchFor: () => fetch, sleep: async () => undefined, allowLocal: true });

async function fetched(paths: Record<string, Serving>, media = {}): Promise<{ result: Fetched; asked: string[] }> {
  await using server = await aFileServer(paths);
  const result = await fetchMedia(`${server.origin}/file`, limitsWith(media), 'File');
  return { result, asked: server.asked };
}

describe('a file', () => {
  it('comes with its bytes, its type and its name', async () => {
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'inline; filename="a b.txt"',
    };
    const { result, asked } = await fetched({ '/file': file('Hello', headers) });
    expect(result).toEqual({
      ok: true,
      bytes: Buffer.from('Hello'),
      contentType: 'text/plain; charset=utf-8',
      name: 'a b.txt',
    });
    expect(asked).toEqual(['/file']);
  });

  it('comes over three redirects', async () => {
    const { result } = await fetched({
      '/file': redirectTo('/1'),
      '/1': redirectTo('2'),
      '/2': redirectTo('/3'),
      '/3': file(aPng),
    });
    expect(result.ok).toBe(true);
  });

  it.each<{ title: string; first: Serving }>([
    { title: 'a connection that was reset', first: reset },
    { title: 'a 500', first: status(500) },
    { title: 'a 503', first: status(503) },
    { title: 'a 429', first: status(429) },
  ])('is asked for once more after $title', async ({ first }) => {
    const { result, asked } = await fetched({ '/file': inTurns(first, file(aPng)) });
    expect(result.ok).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('may be as large as the limit', async () => {
    expect((await fetched({ '/file': file(Buffer.concat([aPng], 1_000_000)) }, { megabytes: 1 })).result.ok).toBe(true);
  });

  it.each<{ reason: string; title: string; serving: Serving; media?: Record<string, unknown>; requests?: number }>([
    { reason: 'notFound', title: 'a 404', serving: status(404) },
    { reason: 'notFound', title: 'a 403', serving: status(403) },
    { reason: 'notFound', title: 'a redirect to nowhere', serving: status(302) },
    { reason: 'notFound', title: 'an empty file', serving: file('') },
    { reason: 'notFound', title: 'redirects without an end', serving: redirectTo('/file'), requests: 4 },
    { reason: 'noAnswer', title: 'a 500 again and again', serving: status(500), requests: 2 },
    { reason: 'noAnswer', title: 'connections that are reset', serving: reset, requests: 2 },
    { reason: 'noAnswer', title: 'an answer without an end', serving: never, media: { seconds: 0.2 } },
    { reason: 'noAnswer', title: 'no answer at all', serving: () => undefined, media: { seconds: 0.2 } },
    {
      reason: 'noAnswer',
      title: 'less than was announced',
      serving: (request, response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100' }).write('x');
        setImmediate(() => request.socket.destroy());
      },
      requests: 2,
    },
    { reason: 'tooLarge', title: 'a large file', serving: file(Buffer.alloc(2_000_000)), media: { megabytes: 1 } },
    {
      reason: 'tooLarge',
      title: 'a large file that does not say so',
      serving: endless(50_000_000),
      media: { megabytes: 1 },
    },
    { reason: 'wrongType', title: 'a page', serving: file('<p>log in</p>', { 'content-type': 'text/html' }) },
    { reason: 'wrongType', title: 'an SVG', serving: file('<svg/>', { 'content-type': 'image/svg+xml' }) },
    {
      reason: 'wrongType',
      title: 'a page by its name',
      serving: file(aPng, { 'content-type': 'image/png', 'content-disposition': 'inline; filename="invoice.html"' }),
    },
    { reason: 'mismatch', title: 'a page by its content', serving: file('<script>alert(1)</script>') },
    { reason: 'wrongType', title: 'no type', serving: (_, response) => response.writeHead(200).end('x') },
    { reason: 'hostNotAllowed', title: 'a redirect to another host', serving: redirectTo('https://example.net/x') },
    {
      reason: 'hostNotAllowed',
      title: 'a redirect to a name of this machine',
      serving: redirectTo('http://localhost/'),
    },
    {
      reason: 'hostNotAllowed',
      title: 'a redirect to the metadata of a cloud',
      serving: redirectTo('http://169.254.169.254/'),
    },
    { reason: 'hostNotAllowed', title: 'a redirect without TLS', serving: redirectTo('http://userlike.com/x') },
    { reason: 'hostNotAllowed', title: 'a redirect to no URL', serving: redirectTo('http://[') },
  ])('is $reason where there is $title', async ({ reason, serving, media, requests = 1 }) => {
    const { result, asked } = await fetched({ '/file': serving }, media);
    expect(result).toEqual({ ok: false, reason });
    expect(asked).toHaveLength(requests);
  });

  it.each(['', 'no URL', 'file:///etc/passwd', 'http://userlike.com/x', 'https://example.org/x'])(
    'is hostNotAllowed, and nothing is asked, at "%s"',
    async (url) => {
      const fetchMedia = createFetchMedia({
        fetchFor: () => () => Promise.reject(new Error('asked')),
        sleep: async () => undefined,
      });
      expect(await fetchMedia(url, limitsWith(), 'File')).toEqual({ ok: false, reason: 'hostNotAllowed' });
    },
  );

  it('is not fetched from this machine unless that is allowed', async () => {
    await using server = await aFileServer({ '/file': file(aPng) });
    const fetchMedia = createFetchMedia({ fetchFor: () => fetch, sleep: async () => undefined });
    expect(await fetchMedia(`${server.origin}/file`, limitsWith(), 'File')).toEqual({
      ok: false,
      reason: 'hostNotAllowed',
    });
    expect(server.asked).toEqual([]);
  });

  it('is hostNotAllowed where the socket says so', async () => {
    const refusal = new TypeError('fetch failed', { cause: Object.assign(new Error(), { name: 'BlockedUrlError' }) });
    const fetchMedia = createFetchMedia({
      fetchFor: () => () => Promise.reject(refusal),
      sleep: async () => undefined,
    });
    expect(await fetchMedia('https://userlike.com/x', limitsWith(), 'File')).toEqual({
      ok: false,
      reason: 'hostNotAllowed',
    });
  });

  it('is asked for by one fetch for each list of hosts', async () => {
    const made: (readonly string[])[] = [];
    const fetchMedia = createFetchMedia({
      fetchFor: (hosts) => {
        made.push(hosts);
        return async () => new Response(null, { status: 404 });
      },
      sleep: async () => undefined,
    });
    const limits = limitsWith();
    await fetchMedia('https://userlike.com/x', limits, 'File');
    await fetchMedia('https://userlike.com/y', { ...limits, seconds: 1 }, 'File');
    expect(made).toEqual([['userlike.com', 'lime-connect.com']]);
  });
});
