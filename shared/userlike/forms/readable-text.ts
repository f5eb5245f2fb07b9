import { isolatedLines } from '../../text/isolate.ts';

/** Characters of a list or object that are shown. Longer text ends in an ellipsis. */
export const MAX_READABLE_LENGTH = 2_000;

/** Levels of nesting that are shown. */
const MAX_DEPTH = 8;

type Fields = Record<string, unknown>;

/**
 * Converts any value to text for people. A text stays whole, also as the only entry of a list. Objects show what they
 * say: `{ id, text }` its text, `{ value, max }` `2/5`, `{ question, answer }` both, any other object its non-empty
 * fields. Right-to-left parts are isolated, so that a number next to them keeps its order. Empty if there is nothing to
 * show.
 */
export function readableText(value: unknown): string {
  let only = value;
  while (Array.isArray(only) && only.length === 1) only = only[0];
  if (typeof only !== 'object') return scalar(only).trim();
  const text = truncated(textOf(only, 0));
  return /^\u2068[^\u2068\u2069]*\u2069$/.test(text) ? text.slice(1, -1) : text;
}

/** The non-empty fields of an object without metadata, as `key: value`. */
export function fieldsIn(fields: Fields, depth = 0): string {
  return join(pairsOf(fields, depth, isMetadataKey), ', ');
}

/** True if a field means nothing to readers or changes by itself: ids, times, flags, counters, states. */
export function isMetadataKey(key: string): boolean {
  const name = key.toLowerCase();
  return (
    metadataKeys.has(name) ||
    metadataPrefixes.some((start) => name.startsWith(start)) ||
    metadataSuffixes.some((end) => name.endsWith(end))
  );
}

const metadataKeys = new Set(
  'id uuid type kind color icon position order index version mime_type count state'.split(' '),
);
const metadataPrefixes = ['is_', 'has_', 'can_', 'marked_', 'created', 'updated', 'edited', 'deleted'];
const metadataSuffixes = ['_id', '_uuid', '_at', '_count', '_time', '_state', 'status', '_format'];

/** Fields whose value needs no label. Labels exist in Userlike's language only. */
const selfExplanatoryKeys = new Set(
  'phone phones phone_number mobile mobile_number email emails url link href website org organization company'.split(
    ' ',
  ),
);

/** Fields in which objects keep their text, in order of preference. */
const TEXT_KEYS = 'text body content message note comment name formatted_name title label value answer option emoji';
const AUTHOR_KEYS = 'operator_name author_name author operator created_by';
/** Parts of `formatted_name`. */
const nameKeys = ['first_name', 'middle_name', 'last_name', 'name_prefix', 'name_suffix', 'prefix', 'suffix'];
const ANSWER_KEYS = 'answer value option response selected text';

function textOf(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return isolatedLines(truncated(scalar(value).trim()));
  if (depth > MAX_DEPTH) return '…';
  if (!Array.isArray(value)) return truncated(objectText({ ...value }, depth));
  const separator = value.some((entry) => typeof entry === 'object' && entry !== null) ? '; ' : ', ';
  return truncated(join(textsOf(value, depth + 1), separator));
}

function scalar(value: unknown): string {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : '';
}

function objectText(fields: Fields, depth: number): string {
  const main = mainPart(fields, depth + 1);
  if (main.text === '') return fieldsText(fields, depth);
  const author = firstPart(fields, AUTHOR_KEYS, depth + 1);
  const parts = main.keys.includes('formatted_name') ? nameKeys : [];
  const used = new Set([...main.keys, ...parts, ...(author?.keys ?? [])]);
  const rest = join(
    pairsOf(fields, depth + 1, (key) => used.has(key) || isMetadataKey(key)),
    ', ',
  );
  const details = [author?.text ?? '', rest].filter((part) => part !== '').join(', ');
  return details === '' ? main.text : `${main.text} (${details})`;
}

/** An object without a main part shows all of its fields. A wrapper shows its content: `{ reply: { title } }`. */
function fieldsText(fields: Fields, depth: number): string {
  const [only = '', ...others] = Object.keys(fields).filter((key) => !isMetadataKey(key));
  const inner = others.length > 0 ? undefined : fields[only];
  if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) return textOf(inner, depth + 1);
  return (
    fieldsIn(fields, depth + 1) ||
    join(
      pairsOf(fields, depth + 1, () => false),
      ', ',
    )
  );
}

type TextPart = { keys: string[]; text: string };

function mainPart(fields: Fields, depth: number): TextPart {
  const of = (keys: string) => firstPart(fields, keys, depth);
  return (
    answerPart(of('question') ?? of('label name title field key'), of(ANSWER_KEYS)) ??
    pair(of('value rating rate score stars'), of('max maximum scale out_of best'), '/') ??
    placePart(fields, depth) ??
    of(TEXT_KEYS) ?? { keys: [], text: '' }
  );
}

function answerPart(question: TextPart | undefined, answer: TextPart | undefined): TextPart | undefined {
  return pair(question, answer, question?.text.endsWith('?') ? ' ' : ': ');
}

/** Coordinates, preceded by the name and address of the place. */
function placePart(fields: Fields, depth: number): TextPart | undefined {
  const of = (keys: string) => firstPart(fields, keys, depth);
  const coordinates = pair(of('latitude lat'), of('longitude lng lon long'), ', ');
  if (coordinates === undefined) return undefined;
  const parts = [of('name title'), of('address'), coordinates].filter((part) => part !== undefined);
  return { keys: parts.flatMap(({ keys }) => keys), text: parts.map(({ text }) => text).join(', ') };
}

/** Two parts that belong together. Undefined if one is missing or both are the same field. */
function pair(one: TextPart | undefined, other: TextPart | undefined, separator: string): TextPart | undefined {
  if (one === undefined || other === undefined || one.keys[0] === other.keys[0]) return undefined;
  return { keys: [...one.keys, ...other.keys], text: one.text + separator + other.text };
}

/** The first of these fields that has text. */
function firstPart(fields: Fields, keys: string, depth: number): TextPart | undefined {
  for (const key of keys.split(' ')) {
    const text = Object.hasOwn(fields, key) ? textOf(fields[key], depth) : '';
    if (text !== '') return { keys: [key], text };
  }
  return undefined;
}

function* textsOf(values: readonly unknown[], depth: number): Generator<string> {
  for (const value of values) yield textOf(value, depth);
}

function* pairsOf(fields: Fields, depth: number, isLeftOut: (key: string) => boolean): Generator<string> {
  for (const key of Object.keys(fields)) {
    const text = isLeftOut(key) ? '' : textOf(fields[key], depth);
    if (text === '') continue;
    yield selfExplanatoryKeys.has(key) ? text : `${isolatedLines(truncated(key).replaceAll('_', ' '))}: ${text}`;
  }
}

/** Stops as soon as the text is too long. */
function join(texts: Iterable<string>, separator: string): string {
  let all = '';
  for (const text of texts) {
    if (text !== '') all += (all === '' ? '' : separator) + text;
    if (all.length > MAX_READABLE_LENGTH) break;
  }
  return all;
}

/** Never ends in half a surrogate pair or within an isolate. */
function truncated(text: string): string {
  if (text.length <= MAX_READABLE_LENGTH) return text;
  const shown = text.slice(0, MAX_READABLE_LENGTH - 2).replace(/[\ud800-\udbff]$/, '');
  return shown.lastIndexOf('\u2068') > shown.lastIndexOf('\u2069') ? `${shown}…\u2069` : `${shown}…`;
}
