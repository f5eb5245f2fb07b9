import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Claim, ClaimLost, createLedger, type Ledger } from '../../../shared/ledger/dynamodb.ts';
import type { Attempt, Settlement } from '../../../shared/ledger/states.ts';
import { type Emulators, startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';

const lease = 90_000;
let clock = 1_700_000_000_000;
const now = () => clock;

let emulators: Emulators;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  emulators = await startEmulators();
  const dynamodb = new DynamoDBClient({
    endpoint: emulators.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'ledger',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  client = DynamoDBDocumentClient.from(dynamodb);
});
afterAll(async () => {
  client.destroy();
  await emulators.close();
});

const kinds = [
  {
    title: 'in DynamoDB',
    create: () => createLedger({ client, table: 'ledger', lease, now, newOwner: () => crypto.randomUUID() }),
  },
  { title: 'of the tests', create: () => createMemoryLedger({ lease, now }) },
];

const attempt = (fingerprint: string, updatedAt = 1): Attempt => ({ fingerprint, recency: { updatedAt, messages: 2 } });
const object = {
  instance: 'Helpdesk',
  limetype: 'helpdesk',
  id: 1001,
  url: 'https://lime.example.com/1001',
  values: 'v',
};
const deliveredAs = ({ fingerprint, recency }: Attempt): Settlement => ({
  outcome: 'delivered',
  object,
  delivered: { fingerprint, recency, written: 'abcdefgh' },
});

describe('a claim whose answer gets lost', () => {
  it('is had all the same, and looks before it writes', async () => {
    const ledger = createLedger({ client, table: 'ledger', lease, now, newOwner: () => crypto.randomUUID() });
    const key = { organization: '108905', conversation: crypto.randomUUID() };
    await fetch(`${emulators.url}/_emulator/faults`, {
      method: 'POST',
      body: JSON.stringify({ service: 'dynamodb', action: 'UpdateItem', afterwards: true }),
    });
    const { decision, claim } = await ledger.claim(key, attempt('a'));
    expect(decision).toMatchObject({ action: 'write', look: true });
    if (claim) await ledger.settle(claim, deliveredAs(attempt('a')));
    expect(await ledger.read(key)).toMatchObject({ outcome: 'delivered', unresolved: [] });
  });
});

describe.each(kinds)('the ledger $title', ({ create }) => {
  let ledger: Ledger;
  let key: { organization: string; conversation: string };
  beforeEach(() => {
    ledger = create();
    key = { organization: '108905', conversation: crypto.randomUUID() };
  });

  const claimed = async (what: Attempt): Promise<Claim> => {
    const { claim } = await ledger.claim(key, what);
    if (claim === undefined) throw new Error('not claimed');
    return claim;
  };

  it('gives a new conversation to the first that claims it, and makes the others wait for the lease', async () => {
    const first = await ledger.claim(key, attempt('a'));
    expect(first.decision).toEqual({ action: 'write', object: undefined, delivered: undefined, look: false });
    expect(await ledger.claim(key, attempt('b'))).toEqual({ decision: { action: 'wait', until: now() + lease } });
  });

  it('knows the call that claimed last, also once it is settled, and none where the last had none', async () => {
    const settled = async (callId: string | undefined, what: Attempt) => {
      const { claim } = await ledger.claim({ ...key, ...(callId !== undefined && { callId }) }, what);
      if (claim) await ledger.settle(claim, deliveredAs(what));
      return (await ledger.read(key))?.callId;
    };
    expect(await settled('first', attempt('a', 1))).toBe('first');
    expect(await settled('second', attempt('b', 2))).toBe('second');
    expect(await settled('unchanged', attempt('b', 2))).toBe('second');
    expect(await settled(undefined, attempt('c', 3))).toBeUndefined();
  });

  it('lets exactly one of many racing claims win', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => ledger.claim(key, attempt('a'))));
    expect(claims.filter(({ claim }) => claim !== undefined)).toHaveLength(1);
  });

  it('says unchanged for what it has settled, without a claim', async () => {
    await ledger.settle(await claimed(attempt('a')), deliveredAs(attempt('a')));
    expect(await ledger.claim(key, attempt('a'))).toEqual({ decision: { action: 'unchanged', newer: false } });
    expect(await ledger.read(key)).toMatchObject({ outcome: 'delivered', object, unresolved: [] });
  });

  it('calls a change stale that comes after a newer version which took it back', async () => {
    await ledger.settle(await claimed(attempt('a', 1)), deliveredAs(attempt('a', 1)));
    expect((await ledger.claim(key, attempt('a', 3))).decision).toEqual({ action: 'unchanged', newer: true });
    expect((await ledger.claim(key, attempt('b', 2))).decision).toMatchObject({ action: 'stale', object });
  });

  it.each<{ title: string; end: Settlement | 'crash'; look: boolean }>([
    {
      title: 'is being retried',
      end: { outcome: 'retrying', object, reason: 'busy', nextTryAt: 0, resolved: true },
      look: false,
    },
    {
      title: 'may have been written',
      end: { outcome: 'retrying', object, reason: 'busy', nextTryAt: 0, resolved: false },
      look: true,
    },
    { title: 'is parked', end: { outcome: 'parked', object, reason: 'refused', resolved: true }, look: false },
    { title: 'crashed', end: 'crash', look: true },
  ])(
    'writes what was delivered again where a change $title and a newer version takes it back',
    async ({ end, look }) => {
      await ledger.settle(await claimed(attempt('a', 1)), deliveredAs(attempt('a', 1)));
      const change = await claimed(attempt('b', 2));
      if (end === 'crash') clock += lease;
      else await ledger.settle(change, end);
      const { decision, claim } = await ledger.claim(key, attempt('a', 3));
      expect(decision).toMatchObject({ action: 'write', object, look });
      if (claim) await ledger.settle(claim, deliveredAs(attempt('a', 3)));
      expect((await ledger.claim(key, attempt('b', 2))).decision).toMatchObject({ action: 'stale', object });
    },
  );

  it('says unchanged for an equal version that is no newer than the change after it', async () => {
    await ledger.settle(await claimed(attempt('a', 1)), deliveredAs(attempt('a', 1)));
    const settlement = { outcome: 'retrying', object, reason: 'busy', nextTryAt: 0, resolved: true } as const;
    await ledger.settle(await claimed(attempt('b', 2)), settlement);
    expect(await ledger.claim(key, attempt('a', 1))).toEqual({ decision: { action: 'unchanged', newer: false } });
    expect(await ledger.read(key)).toMatchObject({ outcome: 'retrying' });
  });

  it.each(['retrying', 'parked'] as const)(
    'writes what was delivered again where the same version was %s since then, until it is delivered again',
    async (outcome) => {
      await ledger.settle(await claimed(attempt('a')), deliveredAs(attempt('a')));
      const failure = { object, reason: 'other settings', resolved: true };
      const settlement = outcome === 'parked' ? { outcome, ...failure } : { outcome, ...failure, nextTryAt: 0 };
      await ledger.settle(await claimed(attempt('b')), settlement);
      const { decision, claim } = await ledger.claim(key, attempt('a'));
      expect(decision).toMatchObject({ action: 'write', object, delivered: { written: 'abcdefgh' }, look: false });
      if (claim) await ledger.settle(claim, deliveredAs(attempt('a')));
      expect(await ledger.read(key)).toEqual({
        outcome: 'delivered',
        object,
        delivered: { ...attempt('a'), written: 'abcdefgh' },
        unresolved: [],
      });
    },
  );

  it('hands the known object to a newer version, and calls an older one stale', async () => {
    await ledger.settle(await claimed(attempt('a', 5)), deliveredAs(attempt('a', 5)));
    const older = await ledger.claim(key, attempt('b', 4));
    expect(older.decision).toMatchObject({ action: 'stale', object });
    if (older.claim) await ledger.settle(older.claim, { outcome: 'released' });
    const newer = await ledger.claim(key, attempt('c', 6));
    expect(newer.decision).toMatchObject({ action: 'write', object, delivered: { written: 'abcdefgh' }, look: false });
  });

  it('tells whoever comes after a crash to look before writing, until that attempt is delivered', async () => {
    await claimed(attempt('a'));
    clock += lease;
    const next = await ledger.claim(key, attempt('a'));
    expect(next.decision).toMatchObject({ action: 'write', look: true });
    if (next.claim) await ledger.settle(next.claim, deliveredAs(attempt('a')));
    expect((await ledger.claim(key, attempt('b', 2))).decision).toMatchObject({ action: 'write', look: false });
  });

  it('remembers a crashed attempt also after another version was delivered', async () => {
    await claimed(attempt('a', 2));
    clock += lease;
    await ledger.settle(await claimed(attempt('b', 3)), deliveredAs(attempt('b', 3)));
    expect((await ledger.claim(key, attempt('c', 4))).decision).toMatchObject({ action: 'write', look: true });
  });

  it.each([
    { title: 'nothing was written', resolved: true, look: false },
    { title: 'something may have been written', resolved: false, look: true },
  ])('makes the next try look only where $title', async ({ resolved, look }) => {
    const settlement: Settlement = { outcome: 'retrying', object, reason: 'busy', nextTryAt: now() + 10_000, resolved };
    await ledger.settle(await claimed(attempt('a')), settlement);
    expect(await ledger.read(key)).toMatchObject({
      outcome: 'retrying',
      reason: 'busy',
      nextTryAt: now() + 10_000,
      object,
    });
    expect((await ledger.claim(key, attempt('a'))).decision).toMatchObject({ action: 'write', object, look });
  });

  it('forgets object and notes where an attempt ends without one', async () => {
    await ledger.settle(await claimed(attempt('a')), deliveredAs(attempt('a')));
    const settlement: Settlement = { outcome: 'parked', object: undefined, reason: 'gone', resolved: true };
    await ledger.settle(await claimed(attempt('b')), settlement);
    expect(await ledger.read(key)).toEqual({
      outcome: 'parked',
      reason: 'gone',
      tried: attempt('b').recency,
      unresolved: [],
    });
  });

  it.each(['retrying', 'parked'] as const)(
    'forgets what was delivered to a limeobject that has vanished, where the one made anew is %s',
    async (outcome) => {
      await ledger.settle(await claimed(attempt('a')), deliveredAs(attempt('a')));
      const failure = { object: { ...object, id: 1002 }, reason: 'busy', resolved: true, anew: true };
      const settlement = outcome === 'parked' ? { outcome, ...failure } : { outcome, ...failure, nextTryAt: 0 };
      await ledger.settle(await claimed(attempt('b', 2)), settlement);
      expect((await ledger.claim(key, attempt('a'))).decision).toEqual({
        action: 'write',
        object: { ...object, id: 1002 },
        delivered: undefined,
        look: false,
      });
    },
  );

  it.each(['retrying', 'parked'] as const)(
    'is held where an attempt is %s at whose last request Lime may still be at work',
    async (outcome) => {
      const heldUntil = now() + 20_000;
      const failure = { object, reason: 'no answer', resolved: false, heldUntil };
      const settlement = outcome === 'parked' ? { outcome, ...failure } : { outcome, ...failure, nextTryAt: heldUntil };
      const claim = await claimed(attempt('a'));
      await ledger.settle(claim, settlement);
      expect(await ledger.read(key)).toMatchObject({ outcome, object, lease: { until: heldUntil } });
      await expect(ledger.extend(claim, 200_000)).rejects.toThrow(ClaimLost);
      expect(await ledger.claim(key, attempt('b', 2))).toEqual({ decision: { action: 'wait', until: heldUntil } });
      clock = heldUntil;
      const next = await ledger.claim(key, attempt('b', 2));
      expect(next.decision).toMatchObject({ action: 'write', object, look: true });
      if (next.claim) await ledger.settle(next.claim, deliveredAs(attempt('b', 2)));
      expect((await ledger.read(key))?.lease).toBeUndefined();
    },
  );

  it('keeps the links that the limeobject may have before they are written, for its owner alone', async () => {
    await ledger.settle(await claimed(attempt('a')), deliveredAs(attempt('a')));
    const claim = await claimed(attempt('b', 2));
    const links = { person: [1001, null], company: [null], coworker: [1002] };
    await ledger.record(claim, { ...object, values: '', links });
    const before = await ledger.read(key);
    expect(before).toMatchObject({
      outcome: 'delivered',
      object: { values: '', links },
      lease: { owner: claim.owner },
    });
    await expect(ledger.record({ ...claim, owner: 'another' }, object)).rejects.toThrow(ClaimLost);
    clock += lease;
    expect((await ledger.claim(key, attempt('c', 3))).decision).toMatchObject({ object: { links }, look: true });
  });

  it('adds what an older version has written, and keeps what it knows of the newest', async () => {
    await ledger.settle(await claimed(attempt('a', 5)), deliveredAs(attempt('a', 5)));
    const before = await ledger.read(key);
    const { decision, claim } = await ledger.claim(key, attempt('b', 4));
    if (claim === undefined || decision.action !== 'stale') throw new Error('not stale');
    const delivered = { ...decision.delivered, written: 'abcdefghijklmnop' };
    await ledger.settle(claim, { outcome: 'released', delivered });
    expect(await ledger.read(key)).toEqual({ ...before, delivered });
  });

  it('is held where Lime may be at work on what an older version has sent', async () => {
    await ledger.settle(await claimed(attempt('a', 5)), deliveredAs(attempt('a', 5)));
    const heldUntil = now() + 20_000;
    await ledger.settle(await claimed(attempt('b', 4)), { outcome: 'released', resolved: false, heldUntil });
    expect(await ledger.read(key)).toMatchObject({
      outcome: 'delivered',
      lease: { until: heldUntil },
      unresolved: ['b'],
    });
    expect(await ledger.claim(key, attempt('b', 4))).toEqual({ decision: { action: 'wait', until: heldUntil } });
    clock = heldUntil;
    expect((await ledger.claim(key, attempt('b', 4))).decision).toMatchObject({ action: 'stale', look: true });
  });

  it('keeps what was settled where nothing was to be done', async () => {
    await ledger.settle(await claimed(attempt('a', 5)), deliveredAs(attempt('a', 5)));
    const before = await ledger.read(key);
    await ledger.settle(await claimed(attempt('b', 4)), { outcome: 'released' });
    expect(await ledger.read(key)).toEqual(before);
  });

  it.each([
    { title: 'what it began before', resolved: false, look: true },
    { title: 'nothing', resolved: true, look: false },
  ])('leaves $title unresolved where an attempt ends that had nothing to do', async ({ resolved, look }) => {
    await claimed(attempt('a'));
    clock += lease;
    await ledger.settle(await claimed(attempt('a')), { outcome: 'released', resolved });
    expect((await ledger.claim(key, attempt('b'))).decision).toMatchObject({ action: 'write', look });
  });

  it('extends a lease that would not last, for its owner only', async () => {
    const claim = await claimed(attempt('a'));
    clock += lease - 1_000;
    await ledger.extend(claim, 11_000);
    clock += 2_000;
    expect((await ledger.claim(key, attempt('a'))).decision).toMatchObject({ action: 'wait' });
    clock += lease;
    await claimed(attempt('a'));
    await expect(ledger.extend(claim, 2 * lease)).rejects.toThrow(ClaimLost);
    await expect(ledger.settle(claim, deliveredAs(attempt('a')))).rejects.toThrow(ClaimLost);
  });
});
