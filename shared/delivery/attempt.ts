import type { Claim } from '../ledger/ledger.ts';
import { completePlan, limetypesOf } from '../mapping/plan/plan.ts';
import type { Job, Ports } from './job.ts';
import { leaseFor, leaseMargin } from './lease.ts';
import { type Known, knownOf, knownOfNewest, nobody, remember } from './relations/known.ts';
import { createWriter } from './write/writer.ts';
import { isRefusal, ObjectGone, type Progress } from './write/writing.ts';

/**
 * Writes a claimed conversation to Lime, with `look` only what is not there yet. True when a limeobject was created.
 * Throws what kept it from the end; `progress` says how far it came.
 */
export const write = async (
  job: Job,
  ports: Ports,
  claim: Claim,
  progress: Progress,
  look: boolean,
): Promise<boolean> => {
  const attempt = { job, ports, claim, progress };
  const known = progress.isOlder ? knownOfNewest(progress.object) : knownOf(job.draft, progress.object, ports.hashKey);
  try {
    return await writeOnce(attempt, known, look);
  } catch (error) {
    if (error instanceof ObjectGone) {
      // It is made anew, once. An earlier attempt may have done so already, and not have come to record it.
      Object.assign(progress, { object: undefined, delivered: undefined, isOlder: false });
      return writeOnce(attempt, {}, look);
    }
    if (!isRefusal(error) || Object.keys(known).length === 0) throw error;
    // What was found long ago may be gone, and nothing can be linked to it: it is looked up once more.
    return writeOnce(attempt, progress.isOlder ? nobody : {}, look || progress.partial);
  }
};

type Attempt = { job: Job; ports: Ports; claim: Claim; progress: Progress };

const writeOnce = async ({ job, ports, claim, progress }: Attempt, known: Known, look: boolean): Promise<boolean> => {
  const { draft } = job;
  const metadata = await ports.metadata(limetypesOf(draft));
  const planned = completePlan(draft, metadata, job.acceptedAt);
  progress.step = 'lookup';
  const looked = await ports.find(draft, known);
  const { found, plan } = progress.isOlder
    ? { found: looked, plan: planned }
    : await ports.ensure(job, planned, looked);
  const writer = createWriter({
    plan,
    draft,
    found,
    progress,
    urlOf: ports.urlOf,
    limitConcurrency: ports.limitConcurrency,
    now: ports.now,
    lime: (request, answer) =>
      ports.lime(request, answer, {
        before: () => ports.ledger.extend(claim, leaseFor(request)),
      }),
    record: (object) => ports.ledger.record(claim, object),
    fetchMedia: async (url, limits, name) => {
      await ports.ledger.extend(claim, limits.seconds * 1_000 + leaseMargin);
      return ports.fetchMedia(url, limits, name);
    },
  });
  const created = await writer(look);
  if (progress.object !== undefined && !progress.isOlder) {
    progress.object = remember(draft, progress.object, found, ports.hashKey);
  }
  return created;
};
