import { describe, expect, it } from '@jest/globals';
import type { FetchMedia } from '../../../../shared/media/fetch-media.ts';
import { aTenantWithFiles } from '../../../support/a-tenant-with-files.ts';
import { aPng } from '../../../support/media/contents.ts';
import { lease } from '../../../support/sandbox-mapper.ts';

describe('a conversation with files in a tenant with rows and documents', () => {
  it('becomes limeobject, row, documents and note, in this order', async () => {
    await using tenant = await aTenantWithFiles();
    tenant.requests();
    expect(await tenant.send([tenant.withFiles(['/order.png', '/list.txt'], 1)])).toBe(0);

    expect(tenant.requests()).toEqual([
      'GET ? person',
      'POST helpdesk',
      'POST ulconversation',
      'POST undefined',
      'POST document',
      'POST undefined',
      'POST document',
      'POST history',
    ]);
    const [helpdesk] = tenant.helpdesks();
    expect(tenant.rows()).toMatchObject([
      {
        helpdesk: helpdesk?._id,
        link: 'https://userlike.com/en/umc#/conversation/63741936',
        contactid: '79189089',
        startedtime: '2024-02-22T16:49:00.000000+01:00',
      },
    ]);
    const documents = tenant.documents();
    expect(documents).toMatchObject(
      ['1.1.0', '1.1.1'].map((ul_messageid) => ({
        ul_messageid,
        helpdesk: helpdesk?._id,
        contact: 1001,
        comment: 'Chat 63741936',
        type: { key: 'chatlog' },
      })),
    );
    expect(await Promise.all(documents.map(({ document }) => tenant.contentsOf(document)))).toEqual([
      aPng.toString(),
      'a list',
    ]);
    expect(tenant.notes()[0]).toContain(`${tenant.files.origin}/order.png (saved as a document in Lime)\n`);
  });

  it('says on the line of each file that is not taken why', async () => {
    await using tenant = await aTenantWithFiles();
    const paths = ['/page', '/large', '/reset', '/down', '/foreign', '/missing', '/order.png', '/slow'];
    expect(await tenant.send([tenant.withFiles(paths)])).toBe(0);
    expect(tenant.fileLines()).toEqual([
      'page (not imported: file type not allowed)',
      'large (not imported: too large)',
      'reset (not imported: could not be fetched)',
      'down (not imported: could not be fetched)',
      'foreign (not imported: server not allowed)',
      'missing (not imported: not found)',
      'order.png (saved as a document in Lime)',
      'slow (not imported: could not be fetched)',
    ]);
    expect(tenant.documents()).toHaveLength(1);
  });

  it('takes so many files only', async () => {
    await using tenant = await aTenantWithFiles({ media: { most: 2 } });
    await tenant.send([tenant.withFiles(['/order.png', '/list.txt', '/order.png'])]);
    expect(tenant.documents()).toHaveLength(2);
    expect(tenant.notes()[0]).toMatch(/order\.png \(not imported: too many files\)$/);
    expect(tenant.files.asked).toHaveLength(2);
  });

  it('asks no more for files after those without an answer have taken the time of one', async () => {
    await using tenant = await aTenantWithFiles({ media: { seconds: 10 } });
    const asked: string[] = [];
    const fetchMedia: FetchMedia = async (url, { seconds }) => {
      asked.push(`${new URL(url).pathname} ${seconds}`);
      tenant.pass(6_000);
      return { ok: false, reason: 'noAnswer' };
    };
    const container = { ...tenant.openContainer(), fetchMedia };
    expect(await tenant.send([tenant.withFiles(['/1', '/2', '/3', '/4'])], 1, container)).toBe(0);
    expect(asked).toEqual(['/1 10', '/2 4']);
    expect(tenant.notes()[0]?.match(/not imported: could not be fetched/g)).toHaveLength(4);
  });

  it('goes on where an attempt had no more time', async () => {
    await using tenant = await aTenantWithFiles();
    const conversation = tenant.withFiles(['/order.png', '/list.txt', '/order.png', '/list.txt', '/order.png']);
    let attempts = 0;
    for (let open = 1; open > 0 && attempts < 20; attempts += 1) {
      let left = 47_000;
      const remaining = () => {
        left -= 1_000;
        return left;
      };
      open = await tenant.send([conversation], 1, undefined, remaining);
      tenant.pass(lease);
    }
    expect(attempts).toBeGreaterThan(2);
    expect(attempts).toBeLessThan(6);
    expect(tenant.documents().map(({ ul_messageid }) => ul_messageid)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `1.1.${index}`),
    );
    expect(tenant.uploads()).toBe(5);
    expect([tenant.helpdesks(), tenant.rows(), tenant.notes()].map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(tenant.parked).toEqual([]);
  });
});
