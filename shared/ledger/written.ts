import { hash } from 'node:crypto';
import * as z from 'zod';

/**
 * What of a conversation is in Lime, as records of 7 bytes. Of a message (or of a field of the conversation) 4 bytes tell
 * which it is and the others what it said: what it says later takes the record's place. A digest that belongs to none
 * has its 6 bytes and a zero. Version 0.1.0 kept a text of digests, 8 characters of base64url each.
 */
export const Written = z.union([z.string(), z.instanceof(Uint8Array)]);
export type Written = z.infer<typeof Written>;

/** Something that is in Lime: its digest, and the id of the message or the name of the field that it tells. */
export type Part = { digest: string; of?: string };

/**
 * The 40,000 entries that a conversation can have, its files and what only other versions of it told: 294,000 bytes. An
 * item of DynamoDB has at most 409,600, and all else in it takes less than 10,000.
 */
export const mostRecords = 42_000;

export const recordBytes = 7;
const nameBytes = 4;
const digestLength = 8;

export type Known = {
  /** Whether exactly this is in Lime. */
  has: (part: Part) => boolean;
  /** Whether the message or field is in Lime, whatever it said. Unknown of what version 0.1.0 wrote. */
  hasAnyOf: (of: string) => boolean;
};

export function knownIn(written: Written): Known {
  const records = recordsIn(written);
  const named = new Set(records.named);
  const names = new Set(records.named.map(nameIn));
  const digests = new Set(records.digests);
  return {
    has: ({ digest, of }) =>
      digests.has(digest) || (of !== undefined && named.size > 0 && named.has(namedOf(of, digest))),
    hasAnyOf: (of) => names.size > 0 && names.has(nameOf(of)),
  };
}

/**
 * What is in Lime with these parts. They replace what their messages and fields said before, and `replaced`, digests by
 * which they were known before. Beyond `mostRecords` the oldest of the others are forgotten.
 */
export function withWritten(written: Written, parts: readonly Part[], replaced: readonly string[] = []): Written {
  const before = recordsIn(written);
  const named = new Set(parts.flatMap(({ digest, of }) => (of === undefined ? [] : [namedOf(of, digest)])));
  const names = new Set([...named].map(nameIn));
  const gone = new Set([...parts.map(({ digest }) => digest), ...replaced]);
  const digests = [
    ...before.digests.filter((digest) => !gone.has(digest)),
    ...new Set(parts.flatMap(({ digest, of }) => (of === undefined ? [digest] : []))),
  ];
  const others = before.named.filter((record) => !names.has(nameIn(record)));
  const newest = [...others, ...named].slice(-mostRecords);
  return bytesOf({
    named: newest,
    digests: newest.length === mostRecords ? [] : digests.slice(newest.length - mostRecords),
  });
}

/**
 * Records as texts of 8 characters: a digest; or a name, one character for each byte, and the beginning of a digest,
 * closed by a character whose byte is no zero.
 */
type Records = { named: string[]; digests: string[] };

function recordsIn(written: Written): Records {
  const records: Records = { named: [], digests: [] };
  if (typeof written === 'string') {
    for (let at = 0; at < written.length; at += digestLength)
      records.digests.push(written.slice(at, at + digestLength));
    return records;
  }
  const bytes = Buffer.from(written.buffer, written.byteOffset, written.byteLength);
  for (let at = 0; at < bytes.length; at += recordBytes) {
    const end = at + recordBytes;
    if (bytes[end - 1] === 0) records.digests.push(bytes.toString('base64url', at, end - 1));
    else
      records.named.push(
        bytes.toString('latin1', at, at + nameBytes) + bytes.toString('base64url', at + nameBytes, end),
      );
  }
  return records;
}

function bytesOf({ named, digests }: Records): Written {
  const bytes = new Uint8Array((named.length + digests.length) * recordBytes);
  const buffer = Buffer.from(bytes.buffer);
  for (const [index, digest] of digests.entries()) buffer.write(digest, index * recordBytes, 'base64url');
  for (const [index, record] of named.entries()) {
    const at = (digests.length + index) * recordBytes;
    buffer.write(nameIn(record), at, 'latin1');
    buffer.write(record.slice(nameBytes), at + nameBytes, 'base64url');
  }
  return bytes;
}

const namedOf = (of: string, digest: string): string => `${nameOf(of)}${digest.slice(0, 3)}_`;

const nameIn = (record: string): string => record.slice(0, nameBytes);

const nameOf = (of: string): string => hash('sha256', of, 'buffer').toString('latin1', 0, nameBytes);
