import { LimeError } from '../../errors.ts';
import type { Ledger } from '../../ledger/dynamodb.ts';
import { type Lime, requestTimeout } from '../../lime/client.ts';
import { createObject, readObject } from '../../lime/requests.ts';
import { mayComeLate } from '../../lime/retry.ts';
import { Limeobject } from '../../lime/wire.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import type { Match } from '../../mapping/search.ts';
import type { Job } from '../job.ts';
import { lateness, leaseMargin } from '../lease.ts';
import type { Find } from './find.ts';
import type { Known } from './known.ts';
import type { Made } from './makings.ts';

/** Milliseconds for which a limeobject made a moment ago is believed, where a lookup does not know it yet. */
const believed = 600_000;

/** Seconds after which a record comes again that waits for another mapper's person. */
const waitSeconds = 5;

export type Relation = 'person' | 'company';

/** What making needs of the world. */
export type World = {
  lime: Lime;
  ledger: Ledger;
  /** Asks Lime anew, whatever the batch's lookups said. */
  findAnew: Find;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
};

/** Values that are had only once it is certain that the limeobject is made. */
export type More = () => Promise<Values>;

const nobody: Known = { person: 'nobody', company: 'nobody', coworker: 'nobody' };

/** Asks Lime what there is by now for one relation of a conversation. */
export const lookAnew = async (findAnew: Find, { draft }: Job, relation: Relation): Promise<Match> => {
  const { [relation]: _, ...others } = nobody;
  return (await findAnew(draft, others))[relation];
};

type Task = World & {
  job: Job;
  relation: Relation;
  limetype: string;
  values: More;
  key: string;
  /** Was made a moment ago, and is no longer in Lime. */
  gone?: number;
};

/**
 * Makes one person or company under a claim of the ledger, unless Lime has it by now. Throws LimeError; `unavailable`
 * while another mapper makes it.
 */
export const make = async (task: Task): Promise<Made> => {
  const { lime, ledger, findAnew, urlOf, now, job, relation, limetype, values, key, gone } = task;
  const ledgerKey = { organization: job.organization, conversation: key };
  const recency = { updatedAt: now(), messages: 0 };
  const fingerprint = String(Math.floor(now() / believed));
  // Under another name, what the ledger believes is no longer what is wanted.
  const attempt = gone === undefined ? fingerprint : `${fingerprint} without ${gone}`;
  const { decision, claim } = await ledger.claim(ledgerKey, { fingerprint: attempt, recency });
  if (claim === undefined || decision.action !== 'write') {
    const object = decision.action === 'wait' ? undefined : (await ledger.read(ledgerKey))?.object;
    if (claim !== undefined) await ledger.settle(claim, { outcome: 'released' });
    if (object === undefined || object.id === gone) {
      throw new LimeError('unavailable', `another mapper makes the ${relation}`, { retryAfterSeconds: waitSeconds });
    }
    if (await isThere(lime, object)) return { match: { kind: 'one', id: object.id }, made: false };
    return make({ ...task, gone: object.id });
  }

  const settled = async (id: number): Promise<void> => {
    const object = { instance: relation, limetype, id, url: urlOf(limetype, id), values: '' };
    await ledger.settle(claim, { outcome: 'delivered', object, delivered: { fingerprint, recency, written: '' } });
  };
  let mustLook = decision.look || decision.object !== undefined;
  try {
    if (mustLook) {
      const match = await lookAnew(findAnew, job, relation);
      mustLook = false;
      if (match.kind === 'one') await settled(match.id);
      if (match.kind === 'several') await ledger.settle(claim, { outcome: 'released' });
      if (match.kind !== 'none') return { match, made: false };
    }
    const before = () => ledger.extend(claim, requestTimeout + leaseMargin);
    const { _id } = await lime(createObject(limetype, await values()), Limeobject, { before });
    await settled(_id);
    return { match: { kind: 'one', id: _id }, made: true };
  } catch (error) {
    if (!(error instanceof LimeError)) throw error;
    // As with the limeobject: whoever looked before Lime has carried the request out would make a second one.
    if (mayComeLate(error)) await ledger.extend(claim, lateness);
    else {
      // A look that failed leaves open what an earlier attempt has made.
      const resolved = error.failure !== 'unclear' && !mustLook;
      const reason = `${relation}: ${error.message}`;
      await ledger.settle(claim, { outcome: 'retrying', object: undefined, reason, nextTryAt: now(), resolved });
    }
    throw error;
  }
};

/** A person may have been deleted since. */
const isThere = async (lime: Lime, { limetype, id }: { limetype: string; id: number }): Promise<boolean> => {
  try {
    await lime(readObject(limetype, id), Limeobject);
    return true;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') return false;
    throw error;
  }
};
