import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

function brotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
}

/** A content encoding by its name, with the function that encodes. */
export const anEncoding = fc.constantFrom<[encoding: string, encode: (bytes: Buffer) => Buffer]>(
  ['gzip', (bytes) => gzipSync(bytes)],
  ['x-gzip', (bytes) => gzipSync(bytes)],
  ['deflate', (bytes) => deflateSync(bytes)],
  ['DEFLATE', (bytes) => deflateRawSync(bytes)],
  ['br', brotli],
  ['gzip, br', (bytes) => brotli(gzipSync(bytes))],
  ['identity', (bytes) => bytes],
);

const zeros = Buffer.alloc(64 * 1024 * 1024);
/** A small body that decodes to 64 MB or more. */
export const aBomb = fc.constantFrom(
  { encoding: 'gzip', body: gzipSync(zeros) },
  { encoding: 'deflate', body: deflateSync(zeros) },
  { encoding: 'br', body: brotli(zeros) },
  { encoding: 'gzip, gzip', body: gzipSync(gzipSync(zeros)) },
);
