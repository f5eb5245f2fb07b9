import { hash } from 'node:crypto';
import * as z from 'zod';

/**
 * Records which parts of a conversation are in Lime, 7 bytes each. The record of a message or field has 4 bytes of its
 * identity and 3 of the digest of its content. A later content replaces it. A digest that belongs to neither has 6
 * bytes and a zero. Version 0.1.0 stored a text of digests, 8 characters of base64url each.
 */
export const WrittenDigests = z.union([z.string(), z.instanceof(Uint8Array)]);
export type WrittenDigests = z.infer<typeof WrittenDigests>;

/** For a conversation that is not in Lime. */
export const NO_DIGESTS: WrittenDigests = '';

/** A part that is in Lime: its digest, and the id of its message or the name of its field. */
export type WrittenPart = { digest: string; of?: string };

export type DigestReader = {
  /** True if exactly this content is in Lime. */
  has: (part: WrittenPart) => boolean;
  /** True if the message or field is in Lime with any content. Always false for records of version 0.1.0. */
  hasAnyOf: (of: string) => boolean;
};

export function readDigests(digests: WrittenDigests = NO_DIGESTS): DigestReader {
  const records = recordsIn(digests);
  const named = new Set(records.named);
  const names = new Set(records.named.map(nameIn));
  const unnamed = new Set(records.unnamed);
  return {
    has: ({ digest, of }) =>
      unnamed.has(digest) || (of !== undefined && named.size > 0 && named.has(namedOf(of, digest))),
    hasAnyOf: (of) => names.size > 0 && names.has(nameOf(of)),
  };
}

/**
 * The most records: 40,000 entries of a conversation, its files, and entries that only other versions contain. They
 * take 294,000 bytes. A DynamoDB item has at most 409,600, and everything else in it takes less than 10,000.
 */
export const MOST_RECORDS = 42_000;

export const RECORD_BYTES = 7;
const NAME_BYTES = 4;
const DIGEST_LENGTH = 8;

/**
 * Adds parts. They replace the former content of their messages and fields, and the `replaced` digests under which they
 * were known before. Above `MOST_RECORDS` the oldest records are forgotten.
 */
export function addDigests(
  digests: WrittenDigests | undefined,
  parts: readonly WrittenPart[],
  replaced: readonly string[] = [],
): WrittenDigests {
  const before = recordsIn(digests ?? NO_DIGESTS);
  const named = new Set(parts.flatMap(({ digest, of }) => (of === undefined ? [] : [namedOf(of, digest)])));
  const names = new Set([...named].map(nameIn));
  const gone = new Set([...parts.map(({ digest }) => digest), ...replaced]);
  const unnamed = [
    ...before.unnamed.filter((digest) => !gone.has(digest)),
    ...new Set(parts.flatMap(({ digest, of }) => (of === undefined ? [digest] : []))),
  ];
  const others = before.named.filter((record) => !names.has(nameIn(record)));
  const newest = [...others, ...named].slice(-MOST_RECORDS);
  return bytesOf({
    named: newest,
    unnamed: newest.length === MOST_RECORDS ? [] : unnamed.slice(newest.length - MOST_RECORDS),
  });
}

/**
 * Records as texts of 8 characters. A digest alone is one text. The text of a named record has one character for each
 * byte of the name, the beginning of the digest, and a last character whose byte is not zero.
 */
type Records = { named: string[]; unnamed: string[] };

function recordsIn(stored: WrittenDigests): Records {
  const records: Records = { named: [], unnamed: [] };
  if (typeof stored === 'string') {
    for (let at = 0; at < stored.length; at += DIGEST_LENGTH)
      records.unnamed.push(stored.slice(at, at + DIGEST_LENGTH));
    return records;
  }
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let at = 0; at < bytes.length; at += RECORD_BYTES) {
    const end = at + RECORD_BYTES;
    if (bytes[end - 1] === 0) records.unnamed.push(bytes.toString('base64url', at, end - 1));
    else
      records.named.push(
        bytes.toString('latin1', at, at + NAME_BYTES) + bytes.toString('base64url', at + NAME_BYTES, end),
      );
  }
  return records;
}

function bytesOf({ named, unnamed }: Records): WrittenDigests {
  const bytes = new Uint8Array((named.length + unnamed.length) * RECORD_BYTES);
  const buffer = Buffer.from(bytes.buffer);
  for (const [index, digest] of unnamed.entries()) buffer.write(digest, index * RECORD_BYTES, 'base64url');
  for (const [index, record] of named.entries()) {
    const at = (unnamed.length + index) * RECORD_BYTES;
    buffer.write(nameIn(record), at, 'latin1');
    buffer.write(record.slice(NAME_BYTES), at + NAME_BYTES, 'base64url');
  }
  return bytes;
}

function namedOf(of: string, digest: string): string {
  return `${nameOf(of)}${digest.slice(0, 3)}_`;
}

function nameIn(record: string): string {
  return record.slice(0, NAME_BYTES);
}

function nameOf(of: string): string {
  return hash('sha256', of, 'buffer').toString('latin1', 0, NAME_BYTES);
}
