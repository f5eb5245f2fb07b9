import { LimeError } from '../../errors.ts';
import type { Ledger } from '../../ledger/dynamodb.ts';
import { type Lime, requestTimeout } from '../../lime/client.ts';
import { createObject, readObject } from '../../lime/requests.ts';
import { mayComeLate } from '../../lime/retry.ts';
import { Limeobject } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Creatable, Plan } from '../../mapping/plan/plan.ts';
import type { Match } from '../../mapping/search.ts';
import type { Job } from '../job.ts';
import { lateness, leaseMargin } from '../lease.ts';
import { makingKey } from './making-key.ts';

/** Makes what the lookups did not find and the settings want made. The plan says what could not, or not wholly. */
export type Ensure = (job: Job, plan: Plan, found: Found) => Promise<{ found: Found; plan: Plan }>;

/** `made`: it is new, and not one that was there already. */
type Made = { match: Match; made: boolean };

/** Milliseconds for which a limeobject made a moment ago is believed, where a lookup does not know it yet. */
const believed = 600_000;

/** Seconds after which a record comes again that waits for another mapper's person. */
const waitSeconds = 5;

/**
 * Two conversations of one new contact, in one batch or in two mappers, make one person: in a batch they share it, and
 * between mappers the ledger has a claim for each contact, under a hash of what is searched first.
 */
export const createEnsure = (options: {
  lime: Lime;
  ledger: Ledger;
  /** Asks Lime anew, whatever the batch's lookups said. */
  findAnew: (draft: Draft) => Promise<Found>;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
}): Ensure => {
  const making = new Map<string, Promise<Made>>();

  const once = (job: Job, relation: 'person' | 'company', creation: Creatable): Promise<Made> => {
    const [term] = job.draft.searches[relation] ?? [];
    const key = makingKey(relation, creation.limetype, term);
    const shared = making.get(key);
    if (shared !== undefined) return shared.then(({ match }) => ({ match, made: false }));
    const own = make({ ...options, job, relation, creation, key });
    making.set(key, own);
    return own.catch((error: unknown) => {
      making.delete(key);
      throw error;
    });
  };

  return async (job, plan, found) => {
    const { searches } = job.draft;
    const omitted = [...plan.omitted];
    const ensureOne = async (relation: 'person' | 'company', more: Values = {}): Promise<Match> => {
      const creation = plan.creations[relation];
      const missing = found[relation].kind === 'none' && (searches[relation]?.length ?? 0) > 0;
      if (!missing || creation === undefined) return found[relation];
      if ('impossible' in creation) {
        omitted.push(creation.impossible);
        return found[relation];
      }
      try {
        const { match, made } = await once(job, relation, { ...creation, values: { ...creation.values, ...more } });
        if (made) omitted.push(...creation.omitted);
        return match;
      } catch (error) {
        // The conversation is worth more than the link: it goes on without.
        if (!(error instanceof LimeError) || error.failure !== 'refused') throw error;
        omitted.push({ path: `relations.${relation}.create`, message: `${relation}, which ${error.message}` });
        return { kind: 'none' };
      }
    };

    const company = await ensureOne('company');
    const employer =
      company.kind === 'one' && plan.companyOfPerson !== undefined ? { [plan.companyOfPerson]: company.id } : {};
    const person = await ensureOne('person', employer);
    return { found: { ...found, company, person }, plan: { ...plan, omitted } };
  };
};

type Making = {
  lime: Lime;
  ledger: Ledger;
  findAnew: (draft: Draft) => Promise<Found>;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
  job: Job;
  relation: 'person' | 'company';
  creation: Creatable;
  key: string;
  /** Was made a moment ago, and is no longer in Lime. */
  gone?: number;
};

const make = async (making: Making): Promise<Made> => {
  const { lime, ledger, findAnew, urlOf, now, job, relation, creation, key, gone } = making;
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
    return make({ ...making, gone: object.id });
  }

  const settled = async (id: number): Promise<void> => {
    const object = {
      instance: relation,
      limetype: creation.limetype,
      id,
      url: urlOf(creation.limetype, id),
      values: '',
    };
    await ledger.settle(claim, { outcome: 'delivered', object, delivered: { fingerprint, recency, written: '' } });
  };
  let mustLook = decision.look || decision.object !== undefined;
  try {
    if (mustLook) {
      const match = (await findAnew(job.draft))[relation];
      mustLook = false;
      if (match.kind === 'one') await settled(match.id);
      if (match.kind === 'several') await ledger.settle(claim, { outcome: 'released' });
      if (match.kind !== 'none') return { match, made: false };
    }
    const before = () => ledger.extend(claim, requestTimeout + leaseMargin);
    const { _id } = await lime(createObject(creation.limetype, creation.values), Limeobject, { before });
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
