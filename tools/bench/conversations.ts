const FIRST_ID = 2_000_000;
const FIRST_MOMENT = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
const FIRST_NUMBER = 1_740_000;

export type Payload = { id: number } & Record<string, unknown>;

/** The property by which Lime could find a contact. */
export type KnownBy = 'email' | 'phone';

/** A conversation with its own contact and operator, so that its look-ups are not shared with others. */
export function aConversation(index: number, messages: number, knownBy: KnownBy = 'email'): Payload {
  const id = FIRST_ID + index;
  const at = (minutes: number): string => new Date(FIRST_MOMENT + minutes * MINUTE).toISOString();
  return {
    id,
    topics: [{ text: 'Support' }],
    contact: {
      name: `Visitor ${index}`,
      ...(knownBy === 'email'
        ? { email: `visitor${index}@example.org` }
        : { mobile_number: `+4670${String(FIRST_NUMBER + index)}` }),
    },
    operator_assigned_to_email: `operator${index}@example.com`,
    transcript: Array.from({ length: messages }, (_, message) => ({
      id: `${id}.1.${message + 1}`,
      type: 'message',
      sent_at: at(message),
      body: `Message ${message + 1} of ${messages}, as long as most of them are.`,
      name: 'Contact',
      sender: { type: 'contact', id },
    })),
    created_at: at(0),
    updated_at: at(messages),
    _type: 'conversation',
  };
}
