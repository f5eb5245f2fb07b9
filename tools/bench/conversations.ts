const FIRST_ID = 2_000_000;
const FIRST_MOMENT = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;

/** Operators of an organization. Many conversations share one, unlike contacts. */
const OPERATORS = 20;

export type Payload = { id: number } & Record<string, unknown>;

/** A conversation with a contact of its own, so that its look-ups are not shared with others. */
export function aConversation(index: number, messages: number): Payload {
  const id = FIRST_ID + index;
  const at = (minutes: number): string => new Date(FIRST_MOMENT + minutes * MINUTE_MS).toISOString();
  return {
    id,
    topics: [{ text: 'Support' }],
    contact: { name: `Visitor ${index}`, email: `visitor${index}@example.org` },
    operator_assigned_to_email: `operator${index % OPERATORS}@example.com`,
    transcript: Array.from({ length: messages }, (_, message) => aMessage(id, index, message, at(message))),
    created_at: at(0),
    updated_at: at(messages),
    _type: 'conversation',
  };
}

/** Messages of a conversation of 20 KB. */
export const MESSAGES_OF_20_KB = 22;

/** A message with all the fields that Userlike sends, most of which are not used. */
function aMessage(id: number, index: number, message: number, sentAt: string): Record<string, unknown> {
  const body = `Message ${message + 1}, as long as most of them are, with a few words of small talk.`;
  const operator = message % 2 === 0 ? undefined : { id: index % OPERATORS, name: `Operator ${index % OPERATORS}` };
  const name = operator?.name ?? 'Contact';
  const messageId = `${id}.${id + 1}.${message + 1}`;
  return {
    ...{ id: messageId, msgid: messageId, uuid: null, external_id: null, part_id: id + 1 },
    ...{ conversation_id: id, conversation_uuid: null, conversation: { id, uuid: null } },
    ...{ sent_at: sentAt, sent_at_time: sentAt.slice(11, -1), type: 'message', event: null },
    ...{ body, body_plain: body, text_format: 'plain_text', is_markdown_formatted: false, links_found: [] },
    ...{ url: null, reference: null, name, display_name: name },
    sender: operator === undefined ? { type: 'contact', id } : { type: 'operator', id: operator.id },
    ...{ operator_id: operator?.id ?? null, operator_name: operator?.name ?? '', operator_is_bot: false },
    ...{ operator_display_name: operator?.name ?? '', marked_read_contact: true, marked_read_operator: true },
    ...{ can_have_state: true, state: { type: 4, error_code: null, message: 'Read by contact' } },
  };
}
