import { type DeliveryDeps, deliver } from '../../shared/delivery/deliver.ts';
import type { Job } from '../../shared/delivery/record.ts';
import { createFind, createSearchAgain } from '../../shared/delivery/relations/find.ts';
import { createFindOrCreate } from '../../shared/delivery/relations/find-or-create.ts';
import { type Finding, MappingError } from '../../shared/errors.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import { createMetadata } from '../../shared/lime/metadata.ts';
import { type Draft, toDrafts } from '../../shared/mapping/draft.ts';
import type { Found } from '../../shared/mapping/plan/found.ts';
import type { Plan } from '../../shared/mapping/plan/plan.ts';
import { type RelationName, relationNames } from '../../shared/mapping/settings/relation.ts';
import { type Settings, topicKey } from '../../shared/mapping/settings/settings.ts';
import { isAllowedUrl } from '../../shared/media/allowed.ts';
import type { FetchMedia } from '../../shared/media/fetch-media.ts';
import { filenameOf } from '../../shared/media/filename.ts';
import { type Conversation, topicsOf } from '../../shared/userlike/conversation.ts';
import { type Created, createRecorder, type DryRequest, type Recorder } from './recorder.ts';

/** What a conversation would become: its limeobjects with their reasons, and the requests in order. */
export type DryRun = { objects: DryObject[]; requests: DryRequest[] };

export type DryObject = {
  instance: string;
  /** Why this instance applies. */
  because: string;
  limetype: string;
  /** Empty if the conversation is parked before the look-ups. */
  lookups: DryLookup[];
  /** Values that the tenant does not accept, so that they are left out. */
  omitted: Finding[];
  /** Required properties without a value. Lime may have a default for them. */
  unmapped: string[];
  /** The number of the created limeobject. Missing if the conversation is parked before. */
  created?: number;
  /** The reason for which the conversation would be parked. */
  parked?: string;
};

/** A look-up and what it found. If it found several, none is linked. */
export type DryLookup = {
  relation: RelationName;
  by: { path: string; as: string; value: string }[];
  found: (number | Created)[];
  linked: boolean;
};

/**
 * Delivers a conversation as a mapper does for the first time, but sends nothing. Only metadata and look-ups are
 * requested from Lime. Throws LimeError if that fails, MappingError if no instance takes the conversation.
 * @param acceptedAt ISO time, which dates the note of a conversation without any time
 */
export async function dryRun(options: {
  conversation: Conversation;
  settings: Settings;
  lime: Lime;
  acceptedAt: string;
}): Promise<DryRun> {
  const { conversation, settings, acceptedAt } = options;
  const recorder = createRecorder(options.lime);
  const drafts = toDrafts(conversation, settings);
  const objects: DryObject[] = [];
  const depsFor = openDelivery(recorder, settings, drafts);
  for (const draft of drafts) {
    const seen: Seen = {};
    const { instance } = draft;
    const job: Job = {
      organization: String(conversation.organization_id ?? ''),
      conversation: String(conversation.id),
      ...(draft !== drafts[0] && { additional: instance.name }),
      callId: 'preview',
      draft,
      acceptedAt,
      lastTry: false,
    };
    const delivery = await deliver(job, depsFor(seen));
    if (delivery.outcome === 'retry') throw delivery.error ?? new MappingError(delivery.reason);
    const id = 'limeobject' in delivery ? delivery.limeobject : undefined;
    const created = id === undefined ? undefined : recorder.idOf(id);
    objects.push({
      instance: instance.name,
      because: reasonFor(draft),
      limetype: instance.limetype,
      lookups: lookupsOf(draft, seen.found, recorder),
      omitted: (seen.plan?.omitted ?? []).map(({ path, message }) => ({ path, message })),
      unmapped: seen.plan?.unmapped ?? [],
      ...(typeof created === 'object' && created),
      ...(delivery.outcome === 'parked' && { parked: delivery.parking.reason }),
    });
    if (delivery.outcome === 'parked') break;
  }
  return { objects, requests: recorder.requests };
}

/** What is recorded during a delivery. */
type Seen = { plan?: Plan; found?: Found };

/** The dependencies of a delivery that sends nothing. */
function openDelivery({ lime }: Recorder, settings: Settings, drafts: readonly Draft[]): (seen: Seen) => DeliveryDeps {
  const metadata = createMetadata(lime);
  const now = () => 0;
  const urlOf: DeliveryDeps['urlOf'] = (limetype, id) =>
    settings.links.limeobject.replace('{limetype}', limetype).replace('{id}', String(id));
  const find = createFind({ lime, metadata, drafts });
  const searchAgain = createSearchAgain({ lime, metadata });
  const findOrCreate = createFindOrCreate({ limeFor: () => lime, ledger: firstTime, searchAgain, urlOf, now });
  return (seen) => ({
    limeFor: () => lime,
    metadata,
    ledger: firstTime,
    find,
    findOrCreate: async (job, plan, found) => Object.assign(seen, await findOrCreate(job, plan, found)),
    urlOf,
    park: async () => {},
    delay: () => 0,
    unsettled: () => {},
    fetchMedia: notFetched,
    limitConcurrency: (work) => work(),
    now,
  });
}

/** Fetches no file. A file from an allowed host counts as accepted, whatever its size and type. */
const notFetched: FetchMedia = async (address, { hosts }, name) => {
  const url = URL.parse(address);
  if (url === null || !isAllowedUrl(url, hosts)) return { ok: false, reason: 'hostNotAllowed' };
  return {
    ok: true,
    name: filenameOf(name, { url }),
    bytes: new Uint8Array(),
    contentType: 'application/octet-stream',
  };
};

/** An empty ledger without other claims. */
const firstTime: Ledger = {
  claim: async (key, { fingerprint, recency }) => ({
    decision: { action: 'write', object: undefined, delivered: undefined, reconcileFirst: false },
    claim: { ...key, owner: 'preview', fingerprint, recency, until: Number.POSITIVE_INFINITY },
  }),
  extend: async () => {},
  record: async () => {},
  settle: async () => {},
  read: async () => undefined,
};

function reasonFor({ conversation, instance }: Draft): string {
  const keys = instance.topics?.map(topicKey);
  const taken = topicsOf(conversation).filter((topic) => keys?.includes(topicKey(topic)));
  if (taken.length > 0)
    return `${instance.additional ? 'additional, ' : ''}takes the topic${taken.length > 1 ? 's' : ''} ${taken.join(', ')}`;
  return instance.additional ? 'additional to every conversation' : 'the fallback: no other instance takes its topics';
}

function lookupsOf({ searches }: Draft, found: Found | undefined, { idOf }: Recorder): DryLookup[] {
  return (found === undefined ? [] : relationNames).flatMap((relation) => {
    const by = (searches[relation] ?? []).map(({ rule, normal }) => ({ path: rule.path, as: rule.as, value: normal }));
    const match = found?.[relation] ?? { kind: 'none' };
    if (by.length === 0 && match.kind === 'none') return [];
    const ids = match.kind === 'one' ? [match.id] : match.kind === 'several' ? match.found.map(({ id }) => id) : [];
    return [{ relation, by, found: ids.map(idOf), linked: match.kind === 'one' }];
  });
}
