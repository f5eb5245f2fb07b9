import { describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { LEASE_MARGIN_MS } from '../../../shared/lime/pipeline/lease.ts';
import { timeoutOf } from '../../../shared/lime/requests.ts';
import type { FetchMedia } from '../../../shared/media/fetch-media.ts';
import { aMapper, plenty, recordOf } from '../../support/a-mapper.ts';
import { createWorld, limeOver } from '../../support/lime-world.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';
import { jobOf } from '../../support/numbered-messages.ts';

/** With one file: one thing is done after the other. */
const job = jobOf(4);
/** Milliseconds a claim lasts at first: no longer than one request may. */
const lease = 12_000;
/** Milliseconds that each request and each file takes: most of the lease, or so little that it would just not last. */
const [slow, quick] = [9_000, 1_500];

/** A delivery in a world where everything is slow, with the milliseconds that the claim has left whenever something leaves. */
function aSlowDelivery(takes = slow) {
  const world = createWorld([]);
  const ledger = createMemoryLedger({ lease, now: world.deps.now });
  const left: { what: string; needed: number; lease: number }[] = [];
  const note = async (what: string, needed: number): Promise<void> => {
    const until = (await ledger.read(job))?.lease?.until ?? 0;
    left.push({ what, needed, lease: until - world.deps.now() });
    world.pass(takes);
  };
  const lime: Lime = async (request, schema) => {
    await note(`${request.method} ${request.path.split('?')[0]}`, timeoutOf(request) + LEASE_MARGIN_MS);
    return world.lime(request, schema);
  };
  const fetchMedia: FetchMedia = async (url, limits, name) => {
    await note(`file ${url}`, limits.seconds * 1_000 + LEASE_MARGIN_MS);
    return world.deps.fetchMedia(url, limits, name);
  };
  return { world, ledger, left, lime, deps: { ...world.deps, ledger, limeFor: limeOver(lime), fetchMedia } };
}

describe('a claim', () => {
  it.each([slow, quick])('outlasts everything that is done in its name, where each takes %d ms', async (takes) => {
    const { left, deps } = aSlowDelivery(takes);

    expect(await deliver(job, deps)).toMatchObject({ outcome: 'created' });
    expect(left.map(({ what }) => what.split(' ')[0])).toEqual(expect.arrayContaining(['POST', 'file']));
    expect(left.filter(({ needed, lease }) => lease < needed)).toEqual([]);
  });

  it('that has gone to another mapper lets nothing leave any more', async () => {
    const { world, ledger, left, deps, lime } = aSlowDelivery();
    const standingStill: Lime = async (request, schema) => {
      const response = await lime(request, schema);
      if (left.length > 1) return response;
      // The process stands still for so long that its lease runs out.
      world.pass(3 * 60_000);
      await ledger.claim(job, { ...job.draft, fingerprint: 'another' });
      return response;
    };

    await expect(deliver(job, { ...deps, limeFor: limeOver(standingStill) })).rejects.toMatchObject({
      name: 'ClaimLostError',
    });
    expect(left).toHaveLength(1);
    expect(world.helpdesks.size).toBe(1);
  });

  it('that runs is waited for, no longer than for another try', async () => {
    const { world, ledger, deps } = aSlowDelivery();
    await ledger.claim(job, { ...job.draft, fingerprint: 'another' });

    expect(await deliver(job, { ...deps, delay: () => 5 })).toMatchObject({ outcome: 'retry', seconds: 5 });
    expect(await deliver(job, { ...deps, delay: () => 600 })).toMatchObject({ outcome: 'retry', seconds: 12 });
    expect([world.asked, world.helpdesks.size]).toEqual([[], 0]);
  });

  it('is extended for each request of a batch', async () => {
    const mapper = aMapper();
    const { ledger } = mapper.deps;
    const asked: number[] = [];
    const extend: Ledger['extend'] = async (claim, milliseconds) => {
      asked.push(milliseconds);
      await ledger.extend(claim, milliseconds);
    };
    await deliverBatch([recordOf(1)], { ...mapper.deps, ledger: { ...ledger, extend } }, plenty);

    expect(mapper.asked.length).toBeGreaterThan(1);
    expect(asked).toHaveLength(mapper.asked.length);
  });
});
