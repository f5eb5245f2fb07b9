import { contactRows } from '../../cli/fields/contact.ts';
import { conversationRows, partRows } from '../../cli/fields/conversation.ts';
import type { Example, FieldRow } from '../../cli/fields/field.ts';
import { messageRows } from '../../cli/fields/message.ts';

export type Json = { [key: string]: unknown };

/** Fields that differ from contact to contact and message to message, so that no sample has them by itself. */
const ownTypes = ['text', 'time', 'id'];

/** A conversation with every documented key. Keys that the sample does not name hold nothing, or the usual. */
export function aPayload({ contact, transcript, ...overrides }: Json & { contact: Json; transcript: Json[] }): Json {
  const last = transcript.findLast(({ type }) => type === 'message');
  const [first] = transcript;
  const sentAt = transcript.flatMap(({ sent_at }) => (typeof sent_at === 'string' ? [sent_at] : []));
  const times = { created_at: sentAt[0], updated_at: sentAt.at(-1), last_message_sent_at: last?.sent_at };
  const ofContact = transcript.flatMap(({ sender, sent_at }) => (isSender(sender, 'contact') ? [sent_at] : []));
  const [firstSent, lastSent] = [ofContact[0], ofContact.at(-1)];
  const part = { ...withAll(partRows), created_at: sentAt[0], id: first?.part_id };
  return {
    ...withAll(conversationRows.filter(([path]) => !path.startsWith('transcript') && !path.startsWith('contact.'))),
    ...emptied,
    ...times,
    contact_first_message_sent_at: firstSent,
    contact_last_message_sent_at: lastSent,
    contact_last_update_at: lastSent,
    conversation_group_id: overrides.id,
    conversation_part_set: [part],
    last_fetchable_msgid: last?.id ?? null,
    last_message: last ?? null,
    ...overrides,
    contact: {
      ...withAll(contactRows, ownTypes),
      created_at: sentAt[0],
      first_message_sent_at: firstSent,
      last_message_sent_at: lastSent,
      ...contact,
    },
    transcript,
  };
}

/** What a conversation has only if something happened. */
const emptied: Json = {
  rate: null,
  feedback_message: null,
  pre_survey_option: null,
  post_survey_option: null,
  custom: null,
  custom_field_data: {},
  topics: [],
};

function isSender(sender: unknown, kind: string): boolean {
  return typeof sender === 'object' && sender !== null && 'type' in sender && sender.type === kind;
}

/** A message with every documented key. */
export function aMessage(conversation: number, position: number, sentAt: string, overrides: Json): Json {
  const id = `${conversation}.${conversation + 44_000_000}.${700_000_000 + position}`;
  const base = withAll(messageRows.filter(([path]) => !['status', 'previous_status', 'representation'].includes(path)));
  return {
    ...base,
    id,
    msgid: id,
    conversation_id: conversation,
    conversation: { id: conversation, uuid: null },
    part_id: conversation + 44_000_000,
    sent_at: sentAt,
    sent_at_time: sentAt.slice(11, -1),
    body_plain: overrides.body,
    ...overrides,
  };
}

/** An object with every key of the rows. Values of these types are null. */
function withAll(rows: readonly FieldRow[], without: readonly string[] = []): Json {
  const built: Json = {};
  for (const [path, type, example] of rows) {
    if (type === 'object') continue;
    put(built, path.split('.'), without.includes(type) ? null : example);
  }
  return built;
}

function put(owner: Json, [key = '', ...rest]: string[], value: Example): void {
  if (rest.length === 0) {
    owner[key] = value;
    return;
  }
  const inner = owner[key];
  const next: Json = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  owner[key] = next;
  put(next, rest, value);
}
