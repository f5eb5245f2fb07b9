import fc from 'fast-check';

type Json = Record<string, unknown>;

/** Property names of the sandbox's tenants, and one that none of them has. */
const properties = [
  ...['title', 'subject', 'name', 'comment', 'description', 'details', 'email', 'helpdeskno', 'chatreference'],
  ...[
    'statuscolor',
    'status',
    'tags',
    'channel',
    'priority',
    'value',
    'vat',
    'probability',
    'weightedvalue',
    'inactive',
  ],
  ...[
    'startdate',
    'receivedon',
    'expecteddate',
    'closeddate',
    'person',
    'contact',
    'companyname',
    'segment',
    'surname',
  ],
];
export const aProperty = fc.constantFrom(...properties);

const templates = [
  '{{ contact.name | default: "Visitor" }}',
  '{% for message in transcript %}{{ message.body }} {% endfor %}',
  '{{ id }} {{ topics.0.text | upcase }}',
  '{{ contact | json }}',
  '{{ created_at | date: "%Y" | divided_by: 0 }}',
];
const paths = [
  'id',
  'contact',
  'contact.name',
  'contact.email',
  'topics',
  'topics.0.text',
  'transcript.0.sent_at',
  'custom',
];

/** Texts up to one character longer than the tenants allow. */
const longText = fc
  .constantFrom(16, 17, 32, 33, 64, 65, 100, 101, 128, 129, 1_024, 1_025)
  .map((length) => 'x'.repeat(length));

const scalar = fc.oneof(
  longText,
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom('new', 'comment', 'a'),
);
export function sparse(values: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record(values, { requiredKeys: [] });
}
const onResend = fc.constantFrom('update', 'keep');

/** A source of any kind for any property. */
export const aSource: fc.Arbitrary<Json> = fc
  .tuple(
    fc.oneof(
      fc.record({ value: scalar }),
      fc.record({ path: fc.constantFrom(...paths) }),
      fc.record({ template: fc.constantFrom(...templates) }),
    ),
    sparse({ default: scalar, options: fc.dictionary(fc.string(), scalar, { maxKeys: 3 }), onResend }),
  )
  .map(([source, more]) => ({ ...source, ...more }));

export const sources = fc.dictionary(aProperty, aSource, { maxKeys: 6 });
