import { LimeError } from '../../errors.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import type { Creatable } from '../../mapping/plan/creation.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import type { Match } from '../../mapping/search.ts';
import { type CreateDeps, createUnderClaim } from './create-under-claim.ts';
import { creationKey } from './creation-key.ts';
import {
  type CreatableRelation,
  type Creation,
  matchAmong,
  mayMatch,
  needsFreshSearch,
  type PendingCreation,
  type RelationSearch,
  searchOf,
} from './pending-creations.ts';

/** A conversation whose relations are completed. */
type Linked = { organization: string; draft: Draft };

/**
 * Creates missing persons and companies that the settings ask for. Adds what could not be created, or not completely,
 * to the plan's `omitted`.
 */
export type FindOrCreate = (linked: Linked, plan: Plan, found: Found) => Promise<{ found: Found; plan: Plan }>;

const none: Match = { kind: 'none' };

/**
 * Creates one person for two conversations of one new contact. Within a batch, each conversation finds what the others
 * have created. Between mappers, the ledger has a claim for each contact.
 */
export function createFindOrCreate(deps: CreateDeps): FindOrCreate {
  const pendingCreations: Record<CreatableRelation, Map<string, PendingCreation>> = {
    person: new Map(),
    company: new Map(),
  };

  return async (linked, plan, found) => {
    const omitted = [...plan.omitted];

    async function complete(relation: CreatableRelation, more: () => Promise<Values>): Promise<Match> {
      if (found[relation].kind !== 'none' || (linked.draft.searches[relation]?.length ?? 0) === 0) {
        return found[relation];
      }
      const creation = plan.creations[relation];
      const creatable = creation && 'values' in creation ? creation : undefined;
      try {
        const pending = pendingCreations[relation];
        const { match, isNew } = await findOrCreate(deps, pending, { ...linked, relation, creatable, more });
        if (isNew) omitted.push(...(creatable?.omitted ?? []));
        if (match.kind === 'none' && creation && 'impossible' in creation) omitted.push(creation.impossible);
        return match;
      } catch (error) {
        // The conversation is worth more than the link. Continue without it.
        if (!(error instanceof LimeError) || error.failure !== 'refused') throw error;
        const message = `${relation}, which ${error.message}`;
        omitted.push({ path: `relations.${relation}.create`, message, rule: 'refused', of: relation });
        return none;
      }
    }

    let completing: Promise<Match> | undefined;
    const completeCompany = (): Promise<Match> => {
      completing ??= complete('company', async () => ({}));
      return completing;
    };
    const person = await complete('person', async () => {
      const employer = await completeCompany();
      return employer.kind === 'one' && plan.companyOfPerson !== undefined
        ? { [plan.companyOfPerson]: employer.id }
        : {};
    });
    // A person who was created meanwhile has a company. Do not create another one.
    const company: Match =
      person.kind === 'one' && person.company !== undefined
        ? { kind: 'one', id: person.company }
        : await completeCompany();
    return { found: { ...found, company, person }, plan: { ...plan, omitted } };
  };
}

type Completion = Linked & {
  relation: CreatableRelation;
  /** Undefined if nothing is to be created. */
  creatable: Creatable | undefined;
  /** Further values, requested only when the limeobject is about to be created. */
  more: () => Promise<Values>;
};

/** Finds what the batch has created meanwhile. Otherwise creates it if the settings ask for that. */
async function findOrCreate(
  deps: CreateDeps,
  pendingCreations: Map<string, PendingCreation>,
  completion: Completion,
): Promise<Creation> {
  const { draft, relation, creatable } = completion;
  const searched = searchOf(draft, relation);
  if (searched === undefined) return { match: none, isNew: false };
  const keys = keysOf(relation, searched, deps.hashKey);
  const awaited = new Set<PendingCreation>();
  for (;;) {
    const same = creatable && pendingCreations.get(keys.key);
    const sameMatch = same && (await same.done).match;
    if (sameMatch !== undefined && same?.outcome === 'unknown') return { match: sameMatch, isNew: false };
    const others = [...pendingCreations.values()].filter(
      (one) => !awaited.has(one) && mayMatch(one, searched) && !isDecidedByClaim(one),
    );
    if (others.length === 0) {
      if (sameMatch !== undefined) return { match: sameMatch, isNew: false };
      // Do not await anything before it is pending, or another draft would create the same.
      return creatable === undefined
        ? { match: none, isNew: false }
        : startCreation(deps, pendingCreations, keys, { ...completion, creatable });
    }
    await Promise.allSettled(others.map(({ done }) => done));
    for (const one of others) awaited.add(one);
    const matching = [...awaited].filter((one) => mayMatch(one, searched));
    const match = needsFreshSearch(matching, searched)
      ? await deps.searchAgain(draft, relation)
      : matchAmong(matching, searched);
    if (match.kind !== 'none') return { match, isNew: false };
  }

  /** The creation may have succeeded. The claim for the same key finds out. */
  function isDecidedByClaim({ key, outcome }: PendingCreation): boolean {
    return creatable !== undefined && key === keys.key && outcome === 'unknown';
  }
}

/** Creates under a claim of the ledger. The creation is pending from this moment on. */
function startCreation(
  deps: CreateDeps,
  pendingCreations: Map<string, PendingCreation>,
  keys: Keys,
  { organization, draft, relation, creatable, more }: Completion & { creatable: Creatable },
): Promise<Creation> {
  const { key } = keys;
  const { limetype, values } = creatable;
  const mapped = new Set(Object.keys(draft.instance.relations[relation]?.create?.properties ?? {}));
  const pending: PendingCreation = { key, limetype, mapped, values, done: create() };
  pendingCreations.set(key, pending);
  return pending.done;

  async function create(): Promise<Creation> {
    try {
      const creation = await createUnderClaim(deps, { organization, draft, relation, limetype, ...keys, values: all });
      pending.outcome = creation.isNew && creation.match.kind === 'one' ? { id: creation.match.id } : 'unknown';
      return creation;
    } catch (error) {
      pendingCreations.delete(key);
      pending.outcome = error instanceof LimeError && error.failure !== 'unclear' ? 'nothing' : 'unknown';
      // It may exist. Later drafts search for it, and may create it under their own key.
      if (pending.outcome === 'unknown') pendingCreations.set(`${key} unclear`, pending);
      throw error;
    }
  }

  async function all(): Promise<Values> {
    pending.values = { ...values, ...(await more()) };
    return pending.values;
  }
}

/** The ledger's key of what is created, and the one from before the organization had a hash key. */
type Keys = { key: string; formerKey?: string };

function keysOf(relation: CreatableRelation, { limetype, search }: RelationSearch, hashKey: string | undefined): Keys {
  const [first] = search;
  if (hashKey === undefined) return { key: creationKey(relation, limetype, first) };
  return { key: creationKey(relation, limetype, first, hashKey), formerKey: creationKey(relation, limetype, first) };
}
