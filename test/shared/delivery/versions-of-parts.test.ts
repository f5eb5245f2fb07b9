import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryDeps } from '../../../shared/delivery/deliver.ts';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/record.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import type { Match } from '../../../shared/mapping/search.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, deliverUntilDone, type Fate, limeOver, type World } from '../../support/lime-world.ts';

const fates = fc.constantFrom<Fate>(
  'answered',
  'lost before',
  'lost after',
  'refused for now',
  'killed before',
  'killed after',
);
const settings = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');

/** A call of a conversation, from one message to another, by a contact who is somebody else each time. */
function aVersion(number: number, from: number, to: number, more: Record<string, unknown> = {}): Job {
  const conversation = Conversation.parse(
    aConversation({
      contact: { name: 'Ada', email: `ada${number}@example.org` },
      transcript: Array.from({ length: to - from }, (_, index) =>
        aMessage({ id: `1.${number}.${from + index}`, body: `Message number ${from + index}.` }),
      ),
      updated_at: new Date(Date.UTC(2023, 1, number)).toISOString(),
      ...more,
    }),
  );
  return {
    organization: '108905',
    conversation: String(conversation.id),
    callId: 'call',
    draft: toDraft(conversation, settings),
    acceptedAt: '2023-02-22T15:49:23.146Z',
    lastTry: false,
  };
}

function one(id: number): Match {
  return { kind: 'one', id };
}
/** Lime has a person for the first contact and the last, and a company beside the first one only. */
const find: DeliveryDeps['find'] = async (draft) => {
  const [, number] = /ada(\d)@/.exec(draft.conversation.contact?.email ?? '') ?? [];
  const none: Match = { kind: 'none' };
  return {
    person: number === '2' ? none : one(Number(number)),
    company: number === '1' ? one(10) : none,
    coworker: none,
  };
};
function aWorld(schedule: readonly Fate[] = []): World {
  const world = createWorld(schedule);
  const metadata: DeliveryDeps['metadata'] = async (limetypes) => {
    const all = new Map(await world.deps.metadata(limetypes));
    const type = all.get('helpdesk');
    const email = type?.properties.get('email');
    if (type === undefined || email === undefined) return all;
    const relations = ['person', 'company'].map((name) => [name, { ...email, name, type: 'belongsto' }] as const);
    return all.set('helpdesk', { ...type, properties: new Map([...type.properties, ...relations]) });
  };
  return { ...world, deps: { ...world.deps, find, metadata } };
}
function numbersIn({ notes }: World) {
  return notes.flatMap(({ note }) =>
    [...String(note).matchAll(/Message number (\d+)/g)].map(([, number]) => Number(number)),
  );
}
const newestOf = { email: 'ada3@example.org', person: 3 };

describe('calls that hold parts of one conversation', () => {
  const versions = [aVersion(1, 0, 3), aVersion(2, 3, 6), aVersion(3, 6, 9)];

  it('come to one limeobject like the newest, with each message once, in any order and whatever happens', async () => {
    const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fates, { maxLength: 16 }), async (order, schedule) => {
        const world = aWorld(schedule);
        for (const index of order) await deliverUntilDone(versions[index] ?? aVersion(1, 0, 1), world);
        expect([...world.helpdesks.values()]).toMatchObject([newestOf]);
        expect([...world.helpdesks.values()][0]?.company ?? null).toBeNull();
        expect(numbersIn(world).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      }),
      { numRuns: 300 },
    );
  });

  it('come to it also where each is begun before any of them is ended', async () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 0, 1, 2, 0, 1, 2], { minLength: 9 });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fates, { minLength: 4, maxLength: 24 }), async (order, schedule) => {
        const world = aWorld(schedule);
        for (const index of order) {
          await deliver(versions[index] ?? aVersion(1, 0, 1), world.deps).catch(() => undefined);
          world.pass(90_000);
        }
        for (const version of versions) await deliverUntilDone(version, world);
        expect([...world.helpdesks.values()]).toMatchObject([newestOf]);
        expect(numbersIn(world).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      }),
      { numRuns: 300 },
    );
  });
});

it.each<Fate>(['killed before', 'killed after', 'lost before', 'lost after'])(
  'the newest version links its own contact after an update of another was %s',
  async (fate) => {
    const world = aWorld();
    await deliverUntilDone(aVersion(3, 0, 1), world);
    world.meet(['answered', fate]);
    await deliver(aVersion(4, 1, 2), world.deps).catch(() => undefined);
    expect(world.asked.at(-1)).toMatch(/^PUT /);
    world.pass(90_000);
    await deliverUntilDone(aVersion(5, 2, 3), world);
    expect([...world.helpdesks.values()]).toMatchObject([{ email: 'ada5@example.org', person: 5 }]);
  },
);

describe('an older call that comes late', () => {
  it('adds only its own messages: no property, no link, no contact', async () => {
    const world = aWorld();
    await deliverUntilDone(aVersion(3, 2, 4), world);
    const before = [...world.helpdesks.values()].map((helpdesk) => ({ ...helpdesk }));
    const known = await world.deps.ledger.read(aVersion(3, 2, 4));
    world.asked.length = 0;
    const rated = { rate: 5, feedback_message: 'Not told again.' };
    const findOrCreate: DeliveryDeps['findOrCreate'] = async () => {
      throw new Error('nobody is made for an older version');
    };
    expect(await deliver(aVersion(1, 0, 2, rated), { ...world.deps, findOrCreate })).toMatchObject({
      outcome: 'updated',
      limeobject: 1_001,
    });
    expect(world.asked).toEqual(['POST /api/v1/limeobject/history/']);
    expect([...world.helpdesks.values()]).toEqual(before);
    const note = String(world.notes.at(-1)?.note);
    // Its mark, and below it what was said.
    expect(note).toMatch(/^[^\n]*continued \(1\/1\)[^\n]*\n\[[^\n]*Message number 0\./);
    expect(note).not.toContain('ada1@example.org');
    expect(note).not.toContain('Not told again.');
    const after = await world.deps.ledger.read(aVersion(3, 2, 4));
    const { writtenDigests = '' } = after?.delivered ?? {};
    expect(after).toEqual({ ...known, delivered: { ...known?.delivered, writtenDigests } });
    expect(await deliver(aVersion(1, 0, 2, rated), world.deps)).toMatchObject({ outcome: 'stale' });
    expect(await deliver(aVersion(3, 2, 4), world.deps)).toMatchObject({ outcome: 'unchanged' });
  });

  it('costs nothing where Lime has its messages', async () => {
    const world = aWorld();
    await deliverUntilDone(aVersion(3, 0, 4, {}), world);
    world.asked.length = 0;
    const older = aVersion(1, 0, 2, { transcript: aVersion(3, 0, 2).draft.conversation.transcript });
    expect(await deliver(older, world.deps)).toMatchObject({ outcome: 'stale' });
    expect(world.asked).toEqual([]);
  });

  it('changes nothing of what the link says of the newest, where it fails', async () => {
    const world = aWorld();
    await deliverUntilDone(aVersion(3, 2, 4), world);
    world.meet(['lost before']);
    expect(await deliver(aVersion(1, 0, 2), world.deps)).toMatchObject({ outcome: 'retry', seconds: 20 });
    const entry = await world.deps.ledger.read(aVersion(3, 2, 4));
    expect(entry).toMatchObject({ outcome: 'delivered', lease: { until: expect.any(Number) } });
    expect(entry?.unconfirmedAttempts).toHaveLength(1);
    world.pass(20_000);
    await deliverUntilDone(aVersion(1, 0, 2), world);
    expect(numbersIn(world).toSorted()).toEqual([0, 1, 2, 3]);
    expect(await world.deps.ledger.read(aVersion(3, 2, 4))).toMatchObject({
      outcome: 'delivered',
      unconfirmedAttempts: [],
    });
  });

  it('is created again where the limeobject has vanished, as the only remaining version', async () => {
    const world = aWorld();
    await deliverUntilDone(aVersion(3, 2, 4), world);
    world.helpdesks.clear();
    world.notes.length = 0;
    const refuse: Lime = async (request, schema) => {
      const isDangling = request.path.includes('history') && !world.helpdesks.has(Number(request.body?.helpdesk));
      if (isDangling) throw new LimeError('refused', 'no such helpdesk', { status: 422 });
      return world.lime(request, schema);
    };
    const deps = { ...world.deps, limeFor: limeOver(refuse) };
    expect(await deliver(aVersion(1, 0, 2), deps)).toMatchObject({ outcome: 'created' });
    expect([...world.helpdesks.values()]).toMatchObject([{ email: 'ada1@example.org', person: 1, company: 10 }]);
    await deliver(aVersion(3, 2, 4), deps);
    expect([...world.helpdesks.values()]).toMatchObject([{ email: 'ada3@example.org', person: 3, company: null }]);
    expect(numbersIn(world).toSorted()).toEqual([0, 1, 2, 3]);
  });
});

it.each(['updated_at', 'sent_at'])('a date in the year 9999 (%s) does not make later versions old', async (where) => {
  const far = '9999-12-31T23:59:59Z';
  const world = aWorld();
  const first =
    where === 'updated_at'
      ? aVersion(1, 0, 1, { updated_at: far })
      : aVersion(1, 0, 1, { updated_at: undefined, transcript: [aMessage({ id: '1.1.0', sent_at: far })] });
  await deliverUntilDone(first, world);
  await deliverUntilDone(aVersion(3, 0, 3), world);
  expect([...world.helpdesks.values()]).toMatchObject([newestOf]);
});
