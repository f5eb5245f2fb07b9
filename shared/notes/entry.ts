import { createHash } from 'node:crypto';
import type { Media } from './transcript.ts';

/** One line (or paragraph) of a note: a message of the transcript, or what else the conversation holds (a rating). */
export type Entry = {
  /** What is new is told by this: a digest of the entry's id and content, `digestLength` characters. */
  digest: string;
  /** In the language of the notes, which the digest is not. */
  text: string;
  /** The file with whose address the text ends. */
  media?: Media;
  /** What became of the file, in the same language: told behind the text. */
  outcome?: string;
  /** The id of the message that it tells, a file of it included. */
  message?: string;
  /** The field of the conversation that it tells, where that has one value at a time: `rate`. */
  field?: string;
  /** Where the name of whoever said it ends in `text`. */
  nameEnd?: number;
  /** The digest that version 0.1.0 gave it, where that was another one. */
  legacyDigest?: string;
};

/** Characters of a digest: 48 bits, enough to tell the entries of one conversation apart. */
export const DIGEST_LENGTH = 8;

export function digestOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, DIGEST_LENGTH);
}
