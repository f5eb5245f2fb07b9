import { describe, expect, it } from '@jest/globals';
import type { DeliveryDeps } from '../../../shared/delivery/deliver.ts';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/record.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import type { LimeRequest } from '../../../shared/lime/requests.ts';
import { failureOf, LATE_WRITE_GRACE_MS, type ResponseForm, retryDelay } from '../../../shared/lime/retry.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, Killed, limeOver, type World } from '../../support/lime-world.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';

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
    }),
  ],
});

function jobOf(name: string, lastTry = false): Job {
  const file = { url: 'https://files.example.com/offer.txt', name: 'offer.txt' };
  const conversation = aConversation({
    contact: { email: `${name}@example.org` },
    transcript: [aMessage({ id: '1.1.1' }), aMessage({ id: '1.1.2', body: null, file })],
  });
  return {
    organization: '108905',
    conversation: '63741936',
    callId: 'call',
    draft: toDraft(Conversation.parse(conversation), settings),
    acceptedAt: '2024-02-22T15:49:23.146Z',
    lastTry,
  };
}

/** A Lime that carries the first write to this path out only when it is told to, and whose answer nobody gets. */
function lateWorld(method: string, path: string, error: (request: LimeRequest) => Error) {
  const world = createWorld([]);
  const late: (() => Promise<unknown>)[] = [];
  let begun = false;
  const lime: Lime = async (request, schema) => {
    if (begun || request.method !== method || !request.path.includes(path)) {
      return world.lime(request, schema);
    }
    begun = true;
    late.push(() => world.lime(request, schema));
    throw error(request);
  };
  // A third of the longest wait after a first receive, so that a wait for Lime has to be asked for.
  const delay: DeliveryDeps['delay'] = (after) => retryDelay(1, after, () => 0.3);
  return {
    ...world,
    // A lease as short as that of a local run: what keeps the next attempt away is the request.
    deps: {
      ...world.deps,
      limeFor: limeOver(lime),
      delay,
      ledger: createMemoryLedger({ lease: 5_000, now: world.deps.now }),
    },
    carryOut: async () => {
      for (const write of late.splice(0)) await write();
    },
  };
}

function answered(status: number, form: ResponseForm) {
  return (request: LimeRequest) =>
    new LimeError(failureOf(request, status, form), `${request.method} was answered ${status}`, { status });
}
function withoutAnswer(cause: unknown) {
  return () => new LimeError('unclear', 'got no answer', { cause });
}

const unclear = [
  { title: 'a proxy answers 502', error: answered(502, 'page') },
  { title: 'a proxy answers 504', error: answered(504, 'page') },
  { title: 'Lime answers 408', error: answered(408, 'empty') },
  { title: 'Lime answers 500 in JSON', error: answered(500, 'json') },
  { title: 'the connection is reset', error: withoutAnswer(Object.assign(new Error(), { code: 'ECONNRESET' })) },
  { title: 'the request times out', error: withoutAnswer(new DOMException('timeout', 'TimeoutError')) },
  { title: 'the mapper is killed', error: () => new Killed() },
];
const written = [
  'limeobject/helpdesk',
  'limeobject/history',
  'limeobject/ulconversation',
  'limeobject/document',
  '/file',
];
const cases = unclear.flatMap((one) => written.map((path) => ({ ...one, path })));

function whatIsIn({ helpdesks, notes, rows, documents }: Pick<World, 'helpdesks' | 'notes' | 'rows' | 'documents'>) {
  return {
    helpdesks: [...helpdesks.values()],
    notes,
    rows,
    // An upload whose answer got lost is made again.
    documents: documents.map(({ document: _, ...rest }) => rest),
  };
}

describe('a create that Lime carries out fifteen seconds later', () => {
  it.each(cases)('is made once where $title ($path)', async ({ path, error }) => {
    const world = lateWorld('POST', path, error);
    const { deps, pass } = world;
    let waited = 0;
    for (let receive = 0; receive < 50; receive += 1) {
      // A record whose mapper was killed comes again when its visibility timeout ends, here long before the lease.
      const delivery = await deliver(jobOf('ada'), deps).catch(() => ({ outcome: 'retry', seconds: 4 }) as const);
      if (delivery.outcome !== 'retry') break;
      if (waited < 15 && waited + delivery.seconds >= 15) await world.carryOut();
      waited += delivery.seconds;
      pass(delivery.seconds * 1_000);
    }
    await world.carryOut();
    const undisturbed = createWorld([]);
    await deliver(jobOf('ada'), undisturbed.deps);
    expect(whatIsIn(world)).toEqual(whatIsIn(undisturbed));
    expect(await deps.ledger.read(jobOf('ada'))).toMatchObject({ outcome: 'delivered', unconfirmedAttempts: [] });
  });

  it('is awaited by other versions of the conversation too', async () => {
    const world = lateWorld('POST', 'helpdesk', answered(504, 'page'));
    expect(await deliver(jobOf('ada'), world.deps)).toMatchObject({
      outcome: 'retry',
      seconds: LATE_WRITE_GRACE_MS / 1_000,
    });
    world.pass(LATE_WRITE_GRACE_MS - 1);
    expect(await deliver(jobOf('eve'), world.deps)).toMatchObject({ outcome: 'retry' });
    await world.carryOut();
    world.pass(1);
    expect(await deliver(jobOf('eve'), world.deps)).toMatchObject({ outcome: 'updated' });
    expect([...world.helpdesks.values()]).toMatchObject([{ email: 'eve@example.org' }]);
  });

  it('is awaited by a record that comes after the last try of another was parked', async () => {
    const world = lateWorld('POST', 'helpdesk', answered(504, 'page'));
    const deps = { ...world.deps, park: async () => undefined };
    expect(await deliver(jobOf('ada', true), deps)).toMatchObject({ outcome: 'parked' });
    expect(await deps.ledger.read(jobOf('ada'))).toMatchObject({ outcome: 'parked' });
    expect(await deliver(jobOf('ada'), deps)).toMatchObject({ outcome: 'retry' });
    await world.carryOut();
    world.pass(LATE_WRITE_GRACE_MS);
    expect(await deliver(jobOf('ada'), deps)).toMatchObject({ outcome: 'updated' });
    expect(world.helpdesks.size).toBe(1);
  });

  it('is not awaited where Lime has answered that it is done', async () => {
    const world = lateWorld('POST', 'helpdesk', () => new LimeError('unclear', 'not understood', { status: 201 }));
    const delivery = await deliver(jobOf('ada'), world.deps);
    expect(delivery).toMatchObject({ outcome: 'retry', seconds: 3 });
    await world.carryOut();
    expect(await deliver(jobOf('ada'), world.deps)).toMatchObject({ outcome: 'updated' });
    expect(world.helpdesks.size).toBe(1);
  });
});

it('an update that Lime carries out late does not undo a newer one', async () => {
  const world = lateWorld('PUT', 'helpdesk', answered(504, 'page'));
  await deliver(jobOf('ada'), world.deps);
  expect(await deliver(jobOf('eve'), world.deps)).toMatchObject({ outcome: 'retry' });
  expect(await deliver(jobOf('gwen'), world.deps)).toMatchObject({ outcome: 'retry' });
  await world.carryOut();
  world.pass(LATE_WRITE_GRACE_MS);
  await deliver(jobOf('gwen'), world.deps);
  expect([...world.helpdesks.values()]).toMatchObject([{ email: 'gwen@example.org' }]);
});
