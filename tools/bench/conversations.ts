const FIRST_ID = 2_000_000;
const FIRST_MOMENT = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;

/** Operators of an organization. Many conversations share one, unlike contacts. */
const OPERATORS = 20;

const BODY = 'A message that is as long as most of them are, with a few words of small talk. ';

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
    transcript: Array.from({ length: messages }, (_, message) => ({
      id: `${id}.1.${message + 1}`,
      type: 'message',
      sent_at: at(message),
      body: `${message + 1} of ${messages}. ${BODY.repeat(2)}`,
      ...(message % 2 === 0
        ? { name: 'Contact', sender: { type: 'contact', id } }
        : { name: 'Operator', sender: { type: 'operator', id: index % OPERATORS } }),
    })),
    created_at: at(0),
    updated_at: at(messages),
    _type: 'conversation',
  };
}

/** Messages of a conversation of 20 KB. */
export const MESSAGES_OF_20_KB = 64;
