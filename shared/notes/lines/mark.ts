import { fill } from '../../text/fill.ts';
import type { Language } from '../translations/language.ts';
import { translations } from '../translations.ts';

/**
 * The first line of a note: `Userlike conversation 63741936 (1/2) #kbMpMAta`. The words are for people. The part after
 * the id identifies the entries of the note in every language: the digest is the sum of their digests, and `+` with a
 * base-36 number is how many characters of the last entry follow in the next note.
 */
export type Mark = {
  /** The part after the words and the id. */
  tail: string;
  digest: number;
  /** Characters of the last entry that the note does not contain. */
  left: number;
};

export function titleOf(conversation: string, language: Language, continued: boolean): string {
  return (
    fill(translations[language].mark, { id: conversation }) + (continued ? `, ${translations[language].continued}` : '')
  );
}

export function tailOf(number: number, count: number, digest: string, left = 0): string {
  return `(${number}/${count}) #${digest}${left > 0 ? `+${left.toString(36)}` : ''}`;
}

/** The line that holds a note's mark, whatever Lime has done to line breaks and blanks. */
export function firstLine(note: string): string {
  return note.split(/\r?\n/, 1)[0]?.trim() ?? '';
}

/** The mark of a numbered note of this conversation, in any language. Undefined for any other note. */
export function readMark(conversation: string, note: string): Mark | undefined {
  const line = firstLine(note);
  if (line.length > MAX_MARK_LENGTH) return undefined;
  const [tail = '', digest = '', left = '0'] =
    /\(\d{1,6}\/\d{1,6}\) #([\w-]{8})(?:\+([\da-z]{1,6}))?$/.exec(line) ?? [];
  const [title = '', continued = '', ...more] = line.slice(0, line.length - tail.length).split(',');
  const isOwn = tail !== '' && more.length === 0 && !/\d/.test(continued) && idIn(title) === conversation;
  return isOwn ? { tail, digest: digestToNumber(digest), left: Number.parseInt(left, 36) } : undefined;
}

const MAX_MARK_LENGTH = 100;

/** The number at the end of a title. */
function idIn(title: string): string | undefined {
  return /^\D*(\d{1,32}) ?$/.exec(title)?.[1];
}

/** Digests are added modulo 2^48, so that the sum over a run of entries identifies the run. */
const MODULUS = 2 ** 48;

export function digestToNumber(digest: string): number {
  return Buffer.from(digest, 'base64url').readUIntBE(0, 6);
}

export function addDigests(one: number, other: number): number {
  return (one + other) % MODULUS;
}

export function subtractDigests(one: number, other: number): number {
  return (one - other + MODULUS) % MODULUS;
}

export function numberToDigest(number: number): string {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(number, 0, 6);
  return bytes.toString('base64url');
}
