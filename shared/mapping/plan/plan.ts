import { type Finding, NotMappable } from '../../errors.ts';
import type { Limetype, Metadata } from '../../lime/wire.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import { type Draft, isUpdated, toDraft } from '../draft.ts';
import { languageOf } from '../notes/entries.ts';
import { headOf } from '../notes/head.ts';
import { type RelationName, relationNames, searchesOf } from '../settings/relation.ts';
import type { Settings } from '../settings/settings.ts';
import { createConvert, type Values } from './convert.ts';
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

export type { Creatable, Creation } from './parts.ts';

/** What a conversation is to become in this tenant: data only, nothing has been asked or sent. */
export type Plan = {
  /** The conversation's id as text. */
  conversation: string;
  limetype: string;
  /** Finds the limeobject again after an answer that was unclear. */
  identify: { property: string; value: string | number };
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
  omitted: Finding[];
  /** Required properties that get no value, of which the tenant does not tell whether they have a default. */
  unmapped: string[];
};

/** Limetypes whose metadata a plan of this draft needs. */
export const limetypesOf = ({ instance }: Draft): string[] => [
  instance.limetype,
  instance.history.limetype,
  ...Object.values(searchesOf(instance.relations)).map(({ limetype }) => limetype),
  ...[instance.conversation, instance.documents].flatMap((part) => part?.limetype ?? []),
];

/**
 * The plan of a conversation's main limeobject by the settings and the tenant's metadata. Throws NotMappable.
 * @param acceptedAt ISO time; dates the note of a conversation without any time
 */
export const toPlan = (conversation: Conversation, settings: Settings, metadata: Metadata, acceptedAt: string): Plan =>
  completePlan(toDraft(conversation, settings), metadata, acceptedAt);

/** Brings a draft to the tenant's data model. Throws NotMappable. */
export const completePlan = (draft: Draft, metadata: Metadata, acceptedAt: string): Plan => {
  const { conversation, payload, settings, instance } = draft;
  const path = `instances.${settings.instances.indexOf(instance)}`;
  const omitted: Finding[] = [];
  const convert = createConvert(payload, settings.timeZone, omitted);
  const limetype = need(metadata, instance.limetype);

  const create: Values = {};
  for (const [name, raw] of Object.entries(draft.values)) {
    const needed = name === instance.identify ? 'needed' : undefined;
    const value = convert.value(limetype, name, raw, `${path}.properties.${name}`, needed);
    if (value !== undefined) create[name] = value;
  }
  const update = Object.fromEntries(
    Object.entries(create).filter(([name]) => {
      const source = instance.properties[name];
      return source !== undefined && isUpdated(source, name, instance);
    }),
  );
  const identifyValue = create[instance.identify];
  if (typeof identifyValue !== 'string' && typeof identifyValue !== 'number') {
    throw new NotMappable(`${path}.identify: ${instance.identify} is neither a text nor a number`);
  }

  const wanted = Object.fromEntries(
    relationNames.map((relation) => [relation, instance.relations[relation]?.property]),
  );
  const relations = convert.names(limetype, wanted, `${path}.relations`);
  const known = new Set([...Object.keys(create), ...Object.values(relations)]);
  const missing = [...limetype.properties.values()].filter(({ name, required }) => required && !known.has(name));
  const [withoutDefault] = missing.filter(({ hasDefault, computed }) => hasDefault === false && !computed);
  if (withoutDefault !== undefined) {
    const name = `${limetype.name}.${withoutDefault.name}`;
    throw new NotMappable(`${path}.properties: ${name} is required, has no default and is not mapped`);
  }

  const parts = { convert, metadata, need, path };
  const creations = { ...creationOf('person', draft, parts), ...creationOf('company', draft, parts) };
  return {
    conversation: String(conversation.id),
    limetype: instance.limetype,
    identify: { property: instance.identify, value: identifyValue },
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
    head: headOf(conversation, settings, languageOf(instance, settings)),
    omitted,
    unmapped: missing.filter(({ hasDefault }) => hasDefault === undefined).map(({ name }) => name),
  };
};

const need = (metadata: Metadata, name: string): Limetype => {
  const limetype = metadata.get(name);
  if (limetype === undefined) throw new NotMappable(`the tenant has no limetype ${name}`);
  return limetype;
};
