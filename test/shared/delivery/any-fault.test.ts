import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DeliveryDeps, deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/record.ts';
import { LimeError } from '../../../shared/errors.ts';
import { ClaimLostError, type Ledger } from '../../../shared/ledger/ledger.ts';
import { withReadBack } from '../../../shared/ledger/read-back.ts';
import { type Lime, UnsentError } from '../../../shared/lime/lime.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, type Fate, Killed, lease, limeOver } from '../../support/lime-world.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';

const settings = settingsOf({
  instances: [
    anInstance({
      properties: { title: { template: 'Userlike conversation {{ id }}' }, email: { path: 'contact.email' } },
      conversation: { limetype: 'ulconversation', identify: 'conversationid', relation: 'helpdesk' },
      documents: {
        limetype: 'document',
        relation: 'helpdesk',
        file: 'document',
        identify: 'ul_messageid',
        media: { hosts: ['files.example.com'] },
      },
      todo: {
        relation: 'helpdesk',
        properties: { subject: { template: 'Call back · #{{ id }}' } },
        due: {},
      },
      relations: {
        person: {
          property: 'person',
          limetype: 'person',
          rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
          fill: { properties: { phone: { value: '+46 1' }, position: { value: 'Seller' } } },
        },
      },
    }),
  ],
});

/** A version of the conversation: each third message is a file. */
function versionOf(messages: number): Job {
  const transcript = Array.from({ length: messages }, (_, index) =>
    index % 3 === 1
      ? aMessage({
          id: `1.1.${index}`,
          body: null,
          file: { url: `https://files.example.com/${index}.txt`, name: 'a.txt' },
        })
      : aMessage({ id: `1.1.${index}`, body: `Message number ${index}. ${'word '.repeat(index * 12)}` }),
  );
  const contact = { email: `ada${messages}@example.org` };
  const updatedAt = new Date(Date.UTC(2024, 1, messages)).toISOString();
  const conversation = Conversation.parse(aConversation({ contact, transcript, updated_at: updatedAt }));
  return {
    organization: '108905',
    conversation: String(conversation.id),
    callId: 'call',
    draft: toDraft(conversation, settings),
    acceptedAt: '2024-02-22T15:49:23.146Z',
    lastTry: false,
  };
}

const versions = [versionOf(4), versionOf(7), versionOf(10)];
const newest = versionOf(10);

type LimeFate = Fate | 'not understood' | 'not sent' | 'lost in a gateway' | 'denied';
type LedgerFate = 'fine' | 'fails before' | 'fails after' | 'lease lost';

const limeFates = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<LimeFate>('answered') },
    {
      weight: 5,
      arbitrary: fc.constantFrom<LimeFate>(
        ...(['lost before', 'lost after', 'refused for now', 'killed before', 'killed after'] as const),
        ...(['not understood', 'not sent', 'lost in a gateway', 'denied'] as const),
      ),
    },
  ),
  { maxLength: 25 },
);

const ledgerFates = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<LedgerFate>('fine') },
    { weight: 3, arbitrary: fc.constantFrom<LedgerFate>('fails before', 'fails after', 'lease lost') },
  ),
  { maxLength: 40 },
);

class LedgerFault extends Error {}

type World = ReturnType<typeof createWorld>;

/** A Lime and a ledger that meet these fates, one for each request; after them all goes well. */
function faultyWorld(limeSchedule: readonly LimeFate[], ledgerSchedule: readonly LedgerFate[]) {
  const world = createWorld([]);
  const ledger = withReadBack(faultyLedger(world, [...ledgerSchedule]));
  const deps: DeliveryDeps = {
    ...world.deps,
    ledger,
    limeFor: limeOver(faultyLime(world, [...limeSchedule])),
    find: async () => ({ person: { kind: 'one', id: 1_001 }, company: { kind: 'none' }, coworker: { kind: 'none' } }),
    fetchMedia: async (url) => ({ ok: true, name: 'a.txt', bytes: Buffer.from(url), contentType: 'text/plain' }),
  };
  return { world, deps };
}

function faultyLime(world: World, schedule: LimeFate[]): Lime {
  return async (request, schema) => {
    const fate = schedule.shift() ?? 'answered';
    const unclear = request.method === 'GET' ? 'unavailable' : 'unclear';
    if (fate === 'not sent') throw new UnsentError(new LimeError('unclear', fate, { status: 503 }));
    if (fate === 'denied') throw new LimeError('denied', fate, { status: 401 });
    if (fate === 'lost in a gateway') throw new LimeError(unclear, fate, { status: 502 });
    if (fate === 'not understood') {
      await world.lime(request, schema);
      throw new LimeError(unclear, fate, { status: 200 });
    }
    if (fate !== 'answered') world.meet([fate]);
    return world.lime(request, schema);
  };
}

function faultyLedger(world: World, schedule: LedgerFate[]): Ledger {
  const { ledger } = world.deps;
  function faulty<Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) {
    return async (...args: Arguments): Promise<Result> => {
      const fate = schedule.shift() ?? 'fine';
      if (fate === 'fails before') throw new LedgerFault(fate);
      if (fate === 'lease lost') await loseLease(world);
      const result = await call(...args);
      if (fate === 'fails after') throw new LedgerFault(fate);
      return result;
    };
  }
  return {
    ...ledger,
    claim: faulty(ledger.claim),
    extend: faulty(ledger.extend),
    record: faulty(ledger.record),
    settle: faulty(ledger.settle),
  };
}

/** The mapper stands still until another one has claimed the conversation and released it. */
async function loseLease({ deps: { ledger }, pass }: World): Promise<void> {
  pass(3 * lease);
  const older = { fingerprint: 'of an older version', recency: { messages: 1, updatedAt: 1 } };
  const { claim } = await ledger.claim({ organization: newest.organization, conversation: newest.conversation }, older);
  if (claim !== undefined) await ledger.settle(claim, { outcome: 'released' });
}

async function deliverUntilDone(job: Job, { world, deps }: ReturnType<typeof faultyWorld>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      const delivery = await deliver(job, deps);
      if (delivery.outcome !== 'retry') return;
      world.pass(1_000 * delivery.seconds);
    } catch (error) {
      if (!(error instanceof Killed || error instanceof LedgerFault || error instanceof ClaimLostError)) throw error;
      world.pass(error instanceof Killed ? lease : 1_000);
    }
  }
  throw new Error('never delivered');
}

function messagesIn({ notes }: World): number[] {
  const text = notes.map(({ note }) => note).join('\n');
  return [...text.matchAll(/Message number (\d+)/g)].map(([, number]) => Number(number));
}

/** The activity is there once. What was blank is filled, and the rest of the person stays. */
function expectFollowUp({ todos, person }: World): void {
  expect(todos).toMatchObject([{ subject: 'Call back · #63741936' }]);
  expect(person).toEqual({ _id: 1_001, phone: '+46 1', position: 'Buyer' });
}

describe('one conversation with a row, an activity, files and notes, whatever happens to Lime and to the ledger', () => {
  it('is in Lime once, whole and in order', async () => {
    await fc.assert(
      fc.asyncProperty(limeFates, ledgerFates, async (limeSchedule, ledgerSchedule) => {
        const faulty = faultyWorld(limeSchedule, ledgerSchedule);
        await deliverUntilDone(newest, faulty);

        const { helpdesks, rows, documents } = faulty.world;
        expect([...helpdesks.values()]).toMatchObject([{ email: 'ada10@example.org' }]);
        expect(rows).toHaveLength(1);
        expectFollowUp(faulty.world);
        expect(documents.map((document) => document.ul_messageid).sort()).toEqual(['1.1.1', '1.1.4', '1.1.7']);
        expect(messagesIn(faulty.world)).toEqual([0, 2, 3, 5, 6, 8, 9]);
      }),
      { numRuns: 200 },
    );
  });

  it('is in Lime once and whole also when three versions of it arrive in any order, twice each', async () => {
    const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, limeFates, ledgerFates, async (order, limeSchedule, ledgerSchedule) => {
        const faulty = faultyWorld(limeSchedule, ledgerSchedule);
        for (const index of order) await deliverUntilDone(versions[index] ?? newest, faulty);

        const { helpdesks, rows, documents } = faulty.world;
        expect([...helpdesks.values()]).toMatchObject([{ email: 'ada10@example.org' }]);
        expect(rows).toHaveLength(1);
        expectFollowUp(faulty.world);
        expect(documents.map((document) => document.ul_messageid).sort()).toEqual(['1.1.1', '1.1.4', '1.1.7']);
        expect(messagesIn(faulty.world).sort((one, other) => one - other)).toEqual([0, 2, 3, 5, 6, 8, 9]);
      }),
      { numRuns: 200 },
    );
  });
});
