import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { hasCode } from '../errors.ts';
import { HttpError } from './http-error.ts';

/** Largest decoded body of a call, in bytes. */
export const BODY_MAX_BYTES = 5_242_880;

/** HTTP allows more than one encoding, but nobody uses that. The limit keeps the list short. */
const MAX_ENCODINGS = 3;

export type EncodedBody = {
  headers: Record<string, string | undefined>;
  body?: string | undefined;
  isBase64Encoded?: boolean;
};

/**
 * The text of a JSON request. Throws HttpError 415 for another media type, charset or content encoding, 413 above
 * `BODY_MAX_BYTES`, and 400 if decoding fails.
 */
export function readJsonBody({ headers, body = '', isBase64Encoded = false }: EncodedBody): string {
  if (!isJson(headers['content-type'] ?? '')) {
    throw new HttpError(415, 'Send JSON in UTF-8, with the media type application/json.');
  }
  const encodings = encodingsOf(headers['content-encoding'] ?? '');
  let bytes: Buffer = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  for (const decode of encodings.reverse()) bytes = decodeOr400(decode, bytes);
  if (bytes.length > BODY_MAX_BYTES) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpError(400, 'The body is not UTF-8.');
  }
}

/** A missing media type counts as JSON. The charset must be UTF-8 or a subset of it. */
function isJson(contentType: string): boolean {
  const [mediaType = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return (
    (mediaType === '' || mediaType === 'application/json' || /^application\/[^\s/]+\+json$/.test(mediaType)) &&
    (charset === undefined || /^"?(?:utf-?8|us-ascii)"?$/.test(charset))
  );
}

type Decoder = (bytes: Buffer) => Buffer;

const limit = { maxOutputLength: BODY_MAX_BYTES };

/** The standard requires a zlib header for deflate, but some clients send none. */
const inflate: Decoder = (bytes) => {
  try {
    return inflateSync(bytes, limit);
  } catch (error) {
    if (hasCode(error, 'ERR_BUFFER_TOO_LARGE')) throw error;
    return inflateRawSync(bytes, limit);
  }
};

const gunzip: Decoder = (bytes) => gunzipSync(bytes, limit);

const decoders = new Map<string, Decoder>([
  ['identity', (bytes) => bytes],
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', (bytes) => brotliDecompressSync(bytes, limit)],
]);

function encodingsOf(contentEncoding: string): Decoder[] {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = names.flatMap((name) => decoders.get(name) ?? []);
  if (known.length < names.length || names.length > MAX_ENCODINGS) {
    throw new HttpError(415, `Send the body as it is, or encoded with gzip, deflate or br (at most ${MAX_ENCODINGS}).`);
  }
  return known;
}

function decodeOr400(decode: Decoder, bytes: Buffer): Buffer {
  try {
    return decode(bytes);
  } catch (error) {
    throw hasCode(error, 'ERR_BUFFER_TOO_LARGE')
      ? tooLarge()
      : new HttpError(400, 'The body does not decode as its Content-Encoding says.');
  }
}

function tooLarge() {
  return new HttpError(413, `The body is larger than ${BODY_MAX_BYTES} bytes; send fewer conversations at once.`);
}
