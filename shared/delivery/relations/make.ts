import { LimeError } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { LedgerEntry } from '../../ledger/states.ts';
import { NO_DIGESTS } from '../../ledger/written-digests.ts';
import type { Lime } from '../../lime/client.ts';
import { createObject, readObject } from '../../lime/requests.ts';
import { mayComeLate } from '../../lime/retry.ts';
import { Limeobject, RelatedId } from '../../lime/wire.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import type { Match } from '../../mapping/search.ts';
import type { Job } from '../job.ts';
import { lateWriteGraceMs, leaseFor } from '../lease.ts';
import type { Find } from './find.ts';
import { nobody } from './known.ts';
import { type Made, searchingOf } from './makings.ts';

/** Seconds after which a record comes again that waits for another mapper's person. */
const waitSeconds = 5;

export type Relation = 'person' | 'company';

/** What making needs of the world. */
export type World = {
  lime: Lime;
  ledger: Ledger;
  /** The organization's, for hashes of people. */
  hashKey?: string | undefined;
  /** Asks Lime anew, whatever the batch's lookups said. */
  findAnew: Find;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
};

/** Values that are had only once it is certain that the limeobject is made. */
export type More = () => Promise<Values>;

/** Asks Lime what there is by now for one relation of a conversation. */
export const lookAnew = async (findAnew: Find, { draft }: Job, relation: Relation): Promise<Match> => {
  const { [relation]: _, ...others } = nobody;
  return (await findAnew(draft, others))[relation];
};

/** The ledger's key for whom is made, and the one from before the organization had a hash key. */
export type Keys = { key: string; formerKey?: string };

type Task = World &
  Keys & {
    job: Job;
    relation: Relation;
    limetype: string;
    values: More;
    /** Was made before, and cannot be linked any more. */
    gone?: number;
  };

/**
 * Makes one person or company under a claim of the ledger, unless Lime has it by now. Whom the ledger knows is read in
 * Lime first: look-ups may miss what was made a moment ago, or what does not hold the searched value. Throws LimeError;
 * `unavailable` while another mapper makes it.
 */
export const make = async (task: Task): Promise<Made> => {
  const { lime, ledger, findAnew, urlOf, now, job, relation, limetype, values, key, gone } = task;
  const ledgerKey = { organization: job.organization, conversation: key };
  const recency = { updatedAt: now(), messages: 0 };
  const fingerprint = 'made';
  // Under another name, what the ledger knows is no longer what is wanted.
  const attempt = gone === undefined ? fingerprint : `${fingerprint} without ${gone}`;
  const { decision, claim } = await ledger.claim(ledgerKey, { fingerprint: attempt, recency });
  if (claim === undefined || decision.action !== 'write') {
    const object = decision.action === 'wait' ? undefined : (await ledger.read(ledgerKey))?.object;
    if (claim !== undefined) await ledger.settle(claim, { outcome: 'released' });
    if (object === undefined || object.id === gone) {
      throw madeElsewhere(relation);
    }
    const match = await readMade(task, object.id);
    return match === undefined ? make({ ...task, gone: object.id }) : { match, made: false };
  }

  const settled = async (id: number): Promise<void> => {
    const object = { instance: relation, limetype, id, url: urlOf(limetype, id), values: '' };
    await ledger.settle(claim, {
      outcome: 'delivered',
      object,
      delivered: { fingerprint, recency, writtenDigests: NO_DIGESTS },
    });
  };
  const before = decision.object === undefined ? await readFormer(task) : undefined;
  if (before?.lease !== undefined && before.lease.until > now()) {
    await ledger.settle(claim, { outcome: 'released', confirmed: !decision.reconcileFirst });
    throw madeElsewhere(relation);
  }
  const recorded = decision.object ?? before?.object;
  let known = recorded?.id === gone ? undefined : recorded;
  let mustLook = decision.reconcileFirst || before !== undefined || recorded !== undefined;
  try {
    const match = known === undefined ? undefined : await readMade(task, known.id);
    if (match !== undefined) {
      await settled(match.id);
      return { match, made: false };
    }
    known = undefined;
    if (mustLook) {
      const match = await lookAnew(findAnew, job, relation);
      mustLook = false;
      if (match.kind === 'one') await settled(match.id);
      if (match.kind === 'several') await ledger.settle(claim, { outcome: 'released' });
      if (match.kind !== 'none') return { match, made: false };
    }
    const request = createObject(limetype, await values());
    const { _id } = await lime(request, Limeobject, { before: () => ledger.extend(claim, leaseFor(request)) });
    await settled(_id);
    return { match: { kind: 'one', id: _id }, made: true };
  } catch (error) {
    if (!(error instanceof LimeError)) throw error;
    // A look that failed leaves open what an earlier attempt has made.
    const confirmed = error.failure !== 'unclear' && !mustLook;
    const reason = `${relation}: ${error.message}`;
    // As with the limeobject, an attempt that looks before Lime is done would make a second one.
    const held = mayComeLate(error) ? { heldUntil: now() + lateWriteGraceMs } : {};
    await ledger.settle(claim, { outcome: 'retrying', object: known, reason, nextTryAt: now(), confirmed, ...held });
    throw error;
  }
};

const madeElsewhere = (relation: Relation): LimeError =>
  new LimeError('unavailable', `another mapper makes the ${relation}`, { retryAfterSeconds: waitSeconds });

/** What the ledger has known whom it does not know under the present key. */
async function readFormer({ ledger, job, formerKey }: Task): Promise<LedgerEntry | undefined> {
  return formerKey === undefined ? undefined : ledger.read({ organization: job.organization, conversation: formerKey });
}

/** A person whom the ledger knows, with the company that Lime has for it; undefined once deleted or inactive. */
async function readMade({ lime, job, relation, limetype }: Task, id: number): Promise<OneMatch | undefined> {
  const { inactive, company } = searchingOf(job.draft, relation) ?? {};
  try {
    const read = await lime(readObject(limetype, id), Limeobject);
    if (inactive !== undefined && read[inactive] === true) return undefined;
    const employer = company === undefined ? undefined : RelatedId.safeParse(read[company]).data;
    return { kind: 'one', id, ...(employer !== undefined && { company: employer }) };
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') return undefined;
    throw error;
  }
}

type OneMatch = Extract<Match, { kind: 'one' }>;
