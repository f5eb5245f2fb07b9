import { expect, it } from '@jest/globals';
import { callsOf } from '../../../cli/send/calls.ts';

const conversation = (key: string, bytes = 10) => ({ key, json: 'x'.repeat(bytes), from: key });

it('a call has so many conversations, or fewer where it would be too large', () => {
  const conversations = [
    conversation('a'),
    conversation('b'),
    conversation('c', 4_999_985),
    conversation('d'),
    conversation('e'),
  ];

  expect(callsOf(conversations, 3).map((call) => call.map(({ key }) => key).join(''))).toEqual(['ab', 'cd', 'e']);
  expect(callsOf([], 3)).toEqual([]);
});

it('a conversation that is too large alone is a call of its own, which the endpoint refuses', () => {
  expect(callsOf([conversation('a', 6_000_000), conversation('b')], 3)).toHaveLength(2);
});
