import type { SQSRecord } from 'aws-lambda';
import { LimeError } from '../errors.ts';
import { type Lime, requestTimeout, timeoutOf } from '../lime/client.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { BatchPorts } from './batch.ts';
import { deliver } from './deliver.ts';
import type { Delivery, Ports } from './job.ts';
import { idsOf, receivesOf, type Work } from './record.ts';
import { createEnsure } from './relations/ensure.ts';
import { createFind, type Find } from './relations/find.ts';
import { failureFields, type Returns } from './returns.ts';

/** Milliseconds for what follows a request: settling and answering. */
const timeToSettle = 2_000;

/** Milliseconds a record needs when it is started: object and note, each slow, after their waits for the pace. */
const timeForOne = 2.5 * requestTimeout;

/** One organization's part of a batch. */
export type Group = { organization: string; works: readonly Work[] };

/** Set by the first sign of overload, or a refused key: no request of the group leaves after it. */
type Brake = { error?: LimeError };

/** Delivers one organization's records, several at once, until Lime asks for quiet or the time ends. */
export const deliverGroup = async (
  { organization, works }: Group,
  ports: BatchPorts,
  returns: Returns,
  remaining: () => number,
): Promise<void> => {
  const brake: Brake = {};
  const portsFor = await openPorts({ organization, works }, ports, returns, remaining, brake).catch(
    (error: unknown) => {
      if (!(error instanceof LimeError)) throw error;
      const fields = { organization, records: works.length, reason: error.message };
      ports.log.warn('lime cannot be asked', { ...fields, ...failureFields(error) });
      brake.error = error;
      return undefined;
    },
  );

  const deliverOne = async (work: Work): Promise<void> => {
    const { record, job } = work;
    const error = brake.error ?? ports.quiet.reason(organization);
    if (error !== undefined || portsFor === undefined) {
      const { message = '', retryAfterSeconds } = error ?? {};
      const seconds = ports.quiet.delaySeconds(organization, receivesOf(record), retryAfterSeconds);
      return returns.postpone(work, { reason: message, seconds, error });
    }
    if (remaining() < timeForOne) return returns.postpone(work, { reason: 'no batch had time for it', seconds: 0 });
    try {
      await returns.after(await deliverAll(work, portsFor(record)), work);
    } catch (error) {
      await returns.fault(error, record, idsOf(job));
    }
  };

  // Records of one conversation follow each other: side by side they would only wait for each other's claim.
  const conversations = Map.groupBy(works, ({ job }) => job.conversation).values();
  const worker = async (): Promise<void> => {
    for (const sameConversation of conversations) for (const work of sameConversation) await deliverOne(work);
  };
  await Promise.all(Array.from({ length: ports.concurrency }, worker));
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
const openPorts = async (
  { organization, works }: Group,
  ports: BatchPorts,
  returns: Returns,
  remaining: () => number,
  brake: Brake,
): Promise<(record: SQSRecord) => Ports> => {
  const { lime: tenantsLime, metadata, origin } = await ports.openTenant(organization);
  const lime = braked(tenantsLime, remaining, brake);
  const template = ports.settingsFor(organization).links.limeobject.replace('{origin}', origin);
  const jobs = works.flatMap(({ job, additional }) => [job, ...additional]);
  const drafts = jobs.filter(({ untaken }) => !untaken).map(({ draft }) => draft);
  const urlOf = (limetype: string, id: number) =>
    template.replace('{limetype}', encodeURIComponent(limetype)).replace('{id}', String(id));
  const findAnew: Find = (draft, known) => createFind({ lime, metadata, drafts: [] })(draft, known);
  const common = {
    lime,
    metadata,
    ledger: ports.ledger,
    now: ports.now,
    find: createFind({ lime, metadata, drafts }),
    ensure: createEnsure({ lime, ledger: ports.ledger, findAnew, urlOf, now: ports.now }),
    fetchMedia: inTime(ports.fetchMedia, remaining),
    inTurn: ports.inTurn,
    urlOf,
  };
  return (record) => ({
    ...common,
    park: (job, parking) => returns.park(record, job, parking),
    delay: (retryAfterSeconds) => ports.quiet.delaySeconds(organization, receivesOf(record), retryAfterSeconds),
    unsettled: (job, error) => returns.unsettled(record, job, error),
  });
};

/** Lime for one group: nothing waits longer than the invocation lasts, nothing leaves after a sign of overload. */
const braked =
  (lime: Lime, remaining: () => number, brake: Brake): Lime =>
  async (request, answer, sending) => {
    const before = async () => {
      if (brake.error !== undefined) throw brake.error;
      await sending?.before?.();
    };
    try {
      return await lime(request, answer, { patience: remaining() - timeoutOf(request) - timeToSettle, before });
    } catch (error) {
      if (error instanceof LimeError && isOverload(error)) brake.error ??= error;
      throw error;
    }
  };

/** Nothing is fetched that the invocation has no time to wait for and to upload. */
const inTime =
  (fetchMedia: FetchMedia, remaining: () => number): FetchMedia =>
  async (url, limits, name) => {
    if (remaining() < limits.seconds * 1_000 + requestTimeout + timeToSettle) {
      throw new LimeError('unavailable', 'there is no time left for a file');
    }
    return fetchMedia(url, limits, name);
  };

/** Lime asks for quiet, or refuses the key: no other request of the organization would fare better now. */
const isOverload = ({ failure, status }: LimeError): boolean =>
  failure === 'overloaded' || failure === 'denied' || status === 503;
