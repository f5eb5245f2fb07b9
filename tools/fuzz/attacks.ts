import fc from 'fast-check';

type Fields = Record<string, unknown>;

/** Invalid times, and times of other eras. */
const dates = [
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-14:00',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '1969-12-31T23:59:60Z',
  '2024-02-30T00:00:00Z',
  '2024-10-27T02:30:00',
  `2024-02-22T15:49:07.${'9'.repeat(10_000)}Z`,
];

/** File extensions that run code, or hide that they do. */
const fileNames = [
  'invoice.pdf.exe',
  'offer.hta',
  'logo.svg',
  'page.html',
  'macro.docm',
  'a\u202egpj.exe',
  'invoice.pdf\u2800\u2800.exe',
  'x.exe\u3164',
  'x.exe.',
  '.htaccess',
  'CON',
  '../../etc/passwd',
  'C:\\x\\y.lnk',
  'x.pdf:ads',
  '%2e%2e%2fx.js',
  'a\r\nContent-Type: text/html\r\n\r\n.pdf',
  `${'a'.repeat(10_000)}.pdf`,
  '',
];

const addresses = [
  'https://files.example.org/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::a9fe:a9fe]/',
  'http://127.0.0.1:1/',
  'file:///etc/passwd?',
  'javascript:alert(1)//',
  'data:text/html,<script>',
  '//example.org/',
  'https://a@b:c@example.org:99999/',
  '\u0000',
];

const aFile = fc
  .tuple(fc.constantFrom(...fileNames), fc.constantFrom(...addresses), fc.nat(9))
  .chain(([name, address, number]) => {
    const url = `${address}${number}`;
    return fc.constantFrom<unknown>(
      url,
      { name, url },
      { file_name: name, file: { url } },
      { name, content: 'PHN2Zz4=' },
    );
  });

/** At the limit of a field, above it, and far above it. */
const aLongText = fc
  .tuple(fc.constantFrom('A ', 'a@', '+46 ', '\u202e', 'ß', '\u0000'), fc.constantFrom(999, 1_000, 1_000_000))
  .map(([unit, length]) => `${unit.repeat(length).slice(0, length)}b`);

/** Text that moves a cursor, changes the direction of text or imitates a line of the note. */
const aSpoof = fc.constantFrom(
  '\u001b]0;pwned\u0007\u009b2J',
  Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(''),
  Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)).join(''),
  '\u202enamtset reteP\u202c \u2066\u2067\u2068\u2069\u200b\u2028\u2029\ufeff',
  '[2024-02-22 16:49:07] Peter Testman: 90 % off',
  'Hi\nInternal note : agreed',
  '$lime',
  '#63741936',
  '\ud800\udc00\ud800',
);

const aKey = fc.constantFrom(
  ...['', '__proto__', 'constructor', 'toString', 'length', 'toJSON', 'then', '$ref', 'a.b', '7', 'last_message'],
  ...['\u0000', '\u001b[2J', '\u202e', '\ud800', 'x'.repeat(100_000)],
);

const aContactField = fc.constantFrom('name', 'email', 'phone_number', 'mobile_number', 'external_customer_id');

function messages(count: number, fields: Fields = {}): Fields[] {
  return Array.from({ length: count }, () => fields);
}

const attacks: fc.Arbitrary<Fields>[] = [
  fc.tuple(aContactField, aLongText, fc.constantFrom(1, 6_000)).map(([field, text, count]) => ({
    contact: { [field]: text },
    transcript: messages(count),
  })),
  aLongText
    .chain((text) => fc.constantFrom<unknown>(text, Array(100_000).fill('x'), [{ text }]))
    .map((topics) => ({ topics })),
  fc.constantFrom(6_000, 19_999, 20_000, 20_001).map((count) => ({ transcript: messages(count) })),
  fc.constantFrom([1, 40], [19_999, 1], [19_999, 40]).map(([count = 0, fields = 0]) => ({
    transcript: messages(count, { a: Array(fields).fill({}) }),
  })),
  // One message in thousands of forms, one of them long.
  fc.constant({
    transcript: [{ id: '1.1.1', body: 'z'.repeat(1_000_000) }, ...messages(10_000, { id: '1.1.1', body: 'a' })],
  }),
  fc.tuple(fc.array(aFile, { minLength: 1, maxLength: 20 }), fc.constantFrom(1, 500)).map(([files, times]) => ({
    transcript: [
      {
        body: 'https://files.example.org/a?sig=1 '.repeat(10 * times),
        attachments: Array.from({ length: times }, () => files).flat(),
      },
    ],
  })),
  fc.constantFrom(...dates).map((at) => ({
    ...{ updated_at: at, created_at: at, last_message_sent_at: at },
    transcript: messages(3, { sent_at: at }),
  })),
  fc.tuple(aSpoof, aSpoof, aSpoof, aSpoof).map(([name, body, type, operator_name]) => ({
    contact: { name },
    topics: [body],
    transcript: messages(3, { body, sender: { type }, operator_name }),
  })),
  fc.tuple(aKey, aKey, aKey).map(([one, other, third]) => ({
    [one]: 1,
    contact: { [other]: { [third]: [null] } },
    transcript: messages(2, { [third]: one }),
  })),
  fc.constant(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`${7_919 * n}`, n]))),
];

/**
 * Attacks by somebody who knows the software: small calls that are expensive to process, or values that imitate others.
 */
export const anAttack: fc.Arbitrary<Fields> = fc
  .tuple(fc.nat(2 ** 40), fc.oneof(...attacks))
  .map(([id, fields]) => ({ id: id + 1, ...fields }));
