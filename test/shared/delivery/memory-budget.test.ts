import { expect, it } from '@jest/globals';
import { roundRobin, splitByMemory } from '../../../shared/delivery/batch.ts';
import { aRecord } from '../../support/sqs-record.ts';

function received(bytes: number, organization = '1') {
  return {
    record: aRecord(''),
    ids: { organization, callId: 'call', acceptedAt: '2024-02-22T15:49:23.146Z' },
    bytes,
  };
}
function sizes(records: readonly { bytes: number }[]) {
  return records.map(({ bytes }) => bytes);
}

it.each([
  { title: 'everything that is small', bytes: [1, 262_144, 5], together: [1, 262_144, 5], alone: [] },
  { title: 'nothing that is large', bytes: [262_145, 1], together: [1], alone: [262_145] },
  {
    title: 'no more than fits into memory',
    bytes: Array(40).fill(262_144),
    together: Array(32).fill(262_144),
    alone: Array(8).fill(262_144),
  },
])('a batch shares its memory and look-ups for $title', ({ bytes, together, alone }) => {
  const sharing = splitByMemory(bytes.map((size) => received(size)));
  expect({ together: sizes(sharing.together), alone: sizes(sharing.alone) }).toEqual({ together, alone });
});

it('records that are delivered alone take turns by organization, the smallest first', () => {
  const records = [received(9, 'a'), received(7, 'a'), received(8, 'a'), received(5, 'b'), received(6, 'c')];
  const order = roundRobin(records).map(({ ids, bytes }) => `${ids.organization}${bytes}`);
  expect(order).toEqual(['b5', 'c6', 'a7', 'a8', 'a9']);
});
