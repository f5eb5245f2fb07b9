import { setImmediate } from 'node:timers/promises';
import type { SQSRecord } from 'aws-lambda';
import { LimeError } from '../errors.ts';
import { withReadBack } from '../ledger/read-back.ts';
import type { BatchPorts } from './batch.ts';
import { deliver } from './deliver.ts';
import type { Delivery, Ports } from './job.ts';
import { type Ids, idsOf, type Received, readRecord, receivesOf, type Work } from './record.ts';
import { type Brake, braked, inTime, timeForOne } from './records/in-time.ts';
import { createStarting, endsMapper } from './records/starting.ts';
import { createEnsure } from './relations/ensure.ts';
import { createFind, type Find } from './relations/find.ts';
import { failureFields, type Retry, type Returns } from './returns.ts';
import type { Tenant } from './tenant/tenant.ts';

/** One organization's part of a batch; `isAlone` where that is a record which must not be beside others. */
export type Group = { organization: string; received: readonly Received[]; isAlone: boolean };

const noTime: Retry = { reason: 'no batch had time for it', seconds: 0 };

/** The way on which a record leaves the mapper. */
type Step = { one: Received; ids: Ids; take: () => Promise<void> };

/**
 * Delivers one organization's records, several at once, until Lime asks for quiet or the time ends. Returns those that
 * have to be delivered alone.
 */
export const deliverGroup = async (
  { organization, received, isAlone }: Group,
  ports: BatchPorts,
  returns: Returns,
  remaining: () => number,
): Promise<Received[]> => {
  const brake: Brake = {};
  const starting = createStarting(ports.ledger);
  const works: Work[] = [];
  const setAside: Received[] = [];

  /** Why a record cannot be started now. */
  const hindrance = (record: SQSRecord): Retry | undefined => {
    const error = brake.error ?? ports.quiet.reason(organization);
    if (error !== undefined) {
      const seconds = ports.quiet.delaySeconds(organization, receivesOf(record), error.retryAfterSeconds);
      return { reason: error.message, seconds, error };
    }
    return remaining() < timeForOne ? noTime : undefined;
  };

  const deliverOne = async (work: Work): Promise<void> => {
    const { record, job } = work;
    const later = hindrance(record);
    if (later !== undefined || portsFor === undefined) {
      return returns.postpone(record, idsOf(job), later ?? noTime, job);
    }
    await returns.after(await deliverAll(work, portsFor(record)), work);
  };

  const stepFor = async (one: Received): Promise<Step | undefined> => {
    const { record, ids } = one;
    const later = hindrance(record);
    // What is parked as it is has to be read, so that the ledger knows of which version that was.
    const isParked = receivesOf(record) >= ports.maxReceives && !isAlone;
    if (later !== undefined && !isParked) return { one, ids, take: () => returns.postpone(record, ids, later) };
    const turn = later === undefined ? await starting.start(one, isAlone) : 'start';
    if (turn === 'alone') setAside.push(one);
    if (turn === 'alone') return undefined;
    if (turn === 'park')
      return { one, ids, take: () => returns.parkUntried({ record, ids, parking: endsMapper(one) }) };
    const read = readRecord(record, ports);
    if (!('job' in read)) return { one, ids: read.ids, take: () => returns.parkUntried(read) };
    if (later === undefined) works.push(read);
    return { one, ids: idsOf(read.job), take: () => deliverOne(read) };
  };

  const take = async ({ one, ids, take }: Step): Promise<void> => {
    await take().catch((error: unknown) => returns.fault(error, one.record, ids));
    // Where it cannot be taken back, the record is started alone should it come again.
    await starting.ended(one).catch(() => undefined);
  };

  // Kept back, and told as that, before anything is decoded.
  if (ports.quiet.reason(organization) !== undefined) await openTenant(organization, received.length, ports, brake);
  const steps: Step[] = [];
  for (const one of received) {
    // The records of other organizations have their turn between two of this one.
    await setImmediate();
    const step = await stepFor(one).catch((error: unknown): Step => {
      const { record, ids } = one;
      return { one, ids, take: () => returns.fault(error, record, ids) };
    });
    if (step !== undefined) steps.push(step);
  }
  const tenant = works.length === 0 ? undefined : await openTenant(organization, works.length, ports, brake);
  const portsFor = tenant && openPorts({ organization, works, tenant }, ports, returns, remaining, brake);

  // Records of one conversation follow each other: side by side they would only wait for each other's claim.
  const conversations = Map.groupBy(steps, ({ one, ids }) => ids.conversation ?? one).values();
  const worker = async (): Promise<void> => {
    for (const sameConversation of conversations) for (const step of sameConversation) await take(step);
  };
  await Promise.all(Array.from({ length: ports.concurrency }, worker));
  return setAside;
};

/** The tenant, unless its Lime cannot be asked: then no request of the group leaves. */
const openTenant = async (
  organization: string,
  records: number,
  ports: BatchPorts,
  brake: Brake,
): Promise<Tenant | undefined> => {
  try {
    return await ports.openTenant(organization);
  } catch (error) {
    if (!(error instanceof LimeError)) throw error;
    const fields = { organization, records, reason: error.message };
    ports.log.warn('lime cannot be asked', { ...fields, ...failureFields(error) });
    brake.error = error;
    return undefined;
  }
};

/** Delivers a record's limeobjects, the main one first, until one of them has to be tried again or is parked. */
const deliverAll = async ({ job, additional }: Work, ports: Ports): Promise<Delivery> => {
  const main = await deliver(job, ports);
  if (main.outcome === 'retry' || main.outcome === 'parked') return main;
  let all = main;
  // The main limeobject may be of an instance that has become an additional one since.
  for (const beside of additional.filter(({ draft }) => draft.instance.name !== main.instance)) {
    const next = await deliver(beside, ports);
    if (next.outcome === 'retry' || next.outcome === 'parked') return next;
    const changed = next.outcome !== 'unchanged' && next.outcome !== 'stale';
    // The record tells of its main limeobject, and that something was written where only one beside it was.
    if (changed && all.outcome !== 'created') all = { ...all, outcome: next.outcome };
  }
  return all;
};

/** The delivery's ports for each record of the group. */
const openPorts = (
  { organization, works, tenant }: { organization: string; works: readonly Work[]; tenant: Tenant },
  ports: BatchPorts,
  returns: Returns,
  remaining: () => number,
  brake: Brake,
): ((record: SQSRecord) => Ports) => {
  const lime = braked(tenant.lime, remaining, brake);
  const metadata: Ports['metadata'] = (limetypes) => tenant.metadata(limetypes, lime);
  const ledger = withReadBack(ports.ledger);
  const { hashKey } = tenant;
  const template = ports.settingsFor(organization).links.limeobject.replace('{origin}', tenant.origin);
  const jobs = works.flatMap(({ job, additional }) => [job, ...additional]);
  const drafts = jobs.filter(({ unmatched }) => !unmatched).map(({ draft }) => draft);
  const urlOf = (limetype: string, id: number) =>
    template.replace('{limetype}', encodeURIComponent(limetype)).replace('{id}', String(id));
  const findAnew: Find = (draft, known) => createFind({ lime, metadata, drafts: [] })(draft, known);
  const common = {
    lime,
    metadata,
    ledger,
    hashKey,
    now: ports.now,
    find: createFind({ lime, metadata, drafts }),
    ensure: createEnsure({ lime, ledger, hashKey, findAnew, urlOf, now: ports.now }),
    fetchMedia: inTime(ports.fetchMedia, remaining),
    limitConcurrency: ports.limitConcurrency,
    urlOf,
  };
  return (record) => ({
    ...common,
    park: (job, parking) => returns.park(record, job, parking),
    delay: (retryAfterSeconds) => ports.quiet.delaySeconds(organization, receivesOf(record), retryAfterSeconds),
    unsettled: (job, error) => returns.unsettled(record, job, error),
  });
};
