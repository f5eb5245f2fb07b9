import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { aPathBelow, applyEdit, type Edit, removed } from './edit.ts';
import { aChance, aDepth, aFlood, aHostileValue, anId } from './hostile-values.ts';
import { textOf } from './json.ts';

/** Userlike's documented example, from which every payload is made. */
export const documentedExample = readFileSync(
  new URL('../../test/fixtures/conversation.json', import.meta.url),
  'utf8',
);
const example: Record<string, unknown> = { ...JSON.parse(documentedExample) };

/** Properties that are validated rather than only kept. Half of the changes happen below them. */
const validated = ['id', 'organization_id', 'updated_at', 'contact', 'topics', 'transcript', 'notes'];

const aChange: fc.Arbitrary<Edit['change']> = fc.oneof(
  { weight: 2, arbitrary: aHostileValue.map((horror) => () => horror) },
  fc.constant(() => removed),
  aDepth.map((depth) => () => depth),
  aFlood.map((flood) => () => flood),
  fc.constantFrom<Edit['change']>(
    (value) => [value],
    (value) => ({ value }),
  ),
  fc.integer({ min: 2, max: 200 }).map((times) => (value: unknown) => Array.from({ length: times }, () => value)),
);

const aTranscript: fc.Arbitrary<unknown[]> = fc
  .record({
    length: fc.constantFrom(1, 20, 300, 19_999, 20_001),
    horrors: fc.dictionary(fc.nat(20_000).map(String), aHostileValue, { maxKeys: 20 }),
  })
  .map(({ length, horrors }) =>
    Array.from({ length }, (_, at) =>
      Object.hasOwn(horrors, at) ? horrors[at] : { id: `${at}.1.1`, body: 'x', sender: { type: 'contact' } },
    ),
  );

function setTo(key: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> {
  return values.map((value) => ({ path: [key], change: () => value }));
}

const anEdit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      path: fc.oneof(aPathBelow(example, validated), aPathBelow(example)),
      change: aChange,
    }),
  },
  setTo('id', anId),
  setTo('organization_id', anId),
  setTo('transcript', aTranscript),
  aFlood.chain((key) => setTo(key.slice(0, 300), aHostileValue)),
);

/** The documented example with some edits. A few have none and are good. */
const aConversation: fc.Arbitrary<unknown> = fc
  .constantFrom(0, 1, 1, 1, 2, 3, 8)
  .chain((edits) => fc.array(anEdit, { minLength: edits, maxLength: edits }))
  .map((edits) => {
    const conversation = structuredClone(example);
    for (const edit of edits) applyEdit(conversation, edit);
    return conversation;
  });

const aSmallConversation: fc.Arbitrary<unknown> = fc.oneof(
  aHostileValue,
  fc.record({ id: anId, _type: fc.constantFrom('conversation', 'operator', 'chat_session', '') }),
  { weight: 2, arbitrary: fc.record({ id: anId }) },
);

const several = fc.array(
  fc.oneof({ weight: 1, arbitrary: aConversation }, { weight: 4, arbitrary: aSmallConversation }),
  { maxLength: 12, size: 'max' },
);

/** One conversation, several, or something that only resembles them. */
const aBody: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 11, arbitrary: aConversation },
  { weight: 2, arbitrary: several },
  { weight: 2, arbitrary: fc.record({ conversations: several }) },
  fc.constantFrom('operator', 'um_widget', '__proto__').map((_type) => ({ _type, _event: 'online', id: 1 })),
  fc.record({ conversations: aHostileValue, id: fc.constantFrom(1, undefined) }),
  fc.constantFrom(100, 1_000, 10_001).map((length) => Array.from({ length }, (_, id) => ({ id }))),
  fc.oneof(aHostileValue, aDepth),
);

type TextChange = (text: string) => string;

/** A place in a text, from its start (0) to its end (1). */
const aShare = fc.double({ min: 0, max: 1, noNaN: true });

/** Changes to the text of a body rather than to its values. */
const aTextChange: fc.Arbitrary<TextChange> = fc.oneof(
  aShare.map((share) => (text: string) => text.slice(0, share * text.length)),
  fc
    .constantFrom(undefined, ',', '}', '\u0000', ' // comment', '\n\n', '\ufeff')
    .map((end) => (text: string) => text + (end ?? text)),
  fc.constantFrom('\ufeff', ' \t\r\n', ")]}',\n", '\u0000', 'callback(').map((start) => (text: string) => start + text),
  fc
    .tuple(aShare, fc.constantFrom('"', '{', ']', '\\', '\u0007', '\ud800', ','))
    .map(([share, character]) => (text: string) => {
      const at = Math.floor(share * text.length);
      return text.slice(0, at) + character + text.slice(at + 1);
    }),
  fc.tuple(aShare, aHostileValue).map(([share, horror]) => (text: string) => {
    const keys = [...text.slice(0, 20_000).matchAll(/"(?:id|transcript|contact|organization_id|body)":/g)];
    const { 0: key, index } = keys[Math.floor(share * (keys.length - 1))] ?? {};
    return key === undefined ? text : `${text.slice(0, index)}${key}${textOf(horror)},${text.slice(index)}`;
  }),
);

/** The text of a call's body. */
export const aText: fc.Arbitrary<string> = fc
  .record({ body: aBody, isChanged: aChance(0.2), change: aTextChange })
  .map(({ body, isChanged, change }) => (isChanged ? change(textOf(body)) : textOf(body)));
