import { LimeError } from '../../errors.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import type { Creatable } from '../../mapping/plan/creation.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import type { Match } from '../../mapping/search.ts';
import type { Job } from '../job.ts';
import { type Keys, lookAnew, type More, make, type Relation, type World } from './make.ts';
import { makingKey } from './making-key.ts';
import { concerns, type Made, type Making, matchMade, mustAsk, searchingOf } from './makings.ts';

/** Makes what the lookups did not find and the settings want made. The plan says what could not, or not wholly. */
export type Ensure = (job: Job, plan: Plan, found: Found) => Promise<{ found: Found; plan: Plan }>;

const none: Match = { kind: 'none' };

/**
 * Two conversations of one new contact, in one batch or in two mappers, make one person: in a batch each finds what
 * the others have made meanwhile, as a lookup would, and between mappers the ledger has a claim for each contact, under
 * a hash of what is searched first. Without the organization's hash key it was another one, which is looked at, too.
 */
export const createEnsure = (world: World): Ensure => {
  const makings = new Map<string, Making>();

  const start = (job: Job, relation: Relation, keys: Keys, { limetype, values }: Creatable, more: More): Making => {
    const { key } = keys;
    const completed = async () => {
      making.values = { ...values, ...(await more()) };
      return making.values;
    };
    const mapped = new Set(Object.keys(job.draft.instance.relations[relation]?.create?.properties ?? {}));
    const ended = make({ ...world, ...keys, job, relation, limetype, values: completed }).then(
      (result) => {
        making.outcome = result.made && result.match.kind === 'one' ? { id: result.match.id } : 'asking';
        return result;
      },
      (error: unknown) => {
        making.outcome = error instanceof LimeError && error.failure !== 'unclear' ? 'nothing' : 'asking';
        makings.delete(key);
        if (making.outcome === 'asking') makings.set(`${key} unclear`, making);
        throw error;
      },
    );
    const making: Making = { key, limetype, mapped, values, ended };
    makings.set(key, making);
    return making;
  };

  /** What is there by now, or made where `creation` says how. */
  const getOrMake = async (
    job: Job,
    relation: Relation,
    creation: Creatable | undefined,
    more: More,
  ): Promise<Made> => {
    const searching = searchingOf(job.draft, relation);
    if (searching === undefined) return { match: none, made: false };
    const keyWith = (hashKey?: string) => makingKey(relation, searching.limetype, searching.search[0], hashKey);
    const { hashKey } = world;
    const keys: Keys = { key: keyWith(hashKey), ...(hashKey !== undefined && { formerKey: keyWith() }) };
    const { key } = keys;
    const seen = new Set<Making>();
    for (;;) {
      const same = creation === undefined ? undefined : makings.get(key);
      if (same !== undefined && same.outcome === undefined) {
        await same.ended;
        continue;
      }
      const unseen = [...makings.values()].filter(
        (making) =>
          !seen.has(making) &&
          concerns(making, searching) &&
          (creation === undefined || making.key !== key || making.outcome !== 'asking'),
      );
      if (unseen.length === 0) {
        if (same !== undefined) return { match: (await same.ended).match, made: false };
        if (creation === undefined) return { match: none, made: false };
        // At once: what is awaited before, another draft of the batch would do as well.
        return start(job, relation, keys, creation, more).ended;
      }
      await Promise.allSettled(unseen.map(({ ended }) => ended));
      for (const making of unseen) seen.add(making);
      const there = [...seen].filter((making) => concerns(making, searching));
      const match = mustAsk(there, searching)
        ? await lookAnew(world.findAnew, job, relation)
        : matchMade(there, searching);
      if (match.kind !== 'none') return { match, made: false };
    }
  };

  return async (job, plan, found) => {
    const omitted = [...plan.omitted];
    const ensureOne = async (relation: Relation, more: More): Promise<Match> => {
      if (found[relation].kind !== 'none' || (job.draft.searches[relation]?.length ?? 0) === 0) return found[relation];
      const creation = plan.creations[relation];
      const creatable = creation && 'values' in creation ? creation : undefined;
      try {
        const { match, made } = await getOrMake(job, relation, creatable, more);
        if (made) omitted.push(...(creatable?.omitted ?? []));
        if (match.kind === 'none' && creation && 'impossible' in creation) omitted.push(creation.impossible);
        return match;
      } catch (error) {
        // The conversation is worth more than the link: it goes on without.
        if (!(error instanceof LimeError) || error.failure !== 'refused') throw error;
        const message = `${relation}, which ${error.message}`;
        omitted.push({ path: `relations.${relation}.create`, message, rule: 'refused', of: relation });
        return none;
      }
    };

    let ensured: Promise<Match> | undefined;
    const ensureCompany = (): Promise<Match> => {
      ensured ??= ensureOne('company', async () => ({}));
      return ensured;
    };
    const employer = async (): Promise<Values> => {
      const match = await ensureCompany();
      return match.kind === 'one' && plan.companyOfPerson !== undefined ? { [plan.companyOfPerson]: match.id } : {};
    };
    const person = await ensureOne('person', employer);
    // A person who was made meanwhile has a company, and another one is not made.
    const company: Match =
      person.kind === 'one' && person.company !== undefined
        ? { kind: 'one', id: person.company }
        : await ensureCompany();
    return { found: { ...found, company, person }, plan: { ...plan, omitted } };
  };
};
