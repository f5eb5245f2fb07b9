import { createHash } from 'node:crypto';
import { NotMappable } from '../errors.ts';
import type { Recency } from '../ledger/states.ts';
import { type Conversation, topicsOf } from '../userlike/conversation.ts';
import { timeOf } from '../userlike/time.ts';
import { messagesOf } from '../userlike/transcript.ts';
import { entriesOf } from './notes/entries.ts';
import type { Entry } from './notes/note.ts';
import { type Search, toSearch } from './search.ts';
import { type Instance, type PropertySource, type Settings, topicKey } from './settings.ts';
import { readSource } from './values/source.ts';

/**
 * What a conversation comes to by the settings alone, before the tenant's metadata are known: enough to tell whether
 * Lime has it already.
 */
export type Draft = {
  conversation: Conversation;
  settings: Settings;
  instance: Instance;
  /** Property to value, not yet brought to the property's type. */
  values: Record<string, unknown>;
  entries: Entry[];
  searches: { person?: Search; coworker?: Search };
  /** Hash of what a re-send would write: read marks or a new `updated_at` alone change nothing. */
  fingerprint: string;
  recency: Recency;
};

/** Drafts a conversation, for the instance of that name or the one its topics choose. Throws NotMappable. */
export const toDraft = (conversation: Conversation, settings: Settings, instanceName?: string): Draft => {
  const instance = chooseInstance(conversation, settings, instanceName);
  const { person, coworker } = instance.relations;
  const values = Object.fromEntries(
    Object.entries(instance.properties).map(([property, source]) => [property, readSource(source, conversation)]),
  );
  const entries = entriesOf(conversation, instance, settings);
  const searches = {
    ...(person && { person: toSearch(conversation, person, settings.country) }),
    ...(coworker && { coworker: toSearch(conversation, coworker, settings.country) }),
  };
  const written = [
    instance.name,
    instance.limetype,
    Object.entries(instance.properties).flatMap(([property, source]) =>
      isUpdated(source, property, instance) ? [[property, values[property] ?? null]] : [],
    ),
    [searches.person, searches.coworker].map((search) => search?.map((term) => term.normal)),
    entries.map((entry) => entry.digest),
  ];
  const fingerprint = createHash('sha256').update(JSON.stringify(written)).digest('base64url');
  return { conversation, settings, instance, values, entries, searches, fingerprint, recency: recencyOf(conversation) };
};

/** Whether a re-send writes the property again. */
export const isUpdated = (source: PropertySource, property: string, instance: Instance): boolean =>
  property !== instance.identify && (source.onResend ?? (source.value === undefined ? 'update' : 'keep')) === 'update';

const chooseInstance = (conversation: Conversation, settings: Settings, instanceName?: string): Instance => {
  const named = settings.instances.find((instance) => instance.name === instanceName);
  if (named !== undefined) return named;
  const topics = topicsOf(conversation).map(topicKey);
  const byTopic = settings.instances.find((instance) =>
    instance.topics?.some((topic) => topics.includes(topicKey(topic))),
  );
  const chosen = byTopic ?? settings.instances.find((instance) => instance.topics === undefined);
  if (chosen === undefined)
    throw new NotMappable('no instance takes a topic of this conversation, and there is no fallback');
  return chosen;
};

const recencyOf = (conversation: Conversation): Recency => {
  const updatedAt = milliseconds(conversation.updated_at);
  const messages = messagesOf(conversation);
  const times = messages.flatMap((message) => milliseconds(message.sent_at) ?? []);
  return {
    ...(updatedAt !== undefined && { updatedAt }),
    ...(times.length > 0 && { lastMessageAt: times.reduce((a, b) => Math.max(a, b)) }),
    messages: messages.length,
  };
};

const milliseconds = (time: unknown): number | undefined => {
  const nanoseconds = timeOf(time);
  return nanoseconds === undefined ? undefined : Number(nanoseconds / 1_000n) / 1_000;
};
