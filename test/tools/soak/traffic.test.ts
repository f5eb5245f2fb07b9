import { describe, expect, it } from '@jest/globals';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { createTraffic } from '../../../tools/soak/traffic.ts';

const calls = createTraffic(3, 400);
const versions = calls.flatMap((call) => call.versions);
const byConversation = [...Map.groupBy(versions, ({ conversation }) => conversation).values()];
const numbersOf = (sent: typeof versions): number[] => sent.map(({ number }) => number);

describe('the traffic of a run', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(createTraffic(3, 400)).toEqual(calls);
    expect(createTraffic(4, 400)).not.toEqual(calls);
  });

  it('has every conversation, in single calls and in arrays, as the add-on endpoint takes them', () => {
    expect(byConversation).toHaveLength(400);
    expect(calls.some(({ body }) => Array.isArray(body) && body.length > 10)).toBe(true);
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

  it('has a token of its own for each message, and more messages in each newer version that changes the transcript', () => {
    for (const sent of byConversation) {
      for (const { tokens } of sent) expect(new Set(tokens).size).toBe(tokens.length);
      const counts = [...new Map(sent.map(({ number, tokens }) => [number, tokens.length])).entries()]
        .sort(([one], [other]) => one - other)
        .map(([, count]) => count);
      expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    }
    const ofDifferent = byConversation.flatMap(([first]) => first?.tokens ?? []);
    expect(new Set(ofDifferent).size).toBe(ofDifferent.length);
  });
});
