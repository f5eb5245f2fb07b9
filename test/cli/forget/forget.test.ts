import { describe, expect, it } from '@jest/globals';
import type { Settlement } from '../../../shared/ledger/states.ts';
import { aBridge, aLimeobject, aRecord, delivered } from '../../support/cli/a-bridge.ts';

const organization = ['--organization', '108905'];
const ofSeven = ['forget', ...organization, '--conversation', '7'];
const retrying: Settlement = { outcome: 'retrying', object: undefined, reason: 'x', nextTryAt: 0, confirmed: true };
const anExample = { contact: { id: 17, email: 'ada@example.org', phone_number: '070-174 06 05' } };

/** Conversation 7 in both queues, DLQ and ledger, among what is not to be touched. */
async function aFullBridge() {
  const bridge = await aBridge();
  await bridge.put(bridge.queueUrl, aRecord(7));
  await bridge.put(bridge.interactiveQueueUrl, aRecord(7));
  await bridge.put(bridge.queueUrl, aRecord(71));
  await bridge.put(bridge.interactiveQueueUrl, aRecord(71));
  await bridge.put(bridge.queueUrl, aRecord(7, '4711'));
  await bridge.park(7);
  await bridge.park(8);
  await bridge.settle('7', delivered);
  for (const key of ['108905#7#Deal', '108905#71', '108905#71#Deal', '4711#7']) await bridge.putItem(key);
  return bridge;
}
async function untouched(bridge: Awaited<ReturnType<typeof aBridge>>) {
  return {
    queue: (await bridge.countsOf(bridge.queueUrl)).visible,
    interactive: (await bridge.countsOf(bridge.interactiveQueueUrl)).visible,
    dlq: (await bridge.countsOf(bridge.dlqUrl)).visible,
    ledger: await bridge.ledgerKeys(),
  };
}
const others = ['108905#71', '108905#71#Deal', '4711#7'];

describe('forget without --yes', () => {
  it.each([
    { title: 'it', flags: [] },
    { title: 'a dry run', flags: ['--dry-run'] },
  ])('shows what $title would erase, without any content, and erases nothing', async ({ flags }) => {
    await using bridge = await aFullBridge();
    const { code, stdout } = await bridge.cli(...ofSeven, ...flags);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^WHERE +ID +CONVERSATION +STATE$/m);
    expect(stdout).toMatch(/^queue +\S{36} +7 +-$/m);
    expect(stdout).toMatch(/^DLQ +\S{36} +7 +-$/m);
    expect(stdout).toMatch(/^ledger +108905#7 +7 +delivered$/m);
    expect(stdout).toContain('would erase 3 records and 2 ledger items; --yes erases it');
    expect(stdout).not.toMatch(/Erika|example\.org|question/);
    expect(await untouched(bridge)).toEqual({
      queue: 3,
      interactive: 2,
      dlq: 2,
      ledger: ['108905#7', '108905#7#Deal', ...others],
    });
  });
});

describe('forget --conversation --yes', () => {
  it('erases the records and every item of the conversation, nothing else, and names what others must erase', async () => {
    await using bridge = await aFullBridge();
    const { code, stdout, stderr } = await bridge.cli(...ofSeven, '--yes');

    expect(code).toBe(0);
    expect(stdout).toContain('erased 3 records and 2 ledger items');
    expect(stdout).toContain(`Lime      helpdesk 1002 with its history notes and documents: ${aLimeobject.url}`);
    expect(stdout).toContain('Userlike  the contact, conversation 7 (organization 108905)');
    expect(stderr).toMatch(/^reading the whole ledger, about \d+ items in \d+ MB$/);
    expect(await untouched(bridge)).toEqual({ queue: 2, interactive: 1, dlq: 1, ledger: others });
  });

  it('reads all pages of the ledger', async () => {
    await using bridge = await aBridge();
    const padding = 'x'.repeat(390_000);
    for (let at = 0; at < 6; at += 1) await bridge.putItem(`108905#9${at}`, { padding });
    for (let at = 0; at < 6; at += 1) await bridge.putItem(`108905#7#${at}`, { padding });
    const { code, stdout } = await bridge.cli(...ofSeven, '--yes');

    expect([code, stdout]).toEqual([0, expect.stringContaining('erased 0 records and 6 ledger items')]);
    expect(await bridge.ledgerKeys()).toEqual(Array.from({ length: 6 }, (_, at) => `108905#9${at}`));
  });

  it('prints JSON of what was erased, and of the limeobjects', async () => {
    await using bridge = await aFullBridge();
    const { stdout } = await bridge.cli(...ofSeven, '--yes', '--json');

    expect(JSON.parse(stdout)).toEqual({
      erased: true,
      organization: '108905',
      conversations: ['7'],
      records: [
        { place: 'queue', id: expect.any(String), conversation: '7' },
        { place: 'queue', id: expect.any(String), conversation: '7' },
        { place: 'DLQ', id: expect.any(String), conversation: '7' },
      ],
      ledger: expect.arrayContaining([
        { key: '108905#7', conversation: '7', state: 'erased', says: 'delivered' },
        { key: '108905#7#Deal', conversation: '7', state: 'erased', says: 'retrying' },
      ]),
      notVisible: { queue: 0, dlq: 0 },
      unreadable: [],
      limeobjects: [{ limetype: 'helpdesk', id: 1002, url: aLimeobject.url }],
    });
  });

  it.each<{ title: string; says: Settlement }>([
    { title: 'waits for a next try', says: retrying },
    { title: 'was delivered', says: delivered },
    { title: 'was parked', says: { outcome: 'parked', object: aLimeobject, reason: 'x', confirmed: true } },
  ])(
    'must be repeated while a record is invisible, and keeps the item, which says that it $title',
    async ({ says }) => {
      await using bridge = await aBridge();
      await bridge.put(bridge.queueUrl, aRecord(7));
      await bridge.take(bridge.queueUrl);
      await bridge.settle('7', says);
      const { code, stdout } = await bridge.cli(...ofSeven, '--yes');

      expect(code).toBe(1);
      expect(stdout).toContain('about 1 record of the queues could not be read');
      expect(stdout).toMatch(/^1 ledger item kept, because an attempt is or may be under way. Repeat this$/m);
      expect(await bridge.ledgerKeys()).toEqual(['108905#7']);
    },
  );

  it('must be repeated while another reader holds records of the DLQ, which need no item', async () => {
    await using bridge = await aBridge();
    await bridge.park(8);
    await bridge.take(bridge.dlqUrl);
    await bridge.settle('7', delivered);
    const { code, stdout } = await bridge.cli(...ofSeven, '--yes');

    expect(code).toBe(1);
    expect(stdout).toContain('about 1 record of the DLQ could not be read');
    expect(stdout).toContain('erased 0 records and 1 ledger item');
    expect(await bridge.ledgerKeys()).toEqual([]);
  });

  it('keeps an item that a mapper is delivering', async () => {
    await using bridge = await aBridge();
    await bridge.putItem('108905#7', { leaseOwner: 'a mapper', leaseUntil: Date.now() + 60_000 });
    await bridge.putItem('108905#7#Deal', { leaseOwner: 'one that died', leaseUntil: Date.now() - 1 });
    const { code, stdout } = await bridge.cli(...ofSeven, '--yes');

    expect([code, stdout]).toEqual([1, expect.stringMatching(/^ledger +108905#7 +7 +kept$/m)]);
    expect(await bridge.ledgerKeys()).toEqual(['108905#7']);
  });

  it('names records whose owner is unknown', async () => {
    await using bridge = await aBridge();
    await bridge.put(bridge.dlqUrl, 'not one of ours');
    const id = await bridge.firstId();
    const { code, stdout } = await bridge.cli(...ofSeven, '--yes');

    expect([code, stdout]).toEqual([1, expect.stringContaining(`1 record cannot be read; check their contact`)]);
    expect(stdout).toContain(id);
    expect((await bridge.countsOf(bridge.dlqUrl)).visible).toBe(1);
  });

  it('loses no other record if SQS refuses to delete one', async () => {
    await using bridge = await aFullBridge();
    await bridge.fault('DeleteMessage');
    const { code, stderr } = await bridge.cli(...ofSeven, '--yes');

    expect([code, stderr]).toEqual([1, expect.stringMatching(/^userlike-lime: AWS: AccessDenied/)]);
    expect(await untouched(bridge)).toMatchObject({ queue: 3, dlq: 2 });
  });
});

describe('forget --contact', () => {
  it('erases the records of the contact, the other records of their conversations, and their items', async () => {
    await using bridge = await aBridge();
    await bridge.put(bridge.queueUrl, aRecord(7, '108905', 'call-1', { contact: null }));
    await bridge.put(bridge.queueUrl, aRecord(7, '108905', 'call-2', anExample));
    await bridge.put(bridge.queueUrl, aRecord(8, '108905', 'call-3', anExample));
    await bridge.put(bridge.queueUrl, aRecord(9));
    await bridge.put(bridge.queueUrl, aRecord(10, '4711', 'call-4', anExample));
    for (const key of ['108905#7', '108905#8', '108905#9']) await bridge.putItem(key);
    const { code, stdout, stderr } = await bridge.cli('forget', ...organization, '--contact', '+46701740605', '--yes');

    expect(code).toBe(0);
    expect(stdout).toContain('erased 3 records and 2 ledger items');
    expect(stdout).toContain('The ledger does not know contacts');
    expect(stdout).toContain('--conversation <id...>');
    expect(stdout + stderr).not.toMatch(/ada@|0701740605|\+4670/);
    expect(await bridge.ledgerKeys()).toEqual(['108905#9']);
    expect((await bridge.countsOf(bridge.queueUrl)).visible).toBe(2);
  });

  it('says how to find the kept items again, because the records are gone', async () => {
    await using bridge = await aBridge();
    await bridge.put(bridge.queueUrl, aRecord(9));
    await bridge.take(bridge.queueUrl);
    await bridge.put(bridge.queueUrl, aRecord(7, '108905', 'call-1', anExample));
    await bridge.settle('7', delivered);
    const { code, stdout } = await bridge.cli('forget', ...organization, '--contact', 'ada@example.org', '--yes');

    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining('Repeat this, and with --conversation 7, because nothing'),
    ]);
    expect(await bridge.ledgerKeys()).toEqual(['108905#7']);
  });

  it('does not read the ledger if no record is of the contact', async () => {
    await using bridge = await aFullBridge();
    const { code, stdout, stderr } = await bridge.cli('forget', ...organization, '--contact', 'nobody@example.org');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('would erase 0 records and 0 ledger items');
  });
});
