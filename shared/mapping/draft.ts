import { hash } from 'node:crypto';
import { MappingError } from '../errors.ts';
import type { Recency } from '../ledger/states.ts';
import { entriesOf } from '../notes/entries.ts';
import type { Entry } from '../notes/entry.ts';
import { type Conversation, topicsOf } from '../userlike/conversation.ts';
import { type OversizedField, withinLimits } from '../userlike/forms/within-limits.ts';
import { withoutDeleted } from '../userlike/message.ts';
import { messagesOf } from '../userlike/messages/messages-of.ts';
import { inOrder } from '../userlike/messages/order.ts';
import { timeOf } from '../userlike/time.ts';
import { needsTodo } from './needs-todo.ts';
import { noteOptionsOf } from './note-options.ts';
import { readTitle } from './plan/title.ts';
import { type Search, searchKey, toSearch } from './search.ts';
import type { Instance } from './settings/instance.ts';
import { type RelationName, relationNames, searchesOf } from './settings/relation.ts';
import { type Settings, topicKey } from './settings/settings.ts';
import type { PropertySource } from './settings/source.ts';
import { readSource } from './values/source.ts';

/**
 * The result of the settings alone, before the tenant's metadata are read. Enough to tell whether Lime has it already.
 */
export type Draft = {
  conversation: Conversation;
  /**
   * The conversation that sources read: without deleted messages and oversized fields, in the order the messages were
   * sent.
   */
  payload: Conversation;
  /** Fields that were removed for their size. */
  oversizedFields: OversizedField[];
  settings: Settings;
  instance: Instance;
  /** Values by property, not yet converted to the property's type. */
  values: Record<string, unknown>;
  entries: Entry[];
  /** The searches in Lime, by relation. */
  searches: Partial<Record<RelationName, Search>>;
  /** Hash of everything that sending again would write. Read marks or a new `updated_at` do not change it. */
  fingerprint: string;
  recency: Recency;
};

/**
 * Drafts a conversation for the main instance, by default the one of its topics, and for each additional instance that
 * takes it. The first draft is the limeobject that the operator's link opens. Throws MappingError.
 */
export function toDrafts(conversation: Conversation, settings: Settings, main?: Instance): [Draft, ...Draft[]] {
  const additional = settings.instances.filter(
    (instance) => instance.additional && (instance.topics === undefined || takesTopic(instance, conversation)),
  );
  return [
    toDraft(conversation, settings, main),
    ...additional.map((instance) => toDraft(conversation, settings, instance)),
  ];
}

function takesTopic({ topics }: Instance, conversation: Conversation): boolean {
  const keys = topicsOf(conversation).map(topicKey);
  return topics?.some((topic) => keys.includes(topicKey(topic))) ?? false;
}

/** The main instance that takes one of the conversation's topics, otherwise the fallback. */
export function chooseInstance(conversation: Conversation, settings: Settings): Instance | undefined {
  const main = settings.instances.filter(({ additional }) => !additional);
  return (
    main.find((instance) => takesTopic(instance, conversation)) ??
    main.find((instance) => instance.topics === undefined)
  );
}

export function noInstanceError(): MappingError {
  return new MappingError('no instance takes a topic of this conversation, and there is no fallback');
}

/** Drafts a conversation for one instance, by default the one of its topics. Throws MappingError. */
export function toDraft(
  conversation: Conversation,
  settings: Settings,
  instance = chooseInstance(conversation, settings),
): Draft {
  if (instance === undefined) throw noInstanceError();
  const { conversation: readable, oversizedFields } = withinLimits(conversation);
  const { transcript } = readable;
  const payload = withoutDeleted({ ...readable, ...(transcript && { transcript: inOrder(transcript) }) });
  const values = Object.fromEntries(
    Object.entries(instance.properties).map(([property, source]) => [
      property,
      (property === instance.identify ? readTitle : readSource)(source, payload, settings),
    ]),
  );
  const entries = entriesOf(readable, noteOptionsOf(instance, settings));
  const searches: Draft['searches'] = Object.fromEntries(
    Object.entries(searchesOf(instance.relations)).map(([relation, search]) => [
      relation,
      toSearch(readable, search, settings),
    ]),
  );
  const storedForm = [
    instance.name,
    instance.limetype,
    Object.entries(instance.properties).flatMap(([property, source]) =>
      isUpdated(source, property, instance) ? [[property, values[property] ?? null]] : [],
    ),
    relationNames.map((relation) => searchKey(searches[relation])),
    entries.map((entry) => entry.digest),
    ...furtherValues(instance, payload, settings),
  ];
  const fingerprint = hash('sha256', JSON.stringify(storedForm), 'base64url');
  return {
    conversation,
    payload,
    oversizedFields,
    settings,
    instance,
    values,
    entries,
    searches,
    fingerprint,
    recency: recencyOf(conversation),
  };
}

/** Values that are written beside the limeobject. Nothing for settings without them, so that their hash stays. */
function furtherValues({ relations, todo }: Instance, payload: Conversation, settings: Settings): unknown[] {
  const { fill } = relations.person ?? {};
  const filled = Object.entries(fill?.properties ?? {});
  return [
    ...filled.map(([name, source]) => [name, readSource(source, payload, settings) ?? null]),
    ...(todo === undefined ? [] : [['todo', needsTodo(todo, payload)]]),
  ];
}

/** True if sending again writes the property again. */
export function isUpdated(source: PropertySource, property: string, instance: Instance): boolean {
  return property !== instance.identify && onResendOf(source) !== 'keep';
}

/** A constant stays as it was written, unless it depends on the conversation. */
export function onResendOf({ onResend, value, when }: PropertySource): NonNullable<PropertySource['onResend']> {
  return onResend ?? (value !== undefined && when === undefined ? 'keep' : 'update');
}

/** How recent the conversation's content is. */
export function recencyOf(conversation: Conversation): Recency {
  const updatedAt = milliseconds(conversation.updated_at);
  const messages = messagesOf(conversation);
  const times = messages.flatMap((message) => milliseconds(message.sent_at) ?? []);
  return {
    ...(updatedAt !== undefined && { updatedAt }),
    ...(times.length > 0 && { lastMessageAt: times.reduce((a, b) => Math.max(a, b)) }),
    messages: messages.length,
  };
}

function milliseconds(time: unknown): number | undefined {
  const nanoseconds = timeOf(time);
  return nanoseconds === undefined ? undefined : Number(nanoseconds / 1_000n) / 1_000;
}
