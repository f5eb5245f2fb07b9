import { fill } from '../../text/fill.ts';
import type { Language } from '../translations/language.ts';
import { translations } from '../translations.ts';

/**
 * The first line of a note: `Userlike conversation 63741936 (1/2) #kbMpMAta`. The translations are for people. What stands
 * behind the id tells in every language which entries the note holds: the digest is a sum over theirs, and `+` with a
 * number (of base 36) says how much of the last one is left to the next note.
 */
export type Mark = {
  /** What stands behind the translations and the id. */
  tail: string;
  digest: number;
  /** Characters of the last entry that the note does not hold any more. */
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

/** Where a note's mark is, whatever Lime has made of line breaks and blanks. */
export function firstLine(note: string): string {
  return note.split(/\r?\n/, 1)[0]?.trim() ?? '';
}

/** The mark of a numbered note of this conversation, in whatever translations; undefined for any other note. */
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

/** The number that a title ends in, behind its translations. */
function idIn(title: string): string | undefined {
  return /^\D*(\d{1,32}) ?$/.exec(title)?.[1];
}

/** Sums of digests, themselves digests: what a run of entries adds to them tells it from all others. */
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
