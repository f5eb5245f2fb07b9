import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as z from 'zod';
import { hasCode } from '../errors.ts';
import { Conversation, findingsOf, isOtherOrganization } from '../userlike/conversation.ts';

/** SQS's limit of one message and of one batch, bytes of UTF-8, attributes included. */
export const sqsMaxBytes = 1_048_576;

/** Largest body of a record, bytes: it leaves room for the attributes with which a record is parked. */
export const recordMaxBytes = sqsMaxBytes - 32_768;

/** Largest conversation that a record may hold, bytes of JSON before compression. */
export const conversationMaxBytes = 8_388_608;

/** SQS is billed per 64 KiB: a smaller body gains nothing from being compressed, and stays readable in the console. */
const billingUnitBytes = 65_536;

/** 4 to 5 compress a long chat about twentyfold in some 30 ms; the default of 11 takes seconds. */
const brotliQuality = 5;

const head = {
  v: z.literal(1),
  /** It becomes a part of secrets' names: the same letters as in the path of a call. */
  organization: z.string().regex(/^[\w-]{1,64}$/),
  /** The add-on call that brought the conversation: joins the log lines of intake and mapper. */
  callId: z.string().max(128),
  acceptedAt: z.iso.datetime(),
  /** The conversation's id, so that a record that is not read can be told by it. */
  conversation: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
};

/** What SQS holds: one conversation with its origin. A new form of it gets a new `v`. */
export const Envelope = z.discriminatedUnion('encoding', [
  z.object({ ...head, encoding: z.literal('json'), body: z.unknown() }),
  z.object({
    ...head,
    encoding: z.literal('br'),
    body: z.string(),
    /** Bytes of the conversation's JSON: what a record grows to is known before it is decoded. */
    bytes: z.int().nonnegative().default(conversationMaxBytes),
  }),
]);
export type Envelope = z.infer<typeof Envelope>;

export type Origin = Pick<Envelope, 'organization' | 'callId' | 'acceptedAt'> & { conversation?: string };

export type Decoded =
  | { ok: true; origin: Origin; conversation: Conversation }
  | { ok: false; reason: string; origin?: Origin };

/** What a record says of itself, before its conversation is decoded. */
export type Head = { ok: true; origin: Origin; bytes: number } | { ok: false; reason: string };

/** A conversation's JSON as the body of a record; undefined where it is larger than a record can carry. */
export const encodeRecord = (
  { organization, callId, acceptedAt, conversation }: Origin,
  conversationJson: string,
): string | undefined => {
  const bytes = Buffer.byteLength(conversationJson);
  if (bytes > conversationMaxBytes) return undefined;
  const start = JSON.stringify({ v: 1, organization, callId, acceptedAt, conversation }).slice(0, -1);
  const plain = `${start},"encoding":"json","body":${escapeForSqs(conversationJson)}}`;
  const record =
    Buffer.byteLength(plain) <= billingUnitBytes
      ? plain
      : shorter(plain, `${start},"encoding":"br","bytes":${bytes},"body":"${compress(conversationJson)}"}`);
  return Buffer.byteLength(record) <= recordMaxBytes ? record : undefined;
};

/** Reads what a record says of itself. One that does not say how large its conversation is may hold the largest. */
export const headOf = (record: string): Head => {
  const envelope = Envelope.safeParse(parseJson(record));
  if (!envelope.success) return { ok: false, reason: notARecord(envelope.error) };
  const bytes = envelope.data.encoding === 'br' ? envelope.data.bytes : Buffer.byteLength(record);
  return { ok: true, origin: originIn(envelope.data), bytes };
};

const originIn = ({ organization, callId, acceptedAt, conversation }: Envelope): Origin => ({
  organization,
  callId,
  acceptedAt,
  ...(conversation !== undefined && { conversation }),
});

const notARecord = (error: z.ZodError): string => `not a record of version 1: ${rulesOf(error)}`;

/** Reads a record's body back. `reason` says why it cannot be read and quotes nothing of it. */
export const decodeRecord = (record: string, { maxBytes = conversationMaxBytes } = {}): Decoded => {
  const envelope = Envelope.safeParse(parseJson(record));
  if (!envelope.success) return { ok: false, reason: notARecord(envelope.error) };
  const { data } = envelope;
  const origin = originIn(data);
  // Room was made for as much as the record says.
  const json = data.encoding === 'br' ? decompress(data.body, Math.min(data.bytes, maxBytes)) : data.body;
  if (json instanceof Error) return { ok: false, reason: json.message, origin };
  const conversation = Conversation.safeParse(json);
  if (!conversation.success) {
    return { ok: false, reason: `not a conversation: ${rulesOf(conversation.error)}`, origin };
  }
  // Intake has compared both. Whoever else could write to the queue must not reach one tenant in the name of another.
  if (isOtherOrganization(conversation.data, data.organization)) {
    return { ok: false, reason: "its conversation is another organization's", origin };
  }
  return { ok: true, origin, conversation: conversation.data };
};

/**
 * SQS takes the characters of XML 1.0 only. JSON.stringify has escaped control characters and lone surrogates, which
 * leaves U+FFFE and U+FFFF. Surrogate pairs (emoji) are escaped too: SQS's own error text and queues that follow it
 * end at U+FFFD. Outside of strings JSON is ASCII, so each of them stands in a string.
 */
const escapeForSqs = (json: string): string =>
  json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);

const shorter = (one: string, other: string): string =>
  Buffer.byteLength(other) < Buffer.byteLength(one) ? other : one;

const compress = (json: string): string =>
  brotliCompressSync(json, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(json),
    },
  }).toString('base64');

const decompress = (body: string, maxOutputLength: number): unknown => {
  try {
    return parseJson(brotliDecompressSync(Buffer.from(body, 'base64'), { maxOutputLength }).toString());
  } catch (error) {
    const tooLarge = hasCode(error, 'ERR_BUFFER_TOO_LARGE');
    return new Error(
      tooLarge ? `its conversation is larger than ${maxOutputLength} bytes` : 'its body does not decompress',
    );
  }
};

/** undefined for what is not JSON; no JSON text gives that. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const rulesOf = (error: z.ZodError): string =>
  findingsOf(error)
    .map(({ path, message }) => `${path || 'the whole'}: ${message}`)
    .join('; ');
