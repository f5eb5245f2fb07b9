import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FetchMedia } from '../../../shared/media/fetch-media.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';
import { settingsOf } from '../mapping/builders.ts';
import { aFileServer, endless, file, redirectTo, reset, status } from '../media/a-file-server.ts';

const settingsWith = (media: Record<string, unknown> = {}, history: Record<string, unknown> = {}) =>
  settingsOf({
    instances: [
      {
        name: 'Cases',
        limetype: 'helpdesk',
        identify: 'subject',
        properties: {
          subject: { template: 'Userlike conversation {{ id }}' },
          value: { value: 0 },
          vat: { value: 0 },
          discount: { value: 0 },
        },
        relations: {
          person: {
            property: 'contact',
            limetype: 'person',
            rules: [{ path: 'contact.email', properties: ['workemail'], as: 'email' }],
          },
        },
        conversation: {
          relation: 'helpdesk',
          link: 'link',
          properties: { contactid: { template: '{{ contact.id }}' }, startedtime: { path: 'created_at' } },
        },
        documents: {
          relation: 'helpdesk',
          identify: 'ul_messageid',
          properties: { type: { value: 'chatlog' }, comment: { template: 'Chat {{ id }}' } },
          relations: { person: 'contact' },
          media: { seconds: 0.5, megabytes: 1, ...media },
        },
        history: {
          relation: 'helpdesk',
          properties: { type: { value: 'chat' } },
          relations: { person: 'contact' },
          ...history,
        },
      },
    ],
  });

let mapper: SandboxMapper;
let files: Awaited<ReturnType<typeof aFileServer>>;
beforeEach(async () => {
  files = await aFileServer({
    '/order.png': file('a picture'),
    '/list.txt': file('a list', { 'content-type': 'text/plain' }),
    '/page': file('<p>', { 'content-type': 'text/html' }),
    '/large': endless(20_000_000),
    '/slow': () => undefined,
    '/reset': reset,
    '/down': status(503),
    '/foreign': redirectTo('https://example.net/x'),
  });
});
afterEach(async () => {
  await files[Symbol.asyncDispose]();
  await mapper.sandbox.close();
});

const start = async (...settings: Parameters<typeof settingsWith>) => {
  mapper = await startSandboxMapper(settingsWith(...settings), { schema: 'custom' });
};

/** A conversation with a file for each path, then so many messages more. */
const withFiles = (paths: readonly string[], messages = 0) =>
  aConversation({
    contact: { id: 79189089, name: 'Ada Example', email: 'ada@example.org' },
    created_at: '2024-02-22T15:49:00.000Z',
    transcript: [
      ...paths.map((path, index) => aMessage({ id: `1.1.${index}`, body: null, url: files.origin + path })),
      ...Array.from({ length: messages }, (_, index) => aMessage({ id: `1.2.${index}`, body: `Message ${index}.` })),
    ],
    updated_at: new Date(Date.UTC(2024, 2, 1, 0, messages)).toISOString(),
  });

const objects = (limetype: string) => mapper.sandbox.objects(limetype).filter(({ _id }) => Number(_id) > 1_000);
const helpdesks = () => objects('helpdesk').filter(({ subject }) => String(subject).startsWith('Userlike'));
const rows = () => objects('ulconversation').filter(({ conversationid }) => conversationid === 63741936);
const notes = () => objects('history').flatMap(({ note }) => (String(note).startsWith('Userlike') ? String(note) : []));
const contentsOf = async (id: unknown): Promise<string> => {
  const headers = { 'x-api-key': 'local-lime-key' };
  return (await fetch(`${mapper.sandbox.url}/api/v1/file/${id}/contents/`, { headers })).text();
};
const uploads = () => mapper.sandbox.requests().filter(({ path }) => path.endsWith('/api/v1/file/')).length;

describe('a conversation with files in a tenant with rows and documents', () => {
  it('becomes limeobject, row, documents and note, in this order', async () => {
    await start();
    mapper.requests();
    expect(await mapper.send([withFiles(['/order.png', '/list.txt'], 1)])).toBe(0);

    expect(mapper.requests()).toEqual([
      'GET ? person',
      'POST helpdesk',
      'POST ulconversation',
      'POST undefined',
      'POST document',
      'POST undefined',
      'POST document',
      'POST history',
    ]);
    const [helpdesk] = helpdesks();
    expect(rows()).toMatchObject([
      {
        helpdesk: helpdesk?._id,
        link: 'https://userlike.com/en/umc#/conversation/63741936',
        contactid: '79189089',
        startedtime: '2024-02-22T16:49:00.000000+01:00',
      },
    ]);
    const documents = objects('document');
    expect(documents).toMatchObject(
      ['1.1.0', '1.1.1'].map((ul_messageid) => ({
        ul_messageid,
        helpdesk: helpdesk?._id,
        contact: 1001,
        comment: 'Chat 63741936',
        type: { key: 'chatlog' },
      })),
    );
    expect(await Promise.all(documents.map(({ document }) => contentsOf(document)))).toEqual(['a picture', 'a list']);
    expect(notes()[0]).toContain(`${files.origin}/order.png (in Lime as a document)\n`);
  });

  it('says on the line of each file that is not taken why', async () => {
    await start();
    const paths = ['/page', '/large', '/reset', '/down', '/foreign', '/missing', '/order.png', '/slow'];
    expect(await mapper.send([withFiles(paths)])).toBe(0);
    const reasons = notes()[0]?.match(/(?<=\/)\w[\w.]+ \(.+\)$/gm);
    expect(reasons).toEqual([
      'page (not imported: file type not allowed)',
      'large (not imported: too large)',
      'reset (not imported: no answer)',
      'down (not imported: no answer)',
      'foreign (not imported: server not allowed)',
      'missing (not imported: not found)',
      'order.png (in Lime as a document)',
      'slow (not imported: no answer)',
    ]);
    expect(objects('document')).toHaveLength(1);
  });

  it('takes so many files only', async () => {
    await start({ most: 2 });
    await mapper.send([withFiles(['/order.png', '/list.txt', '/order.png'])]);
    expect(objects('document')).toHaveLength(2);
    expect(notes()[0]).toMatch(/order\.png \(not imported: too many files\)$/);
    expect(files.asked).toHaveLength(2);
  });

  it('asks no more for files after those without an answer have taken the time of one', async () => {
    await start({ seconds: 10 });
    const asked: string[] = [];
    const fetchMedia: FetchMedia = async (url, { seconds }) => {
      asked.push(`${new URL(url).pathname} ${seconds}`);
      mapper.pass(6_000);
      return { ok: false, reason: 'noAnswer' };
    };
    const container = { ...mapper.openContainer(), fetchMedia };
    expect(await mapper.send([withFiles(['/1', '/2', '/3', '/4'])], 1, container)).toBe(0);
    expect(asked).toEqual(['/1 10', '/2 4']);
    expect(notes()[0]?.match(/not imported: no answer/g)).toHaveLength(4);
  });

  it('goes on where an attempt had no more time', async () => {
    await start();
    const conversation = withFiles(['/order.png', '/list.txt', '/order.png', '/list.txt', '/order.png']);
    let attempts = 0;
    for (let open = 1; open > 0 && attempts < 20; attempts += 1) {
      let left = 36_000;
      const remaining = () => {
        left -= 2_500;
        return left;
      };
      open = await mapper.send([conversation], 1, undefined, remaining);
      mapper.pass(lease);
    }
    expect(attempts).toBeGreaterThan(2);
    expect(attempts).toBeLessThan(6);
    expect(objects('document').map(({ ul_messageid }) => ul_messageid)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `1.1.${index}`),
    );
    expect(uploads()).toBe(5);
    expect([helpdesks(), rows(), notes()].map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(mapper.parked).toEqual([]);
  });
});

describe('what Lime says to a file', () => {
  it.each([
    {
      title: 'refuses the upload',
      arrange: () => mapper.sandbox.changeSettings({ maxFileBytes: 8 }),
      lines: ['order.png (not imported: refused by Lime)', 'list.txt (in Lime as a document)'],
    },
    {
      title: 'refuses the document',
      arrange: () =>
        void mapper.sandbox.setFaults([
          { kind: 'error', status: 422, match: { method: 'POST', limetype: 'document' }, times: 1 },
        ]),
      lines: ['order.png (not imported: refused by Lime)', 'list.txt (in Lime as a document)'],
    },
  ])('is told on its line where it $title, and the conversation goes on', async ({ arrange, lines }) => {
    await start();
    arrange();
    expect(await mapper.send([withFiles(['/order.png', '/list.txt'])])).toBe(0);
    expect(notes()[0]?.match(/(?<=\/)\w[\w.]+ \(.+\)$/gm)).toEqual(lines);
    expect(mapper.parked).toEqual([]);
  });

  it.each([
    { title: 'asks for quiet at the upload', match: { path: '^/api/v1/file/' }, kind: 'throttle', uploads: 2 },
    { title: 'loses the upload', match: { path: '^/api/v1/file/' }, kind: 'reset', uploads: 2 },
    { title: 'loses the answer to the upload', match: { path: '^/api/v1/file/' }, kind: 'lost', uploads: 2 },
    { title: 'loses the document', match: { method: 'POST', limetype: 'document' }, kind: 'reset', uploads: 2 },
    {
      title: 'loses the answer to the document',
      match: { method: 'POST', limetype: 'document' },
      kind: 'lost',
      uploads: 1,
    },
    { title: 'loses the row', match: { method: 'POST', limetype: 'ulconversation' }, kind: 'reset', uploads: 1 },
    {
      title: 'loses the answer to the row',
      match: { method: 'POST', limetype: 'ulconversation' },
      kind: 'lost',
      uploads: 1,
    },
    { title: 'loses the answer to the note', match: { method: 'POST', limetype: 'history' }, kind: 'lost', uploads: 1 },
  ] as const)(
    'is tried again where it $title; row, document and note are there once',
    async ({ match, kind, uploads: expected }) => {
      await start();
      mapper.sandbox.setFaults([
        kind === 'throttle'
          ? { kind, answer: 'bare', match, times: 1 }
          : { kind: 'reset', commit: kind === 'lost', match, times: 1 },
      ]);
      expect(await mapper.send([withFiles(['/order.png'])])).toBe(1);
      mapper.pass(lease);
      expect(await mapper.send([withFiles(['/order.png'])])).toBe(0);
      expect([helpdesks(), rows(), objects('document'), notes()].map(({ length }) => length)).toEqual([1, 1, 1, 1]);
      expect(uploads()).toBe(expected);
    },
  );

  it.each([
    { step: 'row', limetype: 'ulconversation' },
    { step: 'note', limetype: 'history' },
  ])('parks at the step $step where it refuses that', async ({ step, limetype }) => {
    await start();
    mapper.sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'POST', limetype } }]);
    expect(await mapper.send([withFiles(['/order.png'])])).toBe(0);
    expect(mapper.parked).toMatchObject([{ step, status: '422' }]);
    mapper.sandbox.setFaults([]);
    expect(await mapper.send([withFiles(['/order.png'])])).toBe(0);
    expect([helpdesks(), rows(), objects('document'), notes()].map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  it('makes row, documents and notes anew with a limeobject that has vanished', async () => {
    await start();
    await mapper.send([withFiles(['/order.png'])]);
    const headers = { 'x-api-key': 'local-lime-key' };
    const [first] = helpdesks();
    await fetch(`${mapper.sandbox.url}/api/v1/limeobject/helpdesk/${first?._id}/`, { method: 'DELETE', headers });
    expect(await mapper.send([withFiles(['/order.png'], 1)])).toBe(0);
    const [second] = helpdesks();
    expect(rows().filter(({ helpdesk }) => helpdesk === second?._id)).toHaveLength(1);
    expect(objects('document').filter(({ helpdesk }) => helpdesk === second?._id)).toHaveLength(1);
  });
});

describe('a transcript longer than a note', () => {
  it('is a text document beside one note', async () => {
    await start({}, { whenLonger: 'document' });
    expect(await mapper.send([withFiles(['/order.png'], 900)])).toBe(0);
    expect(notes()).toHaveLength(1);
    expect(notes()[0]).toMatch(/\(\d+\/901\) The whole transcript is in the document chat-63741936\.txt\.$/);
    const [, transcript] = objects('document');
    expect(transcript?.ul_messageid).toMatch(/^transcript-63741936-/);
    const text = await contentsOf(transcript?.document);
    expect(text).toContain('order.png (in Lime as a document)\n');
    expect(text).toMatch(/Message 899\.\n$/);
  });

  it('is parked where Lime refuses the document, and whole after a redrive', async () => {
    await start({}, { whenLonger: 'document' });
    mapper.sandbox.changeSettings({ maxFileBytes: 100 });
    await mapper.send([withFiles([], 900)]);
    expect(mapper.parked).toMatchObject([{ step: 'document', status: '413' }]);
    expect(notes()).toEqual([]);
    mapper.sandbox.changeSettings({ maxFileBytes: 1_000_000 });
    expect(await mapper.send([withFiles([], 900)])).toBe(0);
    expect([objects('document'), notes()].map(({ length }) => length)).toEqual([1, 1]);
  });
});
