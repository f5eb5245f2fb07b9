import { MappingError } from '../../errors.ts';
import type { Limetype, Metadata } from '../../lime/wire.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import { messagesOf } from '../../userlike/messages/messages-of.ts';
import { timeOf } from '../../userlike/time.ts';
import { valueAt } from '../../userlike/value-at.ts';
import { conversationLink } from '../conversation-link.ts';
import type { Draft } from '../draft.ts';
import { languageOf } from '../note-options.ts';
import type { Media } from '../settings/documents.ts';
import type { RelationName } from '../settings/relation.ts';
import type { ValueConverter, Values } from './convert.ts';

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

/** The shared context of a plan's parts. */
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

/** Throws MappingError unless the limetype has these properties. */
function requireProperties(type: Limetype, names: readonly string[], at: string): void {
  const missing = names.find((name) => !type.properties.has(name));
  if (missing !== undefined) throw new MappingError(`${type.name} has no property ${missing}`, { path: at });
}

/** The time of the last message, otherwise another time of the conversation. */
export function timeOfNote(conversation: Conversation): unknown {
  return [
    valueAt(conversation, 'last_message_sent_at'),
    messagesOf(conversation).findLast(({ sent_at }) => timeOf(sent_at) !== undefined)?.sent_at,
    valueAt(conversation, 'updated_at'),
    valueAt(conversation, 'created_at'),
  ].find((time) => timeOf(time) !== undefined);
}
