import { setImmediate } from 'node:timers/promises';
import type { SQSRecord } from 'aws-lambda';
import { LimeError } from '../errors.ts';
import { withReadBack } from '../ledger/read-back.ts';
import type { OverloadStop } from '../lime/pipeline/stop-on-overload.ts';
import type { Tenant } from '../lime/tenants.ts';
import { createAttach } from './attach/attach.ts';
import { type Delivery, type DeliveryDeps, deliver } from './deliver.ts';
import type { MapperDeps } from './mapper-deps.ts';
import { type Ids, idsOf, type Received, readRecord, receivesOf, type Work } from './record.ts';
import { failureFields, type RecordOutcomes, type Retry } from './record-outcomes.ts';
import { createFind, createSearchAgain } from './relations/find.ts';
import { createFindOrCreate } from './relations/find-or-create.ts';
import { createStarting, parkingForCrashes } from './starting.ts';
import { fetchInTime, TIME_FOR_ONE_MS, TIME_TO_SETTLE_MS } from './time-left.ts';

/** One organization's part of a batch. `isAlone` marks a single record that must not share memory with others. */
export type Group = { organization: string; received: readonly Received[]; isAlone: boolean };

const noTime: Retry = { reason: 'no batch had time for it', seconds: 0 };

/** A record that is being delivered, with its callbacks. */
type Step = { received: Received; ids: Ids; take: () => Promise<void> };

/**
 * Delivers one organization's records, several at once, until Lime is overloaded or the time ends. Returns the records
 * that must be delivered alone.
 */
export async function deliverGroup(
  { organization, received, isAlone }: Group,
  deps: MapperDeps,
  outcomes: RecordOutcomes,
  remaining: () => number,
): Promise<Received[]> {
  const stop: OverloadStop = {};
  const starting = createStarting(deps.ledger);
  const works: Work[] = [];
  const setAside: Received[] = [];

  // While the circuit is open, log this once and decode nothing.
  if (deps.circuitBreaker.reason(organization) !== undefined) await openTenant(received.length);
  const steps: Step[] = [];
  for (const one of received) {
    // Give the records of other organizations a turn.
    await setImmediate();
    const step = await stepFor(one).catch(
      (error: unknown): Step => ({
        received: one,
        ids: one.ids,
        take: () => outcomes.fault(error, one.record, one.ids),
      }),
    );
    if (step !== undefined) steps.push(step);
  }
  const tenant = works.length === 0 ? undefined : await openTenant(works.length);
  // A large record takes many requests. Conversations that somebody waits for go before it.
  const lane = isAlone ? 'bulk' : (deps.lane ?? 'bulk');
  const depsFor = tenant && openDelivery({ organization, works, tenant, stop, lane }, deps, outcomes, remaining);

  // Deliver records of one conversation one after the other. In parallel they would only wait for each other's claim.
  const conversations = Map.groupBy(steps, ({ received: one, ids }) => ids.conversation ?? one);
  const waiting = conversations.values();
  const worker = async (): Promise<void> => {
    for (const sameConversation of waiting) for (const step of sameConversation) await take(step);
  };
  await Promise.all(Array.from({ length: Math.min(deps.concurrency, conversations.size) }, worker));
  return setAside;

  /** The tenant. If it cannot be opened, the group sends no request. */
  async function openTenant(records: number): Promise<Tenant | undefined> {
    try {
      return await deps.openTenant(organization);
    } catch (error) {
      if (!(error instanceof LimeError)) throw error;
      const fields = { organization, records, reason: error.message };
      deps.log.warn('lime cannot be asked', { ...fields, ...failureFields(error) });
      stop.reason = error;
      return undefined;
    }
  }

  async function stepFor(one: Received): Promise<Step | undefined> {
    const { record, ids } = one;
    const step = (take: Step['take'], known: Ids = ids): Step => ({ received: one, ids: known, take });
    const later = reasonToDefer(record);
    // Read the record even at its last receive: it is parked, and the ledger must know its version.
    const isParked = receivesOf(record) >= deps.maxReceives && !isAlone;
    if (later !== undefined && !isParked) return step(() => outcomes.defer(record, ids, later));
    const start = later === undefined ? await starting.start(one, isAlone) : 'start';
    if (start === 'park') return step(() => outcomes.parkUntried({ record, ids, parking: parkingForCrashes(one) }));
    if (start === 'alone') {
      setAside.push(one);
      return undefined;
    }
    const read = readRecord(record, deps);
    if (!('job' in read)) return step(() => outcomes.parkUntried(read), read.ids);
    if (later === undefined) works.push(read);
    return step(() => deliverOne(read), idsOf(read.job));
  }

  async function take({ received: one, ids, take }: Step): Promise<void> {
    await take().catch((error: unknown) => outcomes.fault(error, one.record, ids));
    // If this fails, the count stays, and the record is started alone the next time.
    await starting.ended(one).catch(() => undefined);
  }

  async function deliverOne(work: Work): Promise<void> {
    const { record, job } = work;
    if (await outcomes.skip(work)) return;
    const later = reasonToDefer(record);
    if (later !== undefined || depsFor === undefined) {
      return outcomes.defer(record, idsOf(job), later ?? noTime, job);
    }
    await outcomes.finish(await deliverLimeobjects(work, depsFor(record)), work);
  }

  /** The reason why a record cannot be started now. */
  function reasonToDefer(record: SQSRecord): Retry | undefined {
    const error = stop.reason ?? deps.circuitBreaker.reason(organization);
    if (error === undefined) return remaining() < TIME_FOR_ONE_MS ? noTime : undefined;
    const seconds = deps.circuitBreaker.delaySeconds(organization, receivesOf(record), error.retryAfterSeconds);
    return { reason: error.message, seconds, error };
  }
}

/** Delivers a record's limeobjects, the main one first, until one of them is retried or parked. */
async function deliverLimeobjects({ job, additional }: Work, deps: DeliveryDeps): Promise<Delivery> {
  const main = await deliver(job, deps);
  if (main.outcome === 'retry' || main.outcome === 'parked') return main;
  let all = main;
  // The instance of the main limeobject may have become an additional one since.
  for (const other of additional.filter(({ draft }) => draft.instance.name !== main.instance)) {
    const next = await deliver(other, deps);
    if (next.outcome === 'retry' || next.outcome === 'parked') return next;
    const changed = next.outcome !== 'unchanged' && next.outcome !== 'stale';
    // The outcome is the main limeobject's, unless only an additional one was written.
    if (changed && all.outcome !== 'created') all = { ...all, outcome: next.outcome };
  }
  return all;
}

/** The dependencies of a group's deliveries, for each of its records. */
function openDelivery(
  { organization, works, tenant, stop, lane }: Opened,
  deps: MapperDeps,
  outcomes: RecordOutcomes,
  remaining: () => number,
): (record: SQSRecord) => DeliveryDeps {
  const { now, limitConcurrency } = deps;
  const { hashKey } = tenant;
  const ledger = withReadBack(deps.ledger);
  const bounds = { lane, remaining: () => remaining() - TIME_TO_SETTLE_MS, stop };
  const limeFor: DeliveryDeps['limeFor'] = (extendLease) => tenant.limeFor({ ...bounds, extendLease });
  const lime = limeFor();
  const metadata: DeliveryDeps['metadata'] = (limetypes) => tenant.metadata(limetypes, lime);
  const jobs = works.flatMap(({ job, additional, skip }) => (skip === undefined ? [job, ...additional] : []));
  const drafts = jobs.filter(({ unmatched }) => !unmatched).map(({ draft }) => draft);
  const template = deps.settingsFor(organization).links.limeobject.replace('{origin}', tenant.origin);
  const urlOf: DeliveryDeps['urlOf'] = (limetype, id) =>
    template.replace('{limetype}', encodeURIComponent(limetype)).replace('{id}', String(id));
  const searchAgain = createSearchAgain({ lime, metadata });
  const find = createFind({ lime, metadata, drafts });
  const common = {
    ...{ limeFor, metadata, ledger, hashKey, urlOf, limitConcurrency, now },
    find,
    attach: createAttach({ lime, metadata, find, drafts }),
    findOrCreate: createFindOrCreate({ limeFor, ledger, hashKey, searchAgain, urlOf, now }),
    fetchMedia: fetchInTime(deps.fetchMedia, remaining),
  };
  return (record) => ({
    ...common,
    park: (job, parking) => outcomes.park(record, job, parking),
    delay: (retryAfterSeconds) => deps.circuitBreaker.delaySeconds(organization, receivesOf(record), retryAfterSeconds),
    unsettled: (job, error) => outcomes.unsettled(record, job, error),
  });
}

type Opened = Required<Pick<MapperDeps, 'lane'>> & {
  organization: string;
  works: readonly Work[];
  tenant: Tenant;
  stop: OverloadStop;
};
