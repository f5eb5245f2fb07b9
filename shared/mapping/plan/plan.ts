import { MappingError } from '../../errors.ts';
import type { Limetype, Metadata } from '../../lime/wire.ts';
import { headOf } from '../../notes/head.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import type { OversizedField } from '../../userlike/forms/within-limits.ts';
import { conversationLink } from '../conversation-link.ts';
import { type Draft, isUpdated, onResendOf, toDraft } from '../draft.ts';
import { languageOf } from '../note-options.ts';
import type { Omission } from '../omission.ts';
import { idTemplate, markOf, parseMarkedTemplate } from '../settings/identify.ts';
import { type RelationName, relationNames, searchesOf } from '../settings/relation.ts';
import type { Settings } from '../settings/settings.ts';
import type { WireValue } from '../values/value.ts';
import { type AttachPlan, attachOf } from './attach.ts';
import { createValueConverter, fitToProperty, type Values } from './convert.ts';
import { type Creation, companyOf, creationOf } from './creation.ts';
import { type FillPlan, fillOf } from './fill.ts';
import { type DocumentsPlan, documentsOf, type HistoryPlan, historyOf, type RowPlan, rowOf } from './parts.ts';
import { fitTitle } from './title.ts';
import { type TodoPlan, todoOf } from './todo.ts';

/** How to find the limeobject again after an unclear response. */
export type Identify = {
  property: string;
  value: string | number;
  /** The mark that ends each identifying text, and the text that identified the limeobject before there were marks. */
  marked?: { mark: string; former: string };
};

/** The planned limeobject of a conversation in this tenant. Data only: nothing has been requested or sent. */
export type Plan = {
  /** The conversation's id as text. */
  conversation: string;
  limetype: string;
  identify: Identify;
  create: Values;
  update: Values;
  /** Properties that are written again only where nobody has changed them, with their types in Lime. */
  unlessChanged?: Readonly<Record<string, string>>;
  /** Existing properties of the limeobject for lookup results. */
  relations: Partial<Record<RelationName, string>>;
  /** Relations that Lime does not allow to be empty. */
  requiredRelations: string[];
  /** Which limeobject the conversation may be attached to instead of a new one. */
  attach?: AttachPlan;
  /** Limeobjects to create if lookups find nothing. */
  creations: { person?: Creation; company?: Creation };
  /** The property of a new person that holds the company. */
  companyOfPerson?: string;
  /** What the found person may lack. */
  fill?: FillPlan;
  conversationRow?: RowPlan;
  documents?: DocumentsPlan;
  todo?: TodoPlan;
  history: HistoryPlan;
  /** Lines above the messages in the first note. */
  head: string[];
  /** Values that the tenant does not accept. The limeobject is created without it. */
  omitted: Omission[];
  /** Required properties without a value, if the tenant does not say whether they have a default. */
  unmapped: string[];
};

/** Limetypes whose metadata this draft's plan needs. */
export function limetypesOf({ instance }: Draft): string[] {
  return [
    instance.limetype,
    instance.history.limetype,
    ...Object.values(searchesOf(instance.relations)).map(({ limetype }) => limetype),
    ...[instance.conversation, instance.documents, instance.todo].flatMap((part) => part?.limetype ?? []),
  ];
}

/**
 * Plans a conversation's main limeobject. Throws MappingError.
 * @param acceptedAt ISO time that dates the note if the conversation has no time
 */
export function toPlan(conversation: Conversation, settings: Settings, metadata: Metadata, acceptedAt: string): Plan {
  return completePlan(toDraft(conversation, settings), metadata, acceptedAt);
}

/** Fits a draft to the tenant's data model. Throws MappingError. */
export function completePlan(draft: Draft, metadata: Metadata, acceptedAt: string): Plan {
  const { conversation, payload, settings, instance } = draft;
  const path = `instances.${settings.instances.indexOf(instance)}`;
  const omitted: Omission[] = draft.oversizedFields.map(omissionOf);
  const language = languageOf(instance, settings);
  const convert = createValueConverter(payload, settings, omitted);
  const limetype = requireLimetype(metadata, instance.limetype);

  const mark = markOf(conversation.id);
  const create: Values = {};
  for (const [name, source] of Object.entries(instance.properties)) {
    const property = limetype.properties.get(name);
    const raw = draft.values[name];
    const needed = name === instance.identify ? 'needed' : undefined;
    const fitting =
      needed === undefined ? fitToProperty(raw, source, property) : fitTitle(raw, source, mark, property?.length);
    const value = convert.value(limetype, name, fitting, `${path}.properties.${name}`, needed);
    if (value !== undefined) create[name] = value;
  }
  const update = Object.fromEntries(
    Object.entries(create).filter(([name]) => {
      const source = instance.properties[name];
      return source !== undefined && isUpdated(source, name, instance);
    }),
  );
  const unlessChanged = Object.entries(instance.properties).flatMap(([name, source]) => {
    const type = limetype.properties.get(name)?.type;
    return onResendOf(source) === 'unlessChanged' && type !== undefined ? [[name, type] as const] : [];
  });
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
    throw new MappingError(`${name} is required, has no default and is not mapped`, { path: `${path}.properties` });
  }

  const parts = { convert, metadata, requireLimetype, path };
  const { attach, impossible } = attachOf(draft, limetype, parts);
  if (impossible !== undefined) omitted.push(impossible);
  const creations = { ...creationOf('person', draft, parts), ...creationOf('company', draft, parts) };
  return {
    conversation: String(conversation.id),
    limetype: instance.limetype,
    identify,
    create,
    update,
    ...(unlessChanged.length > 0 && { unlessChanged: Object.fromEntries(unlessChanged) }),
    relations,
    requiredRelations: [...limetype.properties.values()]
      .filter(({ name, required }) => required && Object.values(relations).includes(name))
      .map(({ name }) => name),
    ...(attach && { attach }),
    creations,
    ...companyOf(draft, parts, creations.person),
    ...fillOf(draft, parts),
    ...rowOf(draft, parts),
    ...documentsOf(draft, parts),
    ...todoOf(draft, parts, acceptedAt, omitted),
    history: historyOf(draft, parts, acceptedAt),
    head: headOf(payload, {
      timeZone: settings.timeZone,
      link: conversationLink(conversation, settings, language),
      language,
    }),
    omitted,
    unmapped: missing.filter(({ hasDefault }) => hasDefault === undefined).map(({ name }) => name),
  };
}

function omissionOf({ path, max }: OversizedField): Omission {
  return { path, message: `${path} is longer than ${max} characters`, rule: 'tooLong', n: max, field: path };
}

function identifyOf(
  { conversation: { id }, instance: { identify: property, properties } }: Draft,
  limetype: Limetype,
  value: WireValue | undefined,
  path: string,
): Identify {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new MappingError(`${property} is neither a text nor a number`, { path: `${path}.identify` });
  }
  if (parseMarkedTemplate(properties[property]?.template ?? '') === undefined) return { property, value };
  const former = idTemplate(limetype.properties.get(property)?.length).replace('{{ id }}', String(id));
  return { property, value, marked: { mark: markOf(id), former } };
}

function requireLimetype(metadata: Metadata, name: string): Limetype {
  const limetype = metadata.get(name);
  if (limetype === undefined) throw new MappingError(`the tenant has no limetype ${name}`);
  return limetype;
}
