import { describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { forLane } from '../../../shared/delivery/for-lane.ts';
import { aMapper, maxReceives, plenty, recordOf } from '../../support/a-mapper.ts';

const queues = [
  { lane: 'interactive', eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:Interactive' },
  { lane: 'bulk', eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:Queue' },
] as const;

/** A container whose records return to `returned`, by lane. */
function aContainer() {
  const mapper = aMapper();
  const returned: string[] = [];
  const { lane: _, returnRecord: __, ...shared } = mapper.deps;
  const deps = {
    ...shared,
    returnRecord: {
      interactive: async () => void returned.push('interactive'),
      bulk: async () => void returned.push('bulk'),
    },
    interactiveQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/000000000000/Interactive',
  };
  return { ...mapper, deps, returned };
}

describe.each(queues)('a record of the $lane lane', ({ lane, eventSourceARN }) => {
  it('returns to its own queue', async () => {
    const { deps, returned } = aContainer();
    const records = [{ ...recordOf(1), eventSourceARN }];
    await deliverBatch(records, forLane(records, deps), () => 0);

    expect(returned).toEqual([lane]);
  });

  it('is parked with its lane', async () => {
    const { deps, parked } = aContainer();
    const records = [{ ...recordOf(1, maxReceives), eventSourceARN }];
    await deliverBatch(records, forLane(records, deps), () => 0);

    expect(parked).toMatchObject([{ attributes: { lane } }]);
  });

  it('is counted in its lane, and its log lines name it', async () => {
    const { deps, logged, emitted } = aContainer();
    const records = [{ ...recordOf(1), eventSourceARN }];
    await deliverBatch(records, forLane(records, deps), plenty);

    expect(logged).toMatchObject([{ message: 'delivered', lane }]);
    expect(emitted[`TimeToLimeByLane ${lane}`]).toHaveLength(1);
  });
});
