import { describe, expect, it } from '@jest/globals';
import { isOlder } from '../../../shared/ledger/states.ts';
import { recencyOf } from '../../../shared/mapping/draft.ts';
import { laneFor } from '../../../shared/queue/lane.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { createDraw } from '../../../tools/soak/draw.ts';
import { createTraffic, type Kind, versionsOf } from '../../../tools/soak/traffic.ts';
import type { Version } from '../../../tools/soak/version.ts';

const calls = createTraffic(3, 400);
const versions = calls.flatMap((call) => call.versions);
const byConversation = [...Map.groupBy(versions, ({ conversation }) => conversation).values()];
function numbersOf(sent: typeof versions): number[] {
  return sent.map(({ number }) => number);
}

describe('the traffic of a run', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(createTraffic(3, 400)).toEqual(calls);
    expect(createTraffic(4, 400)).not.toEqual(calls);
  });

  it('has every conversation, in single calls and in arrays, as the add-on endpoint takes them', () => {
    expect(byConversation).toHaveLength(400);
    const lanes = Map.groupBy(calls, ({ versions: sent }) => laneFor(sent.length));
    expect(lanes.get('interactive')?.length).toBeGreaterThan(5);
    expect(lanes.get('bulk')?.length).toBeGreaterThan(5);
    expect(calls.filter(({ body }) => !Array.isArray(body)).length).toBeGreaterThan(5);
    for (const { body, versions: sent } of calls) {
      const payloads = [body].flat();
      expect(payloads).toEqual(sent.map(({ payload }) => payload));
      for (const payload of payloads) expect(Conversation.safeParse(payload).success).toBe(true);
    }
  });

  it('has conversations sent once, again without a change, changed, out of order, and long ones', () => {
    const sent = byConversation.map(numbersOf);
    expect(sent.some((numbers) => numbers.length === 1)).toBe(true);
    expect(sent.some((numbers) => numbers.length > 1 && new Set(numbers).size === 1)).toBe(true);
    expect(sent.some((numbers) => numbers.length > 2 && numbers.join() === '1,2,3')).toBe(true);
    expect(sent.some((numbers) => numbers.join() !== numbers.toSorted((a, b) => a - b).join())).toBe(true);
    expect(versions.some(({ tokens }) => tokens.length > 50)).toBe(true);
  });

  it('has a token of its own for each message, in whichever versions it is', () => {
    for (const { tokens } of versions) expect(new Set(tokens).size).toBe(tokens.length);
    const ofDifferent = byConversation.flatMap(([first]) => first?.tokens ?? []);
    expect(new Set(ofDifferent).size).toBe(ofDifferent.length);
  });
});

function ofKind(kind: Kind) {
  return Array.from({ length: 40 }, (_, seed) => versionsOf(1_000_000, kind, createDraw(seed, '')));
}
function byNumber(sent: Version[]): Version[] {
  return sent.toSorted((one, other) => one.number - other.number);
}
function isOlderThan(one: Version | undefined, other: Version | undefined): boolean {
  return one !== undefined && other !== undefined && isOlder(recencyIn(one), recencyIn(other));
}
function recencyIn({ payload }: Version) {
  return recencyOf(Conversation.parse(payload));
}

describe('a conversation', () => {
  it.each<{ kind: Kind }>([{ kind: 'changed' }, { kind: 'out of order' }, { kind: 'corrected' }, { kind: 'late' }])(
    'that is $kind has versions of which each is newer than the one before',
    ({ kind }) => {
      for (const sent of ofKind(kind).map(byNumber)) {
        for (const [at, version] of sent.slice(1).entries()) expect(isOlderThan(sent[at], version)).toBe(true);
      }
    },
  );

  it('that is corrected changes to another known person, to somebody unknown, and back', () => {
    const persons = ofKind('corrected').map((sent) => byNumber(sent).map(({ links }) => links.person));
    const [known] = persons.filter(([, one, stranger, other]) => one && !stranger && other && one !== other);

    expect(known).toBeDefined();
    for (const [first, , , , back] of persons.filter(({ length }) => length === 5)) expect(back).toBe(first);
    expect(persons.some(({ length }) => length === 5)).toBe(true);
  });

  it('that is corrected gets another operator, who may be no coworker', () => {
    const coworkers = new Set(ofKind('corrected').flatMap((sent) => sent.map(({ links }) => links.coworker)));

    expect([...coworkers].sort()).toEqual(['maria.muster@example.com', 'peter.testman@example.com', undefined]);
  });

  it('that is late ends with an older version, which holds messages of its own', () => {
    for (const sent of ofKind('late')) {
      const [newest, oldest] = [sent[0], sent.at(-1)];

      expect(isOlderThan(oldest, newest)).toBe(true);
      expect(oldest?.tokens.filter((token) => !newest?.tokens.includes(token))).not.toEqual([]);
    }
  });
});
