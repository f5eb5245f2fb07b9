import { readFileSync } from 'node:fs';

/** The example on the Lime CRM add-on's page of Userlike's documentation, as text. */
export const documentedExample: string = readFileSync(
  new URL('../fixtures/conversation.json', import.meta.url),
  'utf8',
);

type Json = Record<string, unknown>;

/** A conversation as Userlike sends it, with an invented contact; any key can be overridden or removed (undefined). */
export function aConversation(overrides: Json = {}): Json {
  return withoutUndefined({
    id: 63741936,
    organization_id: 108905,
    topics: [{ text: 'Support' }],
    contact: { id: 79189089, name: 'Erika Beispiel', email: 'erika.beispiel@example.org', phone_number: null },
    transcript: [
      aMessage(),
      aMessage({ id: '63741936.108109315.595801817', ...anOperator, body: 'How can I help you?' }),
    ],
    updated_at: '2024-02-22T15:49:07.260Z',
    _type: 'conversation',
    _event: 'received_unread',
    ...overrides,
  });
}

/** A line of chat, by the contact where nothing else is said. */
export function aMessage(overrides: Json = {}): Json {
  return withoutUndefined({
    id: '63741936.108109315.595801488',
    type: 'message',
    event: null,
    sent_at: '2024-02-22T15:49:07.228Z',
    body: 'Hello, I have a question.',
    url: null,
    name: 'Contact',
    display_name: 'Contact',
    operator_id: null,
    operator_name: '',
    operator_display_name: '',
    operator_is_bot: false,
    sender: { type: 'contact', id: 79189089 },
    ...overrides,
  });
}

/** What makes a message one of the operator's. */
export const anOperator: Json = {
  name: 'Peter Testman',
  display_name: 'Peter Testman',
  operator_id: 180783,
  operator_name: 'Peter Testman',
  operator_display_name: 'Peter Testman',
  sender: { type: 'operator', id: 180783 },
};

function withoutUndefined(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
