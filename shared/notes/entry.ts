import { hash } from 'node:crypto';
import type { Media } from './transcript.ts';

/** One line or paragraph of a note: a message, a rating, an internal note. */
export type Entry = {
  /** Identifies the entry: a digest of its id and content, `DIGEST_LENGTH` characters long. */
  digest: string;
  /** In the language of the notes. The digest does not depend on the language. */
  text: string;
  /** The file whose URL ends the text. */
  media?: Media;
  /** The outcome of the file's import, in the language of the notes. Written after the text. */
  outcome?: string;
  /** The id of the message that the entry belongs to. */
  message?: string;
  /** The conversation's field that the entry shows, if the field has a single value: `rate`. */
  field?: string;
  /** The position in `text` at which the speaker's name ends. */
  nameEnd?: number;
  /** The digest that version 0.1.0 used, if it differs. */
  legacyDigest?: string;
};

/** Characters of a digest. 48 bits are enough to tell the entries of one conversation apart. */
export const DIGEST_LENGTH = 8;

export function digestOf(...parts: string[]): string {
  return hash('sha256', parts.join('\0'), 'base64url').slice(0, DIGEST_LENGTH);
}
