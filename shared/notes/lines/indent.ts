import { fill } from '../../text/fill.ts';
import { languages } from '../translations/language.ts';
import type { Translation } from '../translations/translation.ts';
import { translations } from '../translations.ts';

/**
 * Indents further lines of a message that look like lines of a note, in any language. A message then cannot imitate
 * another message, a rating or a line of the head. Runs in linear time.
 */
export function indentLookalikes(text: string): string {
  return text.replace(
    /(\r\n|[\n\v\f\r\u0085\u2028\u2029])([^\n\v\f\r\u0085\u2028\u2029]+)/g,
    (whole, lineBreak, line) => (looksLikeBridgeLine(line) ? `${lineBreak}${INDENT}${line}` : whole),
  );
}

export const INDENT = '    ';

/** Colons and characters that look like one. */
export const colons = /[:：﹕︓⩴\u02d0\u02f8\u0589\u05c3\u205a\u2236\ua789]/g;

/** True if the first line of a text could pass for the start of a message, an entry, a head line or a note. */
export function looksLikeBridgeLine(text: string): boolean {
  const [line = ''] = text.split(/[\n\v\f\r\u0085\u2028\u2029]/, 1);
  if (!/[:：﹕︓⩴\u02d0\u02f8\u0589\u05c3\u205a\u2236\ua789\p{N}[［⁅❲〔【⟦〚﹇﹝]/u.test(line)) return false;
  if (/^[[［⁅❲〔【⟦〚﹇﹝]/u.test(line.replace(/^[\p{DI}\p{Z}\p{C}\p{M}\u2800]+/u, ''))) return true;
  const form = normalized(line);
  const { labels, marks, endings, files } = starts();
  return (
    labels.has(form.slice(0, form.indexOf(':') + 1)) ||
    marks.has(form.slice(0, form.indexOf('0') + 1)) ||
    endings.some((ending) => form.startsWith(ending)) ||
    (form.includes(':http') && files.some((file) => form.startsWith(file)))
  );
}

/** True if a line of a note starts an entry. Messages start with a bracket, other entries with a label. */
export function startsEntry(line: string): boolean {
  if (line.startsWith('[')) return true;
  const form = /^\p{L}/u.test(line) ? normalized(line) : '';
  return starts().labels.has(form.slice(0, form.indexOf(':') + 1));
}

/**
 * Reduces a text to letters, colons and 0 for each number, so that blanks, accents and look-alikes make no difference.
 */
function normalized(text: string): string {
  return /^[ -~]*$/.test(text) ? lettersIn(text) : lettersIn(plainLetters(text));
}

function lettersIn(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}:]+/gu, '')
    .replace(/\p{N}+/gu, '0');
}

function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{DI}+/gu, '')
    .replace(/[\u02d0\u02f8\u0589\u05c3\u205a\u2236\ua789]/g, ':')
    .replace(/[\u0131\u0391-\u0458\u04bb\u04cf\u0501]/g, (letter) => latinLookalikes.get(letter) ?? letter);
}

/** Greek and Cyrillic letters that look like Latin ones. */
const latinLookalikes = new Map(
  [
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    ['αικνορτυ', 'aikvoptu'],
    ['АВЕЅЗІЈКМНОРСТУХ', 'ABES3IJKMHOPCTYX'],
    ['аеѕіјкорсухһӏԁı', 'aesijkopcyxhldi'],
  ].flatMap(([letters = '', latin = '']) => [...letters].map((letter, index) => [letter, latin[index] ?? letter])),
);

/** How lines of a note start in any language. */
type Starts = {
  /** Of lines other than a message. */
  labels: Set<string>;
  marks: Set<string>;
  /** Of the reference to the document with the whole transcript. */
  endings: string[];
  files: string[];
};

let cached: Starts | undefined;

/** Computed when it is first needed, because many cold starts end without it. */
function starts(): Starts {
  cached ??= {
    labels: new Set(textsInEveryLanguage((t) => labelsOf(t).map((label) => `${label}:`))),
    marks: new Set(textsInEveryLanguage(({ mark }) => [mark.replace('{id}', '0')])),
    endings: textsInEveryLanguage(({ wholeTranscript }) => [
      fill(wholeTranscript, { shown: 0, all: 0 }).split('.', 1).join(),
    ]),
    files: textsInEveryLanguage(({ file }) => [file]),
  };
  return cached;
}

function labelsOf(t: Translation): string[] {
  return [
    ...[t.surveyBefore, t.surveyAfter, t.rating, t.feedback, t.internalNote],
    ...[t.contact, t.topic, t.topics, t.channel, t.timeZone],
    ...[t.severalPersons, t.severalCompanies, t.severalCoworkers],
    ...[t.notSaved, t.personNotMade, t.companyNotMade],
  ];
}

function textsInEveryLanguage(select: (t: Translation) => string[]): string[] {
  return [...new Set(languages.flatMap((language) => select(translations[language]).map(normalized)))];
}
