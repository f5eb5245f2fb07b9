import fc from 'fast-check';

type Json = Record<string, unknown>;

/** Any text that a chat can hold, with control characters and lone surrogates. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  // The unit 'binary' and `fc.webUrl` would take a second to make in each test file.
  fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((points) => String.fromCodePoint(...points)),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

const anyJson = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: null });
}

/** The address of a file. */
const anyUrl = fc
  .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.array(fc.string(), { maxLength: 3 }))
  .map(([scheme, domain, path]) => `${scheme}://${domain}/${path.map(encodeURIComponent).join('/')}`);

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
    url: optional(anyUrl),
    name: optional(anyText),
    operator_name: optional(fc.oneof(fc.constant(''), anyText)),
    operator_is_bot: fc.boolean(),
    is_deleted: fc.boolean(),
    sender: optional(fc.record({ type: fc.constantFrom('contact', 'operator', 'system', 'bot') })),
    unknown: anyJson,
  },
  { requiredKeys: [] },
);

/** Any conversation that must be accepted, as parsed JSON. */
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
