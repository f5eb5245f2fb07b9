import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as z from 'zod';
import { hasCode } from '../errors.ts';
import { Conversation, findingsOf, isOtherOrganization } from '../userlike/conversation.ts';

/** SQS's limit of one message and of one batch, bytes of UTF-8, attributes included. */
export const SQS_MAX_BYTES = 1_048_576;

/** Largest body of a record in bytes. Leaves room for the attributes of a parked record. */
export const RECORD_MAX_BYTES = SQS_MAX_BYTES - 32_768;

/** Largest conversation of a record, in bytes of JSON before compression. */
export const CONVERSATION_MAX_BYTES = 8_388_608;

/**
 * The least that each value counts for. Userlike's own take 25 bytes with their keys. Shorter ones take as much time
 * and memory.
 */
const VALUE_BYTES = 40;

/** SQS bills per 64 KiB. Compression saves nothing below that, and the body stays readable in the console. */
const BILLING_UNIT_BYTES = 65_536;

/** Level 5 compresses a long chat about twentyfold in some 30 ms. The default of 11 takes seconds. */
const BROTLI_QUALITY = 5;

const head = {
  v: z.literal(1),
  /** Becomes a part of secrets' names. Allows only the characters of an organization in the call's path. */
  organization: z.string().regex(/^[\w-]{1,64}$/),
  /** The add-on call that brought the conversation. It joins the log lines of intake and mapper. */
  callId: z.string().max(128),
  acceptedAt: z.iso.datetime(),
  /** The conversation's id. Identifies a record that cannot be decoded. */
  conversation: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
};

/** The content of an SQS record: one conversation with its origin. A new form gets a new `v`. */
export const Envelope = z.discriminatedUnion('encoding', [
  z.object({ ...head, encoding: z.literal('json'), body: z.unknown() }),
  z.object({
    ...head,
    encoding: z.literal('br'),
    body: z.string(),
    /** The conversation's weight, so that it is known before the record is decoded. */
    bytes: z.int().nonnegative().default(CONVERSATION_MAX_BYTES),
  }),
]);
export type Envelope = z.infer<typeof Envelope>;

export type Origin = Pick<Envelope, 'organization' | 'callId' | 'acceptedAt'> & { conversation?: string };

export type Decoded =
  | { ok: true; origin: Origin; conversation: Conversation }
  | { ok: false; reason: string; origin?: Origin };

/** The fields of a record that are known before its conversation is decoded. */
export type Head = { ok: true; origin: Origin; bytes: number } | { ok: false; reason: string };

/** A conversation's JSON as the body of a record. Undefined if it is larger than a record can carry. */
export function encodeRecord(
  { organization, callId, acceptedAt, conversation }: Origin,
  conversationJson: string,
): string | undefined {
  if (Buffer.byteLength(conversationJson) > CONVERSATION_MAX_BYTES) return undefined;
  const start = JSON.stringify({ v: 1, organization, callId, acceptedAt, conversation }).slice(0, -1);
  const plain = `${start},"encoding":"json","body":${escapeForSqs(conversationJson)}}`;
  const record =
    Buffer.byteLength(plain) <= BILLING_UNIT_BYTES
      ? plain
      : shorter(
          plain,
          `${start},"encoding":"br","bytes":${weightOf(conversationJson)},"body":"${compress(conversationJson)}"}`,
        );
  return Buffer.byteLength(record) <= RECORD_MAX_BYTES ? record : undefined;
}

/** Reads the fields outside the conversation. A record without a weight counts as the largest. */
export function headOf(record: string): Head {
  const envelope = Envelope.safeParse(parseJson(record));
  if (!envelope.success) return { ok: false, reason: notARecord(envelope.error) };
  const bytes = envelope.data.encoding === 'br' ? envelope.data.bytes : weightOf(record);
  return { ok: true, origin: originIn(envelope.data), bytes };
}

/**
 * The weight of a conversation in memory: the bytes of its JSON, more if its values are short. Thousands of empty
 * messages are few bytes, but as much work as thousands of others.
 */
function weightOf(json: string): number {
  let values = 1;
  for (let at = json.indexOf(','); at >= 0; at = json.indexOf(',', at + 1)) values += 1;
  return Math.max(Buffer.byteLength(json), VALUE_BYTES * values);
}

/** Decodes a record's body. `reason` says why it cannot be read, without quoting it. */
export function decodeRecord(record: string, { maxBytes = CONVERSATION_MAX_BYTES } = {}): Decoded {
  const envelope = Envelope.safeParse(parseJson(record));
  if (!envelope.success) return { ok: false, reason: notARecord(envelope.error) };
  const { data } = envelope;
  const origin = originIn(data);
  // The mapper has reserved the memory that the record declares.
  const json = data.encoding === 'br' ? decompress(data.body, Math.min(data.bytes, maxBytes)) : data.body;
  if (json instanceof Error) return { ok: false, reason: json.message, origin };
  const conversation = Conversation.safeParse(json);
  if (!conversation.success) {
    return { ok: false, reason: `not a conversation: ${rulesOf(conversation.error)}`, origin };
  }
  // Intake has compared both. Another writer to the queue must not reach one tenant in the name of another.
  if (isOtherOrganization(conversation.data, data.organization)) {
    return { ok: false, reason: "its conversation is another organization's", origin };
  }
  return { ok: true, origin, conversation: conversation.data };
}

function originIn({ organization, callId, acceptedAt, conversation }: Envelope): Origin {
  return { organization, callId, acceptedAt, ...(conversation !== undefined && { conversation }) };
}

function notARecord(error: z.ZodError): string {
  return `not a record of version 1: ${rulesOf(error)}`;
}

/**
 * SQS accepts only the characters of XML 1.0. JSON.stringify escapes control characters and lone surrogates, which
 * leaves U+FFFE and U+FFFF. Surrogate pairs (emoji) are escaped too, because SQS's error text, and emulators that
 * follow it, end the range at U+FFFD. Outside of strings JSON is ASCII, so each of these characters is in a string.
 */
function escapeForSqs(json: string): string {
  return json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

function shorter(one: string, other: string): string {
  return Buffer.byteLength(other) < Buffer.byteLength(one) ? other : one;
}

function compress(json: string): string {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(json),
  };
  return brotliCompressSync(json, { params }).toString('base64');
}

function decompress(body: string, maxOutputLength: number): unknown {
  try {
    return parseJson(brotliDecompressSync(Buffer.from(body, 'base64'), { maxOutputLength }).toString());
  } catch (error) {
    const tooLarge = hasCode(error, 'ERR_BUFFER_TOO_LARGE');
    return new Error(
      tooLarge ? `its conversation is larger than ${maxOutputLength} bytes` : 'its body does not decompress',
    );
  }
}

/** Returns undefined for invalid JSON. No JSON text has that value. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function rulesOf(error: z.ZodError): string {
  return findingsOf(error)
    .map(({ path, message }) => `${path || 'the whole'}: ${message}`)
    .join('; ');
}
