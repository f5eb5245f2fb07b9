import { readFileSync } from 'node:fs';
import fc from 'fast-check';

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

/** Any text a chat can hold: every UTF-16 unit, lone surrogates and control characters included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

const anyJson = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: null });
}

export const anyMessage: fc.Arbitrary<Json> = fc.record(
  {
    id: fc.tuple(fc.nat(3), fc.nat(20), fc.bigInt({ min: 0n, max: 10n ** 20n })).map((parts) => parts.join('.')),
    type: optional(fc.constantFrom('message', 'notification', 'survey')),
    sent_at: optional(
      fc
        .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    ),
    body: optional(anyText),
    body_plain: optional(anyText),
    url: optional(fc.webUrl()),
    name: optional(anyText),
    operator_name: optional(fc.oneof(fc.constant(''), anyText)),
    operator_is_bot: fc.boolean(),
    is_deleted: fc.boolean(),
    sender: optional(fc.record({ type: fc.constantFrom('contact', 'operator', 'system', 'bot') })),
    unknown: anyJson,
  },
  { requiredKeys: [] },
);

/** Any conversation that must be taken, as parsed JSON. */
export const anyConversation: fc.Arbitrary<Json> = fc
  .record(
    {
      id: fc.oneof(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.stringMatching(/^[0-9]{1,32}$/)),
      organization_id: fc.constantFrom(108905, '108905', null),
      topics: optional(
        fc.array(fc.oneof(anyText, fc.record({ text: optional(anyText) }), fc.constant(null)), { maxLength: 3 }),
      ),
      contact: optional(fc.record({ name: optional(anyText), email: optional(anyText), phone_number: fc.nat() })),
      transcript: optional(fc.array(anyMessage, { maxLength: 8 })),
      custom: anyJson,
    },
    { requiredKeys: ['id'] },
  )
  .map((conversation) => JSON.parse(JSON.stringify(conversation)));
