import { LimeError, type LimeFailure, NotMappable } from '../errors.ts';
import type { Claim, Ledger } from '../ledger/dynamodb.ts';
import type { KnownObject } from '../ledger/states.ts';
import { type Lime, timeoutOf } from '../lime/client.ts';
import { mayComeLate } from '../lime/retry.ts';
import type { Metadata } from '../lime/wire.ts';
import { type Draft, toDraft } from '../mapping/draft.ts';
import { completePlan, limetypesOf } from '../mapping/plan/plan.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { Turn } from '../media/turns.ts';
import type { Ensure } from './ensure.ts';
import type { Find } from './find.ts';
import { type Known, knownOf, remember } from './known.ts';
import { lateness, leaseMargin } from './lease.ts';
import { createWriter } from './write/writer.ts';
import { ObjectGone, type Progress } from './write/writing.ts';

/** A conversation on its way to one limeobject: drafted, with what the record it came in knows. */
export type Job = {
  organization: string;
  conversation: string;
  /** The instance's name, where the limeobject is one beside the main one. */
  additional?: string;
  /** The add-on call that brought it. */
  callId: string;
  draft: Draft;
  /** ISO time at which intake took it. */
  acceptedAt: string;
  /** No further try will follow: what fails now is parked. */
  lastTry: boolean;
};

/** Why a conversation cannot be delivered, without anything of its content. */
export type Parking = {
  reason: string;
  step: 'decode' | 'start' | Progress['step'];
  failure?: LimeFailure;
  status?: number;
  limetype?: string;
};

/** How one delivery ended. */
export type Delivery =
  | { outcome: 'created' | 'updated' | 'unchanged' | 'stale'; limeobject?: number }
  | { outcome: 'retry'; reason: string; seconds: number; error?: LimeError }
  | { outcome: 'parked'; parking: Parking };

/** What a delivery needs of the world; one set for each organization and batch. */
export type Ports = {
  lime: Lime;
  ledger: Ledger;
  metadata: (limetypes: readonly string[]) => Promise<Metadata>;
  /** What the batch's lookups find for this draft; nothing is asked for what is known already. */
  find: Find;
  /** Makes the persons and companies that the lookups did not find, where the settings say so. */
  ensure: Ensure;
  /** Fetches a file of a conversation; throws LimeError where no time is left for it. */
  fetchMedia: FetchMedia;
  /** Holds a file in memory: all deliveries of a mapper share it. */
  inTurn: Turn;
  /** Link that opens a limeobject. */
  urlOf: (limetype: string, id: number) => string;
  /** Puts the job's record into the DLQ; the conversation counts as parked only after that. */
  park: (job: Job, parking: Parking) => Promise<void>;
  /** Seconds until the next try, given what Lime asked for. */
  delay: (retryAfterSeconds: number | undefined) => number;
  /** The ledger could not take how a parked conversation ended; the DLQ has it all the same. */
  unsettled: (job: Job, error: unknown) => void;
  now: () => number;
};

/**
 * Delivers one conversation: claims it, writes what is missing in Lime and settles the outcome. Errors of Lime are
 * outcomes; what is thrown (ledger or queue out of reach) leaves the claim to run out.
 */
export const deliver = async (job: Job, ports: Ports): Promise<Delivery> => {
  const { ledger, now } = ports;
  const { decision, claim } = await ledger.claim(job, job.draft);
  if (decision.action === 'wait') {
    // Most claims end long before their lease does.
    const seconds = Math.min(Math.max(0, decision.until - now()) / 1_000, ports.delay(undefined));
    return { outcome: 'retry', reason: 'another mapper has it', seconds };
  }
  if (claim === undefined || decision.action !== 'write') {
    if (claim !== undefined) await ledger.settle(claim, { outcome: 'released' });
    return { outcome: decision.action === 'stale' ? 'stale' : 'unchanged' };
  }

  const progress: Progress = {
    step: 'plan',
    object: decision.object,
    delivered: decision.delivered,
    partial: decision.look,
  };
  try {
    const created = await write(job, ports, claim, progress, decision.look);
    if (progress.object === undefined) throw new NotMappable('no limeobject');
    const { fingerprint, recency } = job.draft;
    const written = progress.delivered?.written ?? '';
    await ledger.settle(claim, {
      outcome: 'delivered',
      object: progress.object,
      delivered: { fingerprint, recency, written },
    });
    return { outcome: created ? 'created' : 'updated', limeobject: progress.object.id };
  } catch (error) {
    return settleFailure(job, ports, claim, progress, error);
  }
};

/** True when a limeobject was created. */
const write = async (job: Job, ports: Ports, claim: Claim, progress: Progress, look: boolean): Promise<boolean> => {
  const draft = draftFor(job.draft, progress.object);
  const known = knownOf(draft, progress.object);
  const attempt = { job: { ...job, draft }, ports, claim, progress };
  try {
    return await writeOnce(attempt, known, look);
  } catch (error) {
    // What was found long ago may be gone, and nothing can be linked to it: it is looked up once more.
    if (!isRefusal(error) || Object.keys(known).length === 0) throw error;
    return writeOnce(attempt, {}, look || progress.partial);
  }
};

const isRefusal = (error: unknown): boolean =>
  error instanceof LimeError && (error.failure === 'refused' || error.failure === 'gone');

type Attempt = { job: Job; ports: Ports; claim: Claim; progress: Progress };

/** A limeobject that has vanished from Lime is forgotten and made anew, once. */
const writeOnce = async ({ job, ports, claim, progress }: Attempt, known: Known, look: boolean): Promise<boolean> => {
  const { draft } = job;
  const metadata = await ports.metadata(limetypesOf(draft));
  const planned = completePlan(draft, metadata, job.acceptedAt);
  progress.step = 'lookup';
  const { found, plan } = await ports.ensure(job, planned, await ports.find(draft, known));
  const writer = createWriter({
    plan,
    draft,
    found,
    progress,
    urlOf: ports.urlOf,
    inTurn: ports.inTurn,
    now: ports.now,
    lime: (request, answer) =>
      ports.lime(request, answer, {
        before: () => ports.ledger.extend(claim, timeoutOf(request) + leaseMargin),
      }),
    fetchMedia: async (url, limits) => {
      await ports.ledger.extend(claim, limits.seconds * 1_000 + leaseMargin);
      return ports.fetchMedia(url, limits);
    },
  });
  const writeAll = async (looking: boolean): Promise<boolean> => {
    const created = await writer(looking);
    if (progress.object !== undefined) progress.object = remember(draft, progress.object, found);
    return created;
  };
  try {
    return await writeAll(look);
  } catch (error) {
    if (!(error instanceof ObjectGone)) throw error;
    progress.object = undefined;
    progress.delivered = undefined;
    return writeAll(false);
  }
};

/** A conversation stays with the limeobject it became, also when its topic would now choose another instance. */
const draftFor = (draft: Draft, object: KnownObject | undefined): Draft => {
  if (object === undefined || object.instance === draft.instance.name) return draft;
  const instance = draft.settings.instances.find(({ name }) => name === object.instance);
  if (instance?.limetype === object.limetype) return toDraft(draft.conversation, draft.settings, instance);
  throw new NotMappable(`the conversation is ${object.limetype} ${object.id}, which no instance writes to any more`);
};

const settleFailure = async (
  job: Job,
  ports: Ports,
  claim: Claim,
  progress: Progress,
  error: unknown,
): Promise<Delivery> => {
  const { object, step } = progress;
  const reason =
    error instanceof LimeError || error instanceof NotMappable || error instanceof ObjectGone
      ? error.message
      : undefined;
  if (reason === undefined) throw error;

  const lime = error instanceof LimeError ? error : undefined;
  const resolved = lime?.failure !== 'unclear' && !progress.partial;
  const forGood = lime === undefined || lime.failure === 'refused' || lime.failure === 'gone';
  if (forGood || job.lastTry) {
    const parking: Parking = {
      reason: forGood ? reason : `given up after the last try: ${reason}`,
      step,
      ...(lime !== undefined && { failure: lime.failure }),
      ...(lime?.status !== undefined && { status: lime.status }),
      limetype: job.draft.instance.limetype,
    };
    await ports.park(job, parking);
    const settlement = { outcome: 'parked', object, reason: parking.reason, resolved } as const;
    await ports.ledger.settle(claim, settlement).catch((unsettled: unknown) => ports.unsettled(job, unsettled));
    return { outcome: 'parked', parking };
  }
  const seconds = ports.delay(lime.retryAfterSeconds);
  if (mayComeLate(lime)) {
    // Whoever looked before Lime has carried the request out would find nothing and create it again: the claim stays.
    await ports.ledger.extend(claim, lateness);
    return { outcome: 'retry', reason, seconds: Math.max(seconds, (claim.until - ports.now()) / 1_000), error: lime };
  }
  const nextTryAt = ports.now() + seconds * 1_000;
  await ports.ledger.settle(claim, { outcome: 'retrying', object, reason, nextTryAt, resolved });
  return { outcome: 'retry', reason, seconds, error: lime };
};

/** Notes in the ledger that a conversation was parked before anything could be planned. */
export const recordParked = async (
  ledger: Ledger,
  key: { organization: string; conversation: string },
  reason: string,
): Promise<void> => {
  const attempt = { fingerprint: 'not mappable', recency: { messages: Number.MAX_SAFE_INTEGER } };
  const { decision, claim } = await ledger.claim(key, attempt);
  if (claim === undefined || decision.action !== 'write') return;
  await ledger.settle(claim, { outcome: 'parked', object: decision.object, reason, resolved: true });
};
