import { MappingError } from '../../errors.ts';
import type { Limetype, Metadata } from '../../lime/wire.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import { messagesOf } from '../../userlike/messages/messages-of.ts';
import { timeOf } from '../../userlike/time.ts';
import { valueAt } from '../../userlike/value-at.ts';
import { conversationLink } from '../conversation-link.ts';
import type { Draft } from '../draft.ts';
import { languageOf } from '../note-options.ts';
import { type Omission, OmissionError } from '../omission.ts';
import { withSearchedForms } from '../search.ts';
import type { Media } from '../settings/documents.ts';
import type { RelationName } from '../settings/relation.ts';
import { createValueConverter, notAProperty, type ValueConverter, type Values } from './convert.ts';
import { findableValues } from './findable.ts';

/** How to write the history notes of a limeobject. */
export type HistoryPlan = {
  limetype: string;
  relation: string;
  note: string;
  /** Characters that fit into a note. Undefined if Lime sets no limit. */
  length: number | undefined;
  values: Values;
  relations: Partial<Record<RelationName, string>>;
  whenLonger: 'notes' | 'document';
  onResend: 'new' | 'whole';
};

/** The row that represents the conversation. */
export type RowPlan = {
  limetype: string;
  identify: { property: string; value: string | number };
  relation: string;
  values: Values;
};

/** How to write documents for a limeobject. */
export type DocumentsPlan = {
  limetype: string;
  relation: string;
  file: string;
  /** The text property that identifies a document, and its length. */
  identify: { property: string; length: number | undefined };
  values: Values;
  relations: Partial<Record<RelationName, string>>;
  media: Media | undefined;
};

/** A limeobject to create if lookups find none, or why it cannot be created. `omitted` lists values that do not fit. */
export type Creation = Creatable | { impossible: Omission };
export type Creatable = { limetype: string; values: Values; omitted: Omission[] };

/** What the parts of a plan share. */
export type PlanContext = {
  convert: ValueConverter;
  metadata: Metadata;
  requireLimetype: (metadata: Metadata, limetype: string) => Limetype;
  /** Path of the instance in the settings. */
  path: string;
};

export function historyOf({ conversation, instance }: Draft, parts: PlanContext, acceptedAt: string): HistoryPlan {
  const { convert, metadata, requireLimetype, path } = parts;
  const { history } = instance;
  const type = requireLimetype(metadata, history.limetype);
  requireProperties(type, [history.note, history.relation], `${path}.history`);
  const values = convert.values(type, history.properties, `${path}.history.properties`);
  const at = timeOfNote(conversation) ?? acceptedAt;
  const date = convert.value(type, history.date, at, `${path}.history.date`);
  return {
    limetype: history.limetype,
    relation: history.relation,
    note: history.note,
    length: type.properties.get(history.note)?.length,
    values: date === undefined ? values : { ...values, [history.date]: date },
    relations: convert.names(type, history.relations, `${path}.history.relations`),
    whenLonger: history.whenLonger,
    onResend: history.onResend,
  };
}

export function rowOf({ conversation, instance, settings }: Draft, parts: PlanContext): { conversationRow?: RowPlan } {
  const { convert, metadata, requireLimetype } = parts;
  const row = instance.conversation;
  if (row === undefined) return {};
  const path = `${parts.path}.conversation`;
  const type = requireLimetype(metadata, row.limetype);
  requireProperties(type, [row.identify, row.relation], path);
  const id = convert.value(type, row.identify, conversation.id, `${path}.identify`, 'needed');
  if (typeof id !== 'string' && typeof id !== 'number') {
    throw new MappingError(`${row.identify} is neither a text nor a number`, { path: `${path}.identify` });
  }
  const values = convert.values(type, row.properties, `${path}.properties`);
  const url = conversationLink(conversation, settings, languageOf(instance, settings));
  const link = row.link === undefined ? undefined : convert.value(type, row.link, url, `${path}.link`);
  return {
    conversationRow: {
      limetype: row.limetype,
      identify: { property: row.identify, value: id },
      relation: row.relation,
      values: { ...values, ...(row.link !== undefined && link !== undefined && { [row.link]: link }) },
    },
  };
}

export function documentsOf({ instance }: Draft, parts: PlanContext): { documents?: DocumentsPlan } {
  const { convert, metadata, requireLimetype } = parts;
  const { documents } = instance;
  if (documents === undefined) return {};
  const path = `${parts.path}.documents`;
  const type = requireLimetype(metadata, documents.limetype);
  requireProperties(type, [documents.relation, documents.file, documents.identify], path);
  return {
    documents: {
      limetype: documents.limetype,
      relation: documents.relation,
      file: documents.file,
      identify: { property: documents.identify, length: type.properties.get(documents.identify)?.length },
      values: convert.values(type, documents.properties, `${path}.properties`),
      relations: convert.names(type, documents.relations, `${path}.relations`),
      media: documents.media,
    },
  };
}

/** A limeobject that cannot be created does not hold up its conversation. */
export function creationOf<R extends 'person' | 'company'>(
  relation: R,
  { instance, payload, settings, searches }: Draft,
  { metadata, path }: PlanContext,
): Partial<Record<R, Creation>> {
  const { limetype, create, inactive } = instance.relations[relation] ?? {};
  if (limetype === undefined || create === undefined) return {};
  const at = `${path}.relations.${relation}`;
  const creation: Partial<Record<R, Creation>> = {};
  const omitted: Omission[] = [];
  const type = metadata.get(limetype);
  if (type === undefined) {
    const message = `the tenant has no limetype ${limetype}`;
    creation[relation] = {
      impossible: { path: `${at}.create.properties`, message, rule: 'noLimetype', type: limetype, of: relation },
    };
    return creation;
  }
  try {
    const { timeZone, country } = settings;
    const search = searches[relation] ?? [];
    const convert = createValueConverter(payload, timeZone, omitted);
    const mapped = convert.values(type, create.properties, `${at}.create.properties`);
    const values = findableValues(withSearchedForms(mapped, search), {
      type,
      search,
      at,
      inactive,
      isMapped: (property) => Object.hasOwn(create.properties, property),
      searched: ({ rule, normal }) =>
        rule.as === 'phone' || rule.as === 'text' ? valueAt(payload, rule.path) : normal,
      country,
      timeZone,
    });
    creation[relation] = { limetype, values, omitted };
  } catch (error) {
    if (!(error instanceof OmissionError)) throw error;
    creation[relation] = { impossible: { ...error.omission, of: relation } };
  }
  return creation;
}

/** The person's property for the company. Without it, a new person has no company. */
export function companyOf(
  { instance }: Draft,
  { metadata, path }: PlanContext,
  creation: Creation | undefined,
): { companyOfPerson?: string } {
  const { person, company } = instance.relations;
  if (person === undefined || company === undefined) return {};
  const type = metadata.get(person.limetype);
  if (type?.properties.has(company.from)) return { companyOfPerson: company.from };
  if (type !== undefined && creation !== undefined && 'omitted' in creation) {
    creation.omitted.push(notAProperty(type, company.from, `${path}.relations.company.from`));
  }
  return {};
}

/** Throws MappingError unless the limetype has these properties. */
function requireProperties(type: Limetype, names: readonly string[], at: string): void {
  const missing = names.find((name) => !type.properties.has(name));
  if (missing !== undefined) throw new MappingError(`${type.name} has no property ${missing}`, { path: at });
}

/** The time of the last message, otherwise another time of the conversation. */
function timeOfNote(conversation: Conversation): unknown {
  return [
    valueAt(conversation, 'last_message_sent_at'),
    messagesOf(conversation).findLast(({ sent_at }) => timeOf(sent_at) !== undefined)?.sent_at,
    valueAt(conversation, 'updated_at'),
    valueAt(conversation, 'created_at'),
  ].find((time) => timeOf(time) !== undefined);
}
