import { describe, expect, it } from '@jest/globals';
import { aBridge, aRecord } from '../../support/cli/a-bridge.ts';

const inDlq = async (bridge: Awaited<ReturnType<typeof aBridge>>): Promise<number> =>
  (await bridge.countsOf(bridge.dlqUrl)).visible;

describe('a conversation in the DLQ, by its number', () => {
  it('is shown with all its versions', async () => {
    await using bridge = await aBridge();
    await Promise.all([bridge.park(7), bridge.park(7), bridge.park(8)]);
    const { code, stdout } = await bridge.cli('failed', 'show', '7');
    const json = await bridge.cli('failed', 'show', '7', '--json');

    expect(code).toBe(0);
    expect(stdout.match(/^conversation: +7$/gm)).toHaveLength(2);
    expect(JSON.parse(json.stdout)).toMatchObject([{ conversation: '7' }, { conversation: '7' }]);
  });

  it('is sent again, and the others stay', async () => {
    await using bridge = await aBridge();
    await Promise.all([7, 8].map((id) => bridge.park(id)));

    expect(await bridge.cli('failed', 'retry', '7', '9', '--rate', '100')).toEqual({
      code: 1,
      stdout: 'sent 1 of 1 record',
      stderr: 'no such record in the DLQ: 9',
    });
    expect(await bridge.bodiesIn(bridge.interactiveQueueUrl)).toEqual([aRecord(7)]);
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toEqual([aRecord(8)]);
  });

  it('is dropped with all its versions', async () => {
    await using bridge = await aBridge();
    await Promise.all([bridge.park(7), bridge.park(7), bridge.park(8)]);
    const { code, stdout } = await bridge.cli('failed', 'drop', '7', '--yes');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(await bridge.bodiesIn(bridge.dlqUrl)).toEqual([aRecord(8)]);
  });

  it('is not dropped if two organizations have the number', async () => {
    await using bridge = await aBridge();
    await Promise.all([bridge.park(7), bridge.park(7, { organization: '4711' })]);

    expect((await bridge.cli('failed', 'drop', '7', '--yes')).stderr).toMatch(
      /several organizations have a conversation 7: choose --organization (?:108905 and 4711|4711 and 108905)$/,
    );
    expect(await inDlq(bridge)).toBe(2);
    expect(await bridge.cli('failed', 'drop', '7', '--organization', '4711', '--yes')).toMatchObject({ code: 0 });
    expect(await inDlq(bridge)).toBe(1);
  });

  it('is listed together, however many versions there are', async () => {
    await using bridge = await aBridge();
    for (const id of [7, 8, 7]) await bridge.park(id);
    const { stdout } = await bridge.cli('failed', 'list');

    expect(stdout.split('\n').map((line) => line.split(/ +/)[3])).toEqual(
      expect.arrayContaining(['CONVERSATION', '7', '7', '8']),
    );
    expect(stdout).toMatch(/\n\n3 records of 2 conversations$/);
  });
});

describe('a record whose version Lime has by now', () => {
  it.each([
    { title: 'is marked, and dropped with --delivered', brought: 'a later call', limetype: 'helpdesk', since: true },
    { title: 'is not marked if its own call is what Lime has', brought: 'call-7', limetype: 'helpdesk', since: false },
    { title: 'is not marked if another limeobject failed', brought: 'a later call', limetype: 'deal', since: false },
  ])('$title', async ({ brought, limetype, since }) => {
    await using bridge = await aBridge();
    await Promise.all([bridge.park(7, { limetype }), bridge.park(8)]);
    await bridge.deliver('7', brought);
    const list = await bridge.cli('failed', 'list');
    const rehearsal = await bridge.cli('failed', 'drop', '--delivered');
    expect(await inDlq(bridge)).toBe(2);
    const dropped = await bridge.cli('failed', 'drop', '--delivered', '--yes');

    expect(list.stdout.includes(' delivered since; POST ')).toBe(since);
    expect(list.stdout.includes('\n1 delivered since: drop with "failed drop --delivered --yes"')).toBe(since);
    const number = since ? '1 record' : '0 records';
    expect(rehearsal.stdout).toMatch(new RegExp(`would drop ${number}; confirm with --yes$`));
    expect(dropped.stdout).toBe(`dropped ${since ? 1 : 0} of ${number}`);
    expect(await inDlq(bridge)).toBe(since ? 1 : 2);
  });

  it('is not marked if Lime lacks one of its messages', async () => {
    await using bridge = await aBridge();
    await bridge.park(7);
    await bridge.deliver('7', 'a later call', { transcript: [] });

    expect((await bridge.cli('failed', 'list')).stdout).not.toContain('delivered since');
  });

  it('needs an id or --delivered to be dropped, not both', async () => {
    await using bridge = await aBridge();
    const refused = { code: 2, stderr: 'userlike-lime: failed drop: give either an id or --delivered' };

    expect(await bridge.cli('failed', 'drop')).toMatchObject(refused);
    expect(await bridge.cli('failed', 'drop', '7', '--delivered')).toMatchObject(refused);
  });
});
