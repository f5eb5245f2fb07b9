import { describe, expect, it } from '@jest/globals';
import { aTenantWithFiles, type TenantWithFiles } from '../../../support/a-tenant-with-files.ts';
import { lease } from '../../../support/sandbox-mapper.ts';

describe('what Lime says to a file', () => {
  it.each([
    {
      title: 'refuses the upload',
      arrange: ({ sandbox }: TenantWithFiles) => sandbox.changeSettings({ maxFileBytes: 8 }),
      lines: ['order.png (not imported: refused by Lime)', 'list.txt (saved as a document in Lime)'],
    },
    {
      title: 'refuses the document',
      arrange: ({ sandbox }: TenantWithFiles) =>
        void sandbox.setFaults([
          { kind: 'error', status: 422, match: { method: 'POST', limetype: 'document' }, times: 1 },
        ]),
      lines: ['order.png (not imported: refused by Lime)', 'list.txt (saved as a document in Lime)'],
    },
  ])('is told on its line where it $title, and the conversation goes on', async ({ arrange, lines }) => {
    await using tenant = await aTenantWithFiles();
    arrange(tenant);
    expect(await tenant.send([tenant.withFiles(['/order.png', '/list.txt'])])).toBe(0);
    expect(tenant.fileLines()).toEqual(lines);
    expect(tenant.parked).toEqual([]);
  });

  it.each([
    { title: 'throttles at the upload', match: { path: '^/api/v1/file/' }, kind: 'throttle', uploads: 2 },
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
      await using tenant = await aTenantWithFiles();
      tenant.sandbox.setFaults([
        kind === 'throttle'
          ? { kind, answer: 'bare', match, times: 1 }
          : { kind: 'reset', commit: kind === 'lost', match, times: 1 },
      ]);
      expect(await tenant.send([tenant.withFiles(['/order.png'])])).toBe(1);
      tenant.pass(lease);
      expect(await tenant.send([tenant.withFiles(['/order.png'])])).toBe(0);
      expect(tenant.counts()).toEqual([1, 1, 1, 1]);
      expect(tenant.uploads()).toBe(expected);
    },
  );

  it.each([
    { step: 'row', limetype: 'ulconversation' },
    { step: 'note', limetype: 'history' },
  ])('parks at the step $step where it refuses that', async ({ step, limetype }) => {
    await using tenant = await aTenantWithFiles();
    tenant.sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'POST', limetype } }]);
    expect(await tenant.send([tenant.withFiles(['/order.png'])])).toBe(0);
    expect(tenant.parked).toMatchObject([{ step, status: '422' }]);
    tenant.sandbox.setFaults([]);
    expect(await tenant.send([tenant.withFiles(['/order.png'])])).toBe(0);
    expect(tenant.counts()).toEqual([1, 1, 1, 1]);
  });

  it('creates row, documents and notes again with a limeobject that has vanished', async () => {
    await using tenant = await aTenantWithFiles();
    await tenant.send([tenant.withFiles(['/order.png'])]);
    const [first] = tenant.helpdesks();
    await tenant.deleteHelpdesk(first?._id);
    expect(await tenant.send([tenant.withFiles(['/order.png'], 1)])).toBe(0);
    const [second] = tenant.helpdesks();
    expect(tenant.rows().filter(({ helpdesk }) => helpdesk === second?._id)).toHaveLength(1);
    expect(tenant.documents().filter(({ helpdesk }) => helpdesk === second?._id)).toHaveLength(1);
  });
});
