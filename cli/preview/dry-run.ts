import { createAttach } from '../../shared/delivery/attach/attach.ts';
import { type DeliveryDeps, deliver } from '../../shared/delivery/deliver.ts';
import type { Job } from '../../shared/delivery/record.ts';
import { createFind, createSearchAgain } from '../../shared/delivery/relations/find.ts';
import { createFindOrCreate } from '../../shared/delivery/relations/find-or-create.ts';
import { type Finding, LimeError, MappingError } from '../../shared/errors.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import { createMetadata } from '../../shared/lime/metadata.ts';
import { createObject } from '../../shared/lime/requests.ts';
import type { Metadata } from '../../shared/lime/wire.ts';
import { skipOf } from '../../shared/mapping/accept.ts';
import { type Draft, toDrafts } from '../../shared/mapping/draft.ts';
import type { Found } from '../../shared/mapping/plan/found.ts';
import { limetypesOf, type Plan } from '../../shared/mapping/plan/plan.ts';
import { type Settings, topicKey } from '../../shared/mapping/settings/settings.ts';
import { isAllowedUrl, isLocal } from '../../shared/media/allowed.ts';
import type { FetchMedia } from '../../shared/media/fetch-media.ts';
import { filenameOf } from '../../shared/media/filename.ts';
import { type Conversation, topicsOf } from '../../shared/userlike/conversation.ts';
import { type DryLookup, lookupsOf } from './lookups.ts';
import { createRecorder, type DryRequest, type Recorder } from './recorder.ts';
import { type Section, sectionsOf } from './sections.ts';

/**
 * The limeobjects of a conversation with their reasons, and the requests in order. Otherwise the reason why the
 * settings do not accept it.
 */
export type DryRun = { objects: DryObject[]; requests: DryRequest[]; skipped?: string };

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
  /** A row for each mapped property, by limeobject. */
  sections: Section[];
  /** The number of the created limeobject. Missing if the conversation is parked before. */
  created?: number;
  /** The limeobject of the tenant that the conversation would be attached to. */
  attached?: number;
  /** The reason for which the conversation would be parked. */
  parked?: string;
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
  /** True if the mapper takes files of this machine, as in a local run. */
  allowLocal?: boolean;
}): Promise<DryRun> {
  const { conversation, settings, acceptedAt, allowLocal = false } = options;
  const skip = skipOf(conversation, settings);
  if (skip !== undefined) return { objects: [], requests: [], skipped: skip.reason };
  const recorder = createRecorder(options.lime);
  const drafts = toDrafts(conversation, settings);
  const objects: DryObject[] = [];
  const metadata = createMetadata(recorder.lime);
  const depsFor = openDelivery(recorder, settings, drafts, { metadata, fetchMedia: notFetched(allowLocal) });
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
    const before = recorder.requests.length;
    const delivery = await deliver(job, depsFor(seen));
    if (delivery.outcome === 'retry') throw delivery.error ?? new MappingError(delivery.reason);
    const id = 'limeobject' in delivery ? delivery.limeobject : undefined;
    const owner = id === undefined ? undefined : recorder.idOf(id);
    const created = typeof owner === 'object' ? owner.created : undefined;
    const attached = typeof owner === 'number' ? owner : undefined;
    const lookups = lookupsOf(draft, seen.found, recorder);
    const omitted = (seen.plan?.omitted ?? []).map(({ path, message }) => ({ path, message }));
    const sections = sectionsOf({
      draft,
      metadata: await knownMetadata(metadata, draft),
      requests: recorder.requests.slice(before),
      before,
      created,
      omitted,
      lookups,
    });
    objects.push({
      instance: instance.name,
      because: reasonFor(draft),
      limetype: instance.limetype,
      lookups,
      omitted,
      unmapped: seen.plan?.unmapped ?? [],
      // Nobody's properties are written.
      sections: attached === undefined ? sections : sections.filter(({ limetype }) => limetype !== instance.limetype),
      ...(attached !== undefined && { attached }),
      ...(created !== undefined && { created }),
      ...(delivery.outcome === 'parked' && { parked: delivery.parking.reason }),
    });
    if (delivery.outcome === 'parked') break;
  }
  return { objects, requests: recorder.requests };
}

/** What is recorded during a delivery. */
type Seen = { plan?: Plan; found?: Found };

/** The dependencies of a delivery that sends nothing. */
function openDelivery(
  { lime }: Recorder,
  settings: Settings,
  drafts: readonly Draft[],
  { metadata, fetchMedia }: Pick<DeliveryDeps, 'metadata' | 'fetchMedia'>,
): (seen: Seen) => DeliveryDeps {
  const now = () => 0;
  const urlOf: DeliveryDeps['urlOf'] = (limetype, id) =>
    settings.links.limeobject.replace('{limetype}', limetype).replace('{id}', String(id));
  const find = createFind({ lime, metadata, drafts });
  const searchAgain = createSearchAgain({ lime, metadata });
  const findOrCreate = createFindOrCreate({ limeFor: () => lime, ledger: firstTime, searchAgain, urlOf, now });
  return (seen) => ({
    limeFor: () => refusing(lime, seen),
    metadata,
    ledger: firstTime,
    find,
    attach: createAttach({ lime, metadata, find, drafts }),
    findOrCreate: async (job, plan, found) => Object.assign(seen, await findOrCreate(job, plan, found)),
    urlOf,
    park: async () => {},
    delay: () => 0,
    unsettled: () => {},
    fetchMedia,
    limitConcurrency: (work) => work(),
    now,
  });
}

/** Refuses a limeobject whose required relation found nobody, as Lime does. */
function refusing(lime: Lime, seen: Seen): Lime {
  return async (request, answer) => {
    const { limetype = '', requiredRelations = [], create = {} } = seen.plan ?? {};
    const isMain = request.method === 'POST' && request.path === createObject(limetype, {}).path;
    const missing = requiredRelations.find((property) => request.body?.[property] === undefined);
    if (isMain && missing !== undefined && Object.keys(create).every((name) => request.body?.[name] !== undefined)) {
      throw new LimeError('refused', `${limetype}.${missing} is required, and nobody was found`);
    }
    return lime(request, answer);
  };
}

/** Fetches no file. A file from an allowed host counts as accepted, whatever its size and type. */
function notFetched(allowLocal: boolean): FetchMedia {
  return async (address, { hosts }, name) => {
    const url = URL.parse(address);
    const isAllowed = url !== null && (isAllowedUrl(url, hosts) || (allowLocal && isLocal(url)));
    if (!isAllowed) return { ok: false, reason: 'hostNotAllowed' };
    return {
      ok: true,
      name: filenameOf(name, { url }),
      bytes: new Uint8Array(),
      contentType: 'application/octet-stream',
    };
  };
}

/** The limetypes of a draft that the tenant has. */
async function knownMetadata(metadata: DeliveryDeps['metadata'], draft: Draft): Promise<Metadata> {
  const known = limetypesOf(draft).map(async (name) => {
    try {
      return [...(await metadata([name]))];
    } catch (error) {
      if (error instanceof MappingError) return [];
      throw error;
    }
  });
  return new Map((await Promise.all(known)).flat());
}

/** An empty ledger without other claims. */
const firstTime: Ledger = {
  claim: async (key, { fingerprint, recency }) => ({
    decision: { action: 'write', object: undefined, delivered: undefined, reconcileFirst: false },
    claim: { ...key, owner: 'preview', fingerprint, recency, until: Number.POSITIVE_INFINITY },
  }),
  extend: async () => {},
  record: async () => {},
  settle: async () => {},
  skip: async () => true,
  read: async () => undefined,
};

function reasonFor({ conversation, instance }: Draft): string {
  const keys = instance.topics?.map(topicKey);
  const taken = topicsOf(conversation).filter((topic) => keys?.includes(topicKey(topic)));
  if (taken.length > 0)
    return `${instance.additional ? 'additional, ' : ''}takes the topic${taken.length > 1 ? 's' : ''} ${taken.join(', ')}`;
  return instance.additional ? 'additional to every conversation' : 'the fallback: no other instance takes its topics';
}
