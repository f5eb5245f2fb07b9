import { MappingError, type Omission } from '../../errors.ts';
import type { Limetype, Metadata } from '../../lime/wire.ts';
import { languageOf } from '../../notes/entries.ts';
import { headOf } from '../../notes/head.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import type { TooLong } from '../../userlike/forms/within-limits.ts';
import { type Draft, isUpdated, toDraft } from '../draft.ts';
import { markedIn, markOf, templateOfId } from '../settings/identify.ts';
import { type RelationName, relationNames, searchesOf } from '../settings/relation.ts';
import type { Settings } from '../settings/settings.ts';
import type { WireValue } from '../values/value.ts';
import { createConvert, fitted, type Values } from './convert.ts';
import {
  type Creation,
  companyOf,
  creationOf,
  type DocumentsPlan,
  documentsOf,
  type HistoryPlan,
  historyOf,
  type RowPlan,
  rowOf,
} from './parts.ts';
import { fitTitle } from './title.ts';

export type { Creatable, Creation } from './parts.ts';

/** Finds the limeobject again after an answer that was unclear. */
export type Identify = {
  property: string;
  value: string | number;
  /** What each text ends in that identifies this limeobject, and the text that did before there were marks. */
  marked?: { mark: string; former: string };
};

/** What a conversation is to become in this tenant: data only, nothing has been asked or sent. */
export type Plan = {
  /** The conversation's id as text. */
  conversation: string;
  limetype: string;
  identify: Identify;
  create: Values;
  update: Values;
  /** Properties of the limeobject that exist in this tenant, for what the lookups find. */
  relations: Partial<Record<RelationName, string>>;
  /** Those of them that Lime does not let be emptied. */
  requiredRelations: string[];
  /** What is made where the lookups find nobody. */
  creations: { person?: Creation; company?: Creation };
  /** The person's property that holds the company, for a person that is made. */
  companyOfPerson?: string;
  conversationRow?: RowPlan;
  documents?: DocumentsPlan;
  history: HistoryPlan;
  /** Lines above the messages in the first note. */
  head: string[];
  /** What the settings ask for and the tenant's data model does not take: the limeobject is made without it. */
  omitted: Omission[];
  /** Required properties that get no value, of which the tenant does not tell whether they have a default. */
  unmapped: string[];
};

/** Limetypes whose metadata a plan of this draft needs. */
export function limetypesOf({ instance }: Draft): string[] {
  return [
    instance.limetype,
    instance.history.limetype,
    ...Object.values(searchesOf(instance.relations)).map(({ limetype }) => limetype),
    ...[instance.conversation, instance.documents].flatMap((part) => part?.limetype ?? []),
  ];
}

/**
 * The plan of a conversation's main limeobject by the settings and the tenant's metadata. Throws MappingError.
 * @param acceptedAt ISO time; dates the note of a conversation without any time
 */
export function toPlan(conversation: Conversation, settings: Settings, metadata: Metadata, acceptedAt: string): Plan {
  return completePlan(toDraft(conversation, settings), metadata, acceptedAt);
}

/** Brings a draft to the tenant's data model. Throws MappingError. */
export function completePlan(draft: Draft, metadata: Metadata, acceptedAt: string): Plan {
  const { conversation, payload, settings, instance } = draft;
  const path = `instances.${settings.instances.indexOf(instance)}`;
  const omitted: Omission[] = draft.tooLong.map(omissionOf);
  const convert = createConvert(payload, settings.timeZone, omitted);
  const limetype = need(metadata, instance.limetype);

  const mark = markOf(conversation.id);
  const create: Values = {};
  for (const [name, source] of Object.entries(instance.properties)) {
    const property = limetype.properties.get(name);
    const raw = draft.values[name];
    const needed = name === instance.identify ? 'needed' : undefined;
    const fitting =
      needed === undefined ? fitted(raw, source, property) : fitTitle(raw, source, mark, property?.length);
    const value = convert.value(limetype, name, fitting, `${path}.properties.${name}`, needed);
    if (value !== undefined) create[name] = value;
  }
  const update = Object.fromEntries(
    Object.entries(create).filter(([name]) => {
      const source = instance.properties[name];
      return source !== undefined && isUpdated(source, name, instance);
    }),
  );
  const identify = identifyOf(draft, limetype, create[instance.identify], path);

  const wanted = Object.fromEntries(
    relationNames.map((relation) => [relation, instance.relations[relation]?.property]),
  );
  const relations = convert.names(limetype, wanted, `${path}.relations`);
  const known = new Set([...Object.keys(create), ...Object.values(relations)]);
  const missing = [...limetype.properties.values()].filter(({ name, required }) => required && !known.has(name));
  const [withoutDefault] = missing.filter(({ hasDefault, computed }) => hasDefault === false && !computed);
  if (withoutDefault !== undefined) {
    const name = `${limetype.name}.${withoutDefault.name}`;
    throw new MappingError(`${path}.properties: ${name} is required, has no default and is not mapped`);
  }

  const parts = { convert, metadata, need, path };
  const creations = { ...creationOf('person', draft, parts), ...creationOf('company', draft, parts) };
  return {
    conversation: String(conversation.id),
    limetype: instance.limetype,
    identify,
    create,
    update,
    relations,
    requiredRelations: [...limetype.properties.values()]
      .filter(({ name, required }) => required && Object.values(relations).includes(name))
      .map(({ name }) => name),
    creations,
    ...companyOf(draft, parts, creations.person),
    ...rowOf(draft, parts),
    ...documentsOf(draft, parts),
    history: historyOf(draft, parts, acceptedAt),
    head: headOf(payload, settings, languageOf(instance, settings)),
    omitted,
    unmapped: missing.filter(({ hasDefault }) => hasDefault === undefined).map(({ name }) => name),
  };
}

function omissionOf({ path, most }: TooLong): Omission {
  return { path, message: `${path} is longer than ${most} characters`, rule: 'tooLong', n: most, field: path };
}

function identifyOf(
  { conversation: { id }, instance: { identify: property, properties } }: Draft,
  limetype: Limetype,
  value: WireValue | undefined,
  path: string,
): Identify {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new MappingError(`${path}.identify: ${property} is neither a text nor a number`);
  }
  if (markedIn(properties[property]?.template ?? '') === undefined) return { property, value };
  const former = templateOfId(limetype.properties.get(property)?.length).replace('{{ id }}', String(id));
  return { property, value, marked: { mark: markOf(id), former } };
}

function need(metadata: Metadata, name: string): Limetype {
  const limetype = metadata.get(name);
  if (limetype === undefined) throw new MappingError(`the tenant has no limetype ${name}`);
  return limetype;
}
