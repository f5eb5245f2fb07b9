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

const bombEncoders = {
  gzip: (bytes: Buffer) => gzipSync(bytes),
  deflate: (bytes: Buffer) => deflateSync(bytes),
  br: brotli,
  'gzip, gzip': (bytes: Buffer) => gzipSync(gzipSync(bytes)),
};
const bombs = new Map<string, Buffer>();

/** A small body that decodes to 64 MB or more. Each is made once, when it is first drawn. */
export const aBomb = fc
  .constantFrom('gzip' as const, 'deflate' as const, 'br' as const, 'gzip, gzip' as const)
  .map((encoding) => {
    const body = bombs.get(encoding) ?? bombEncoders[encoding](Buffer.alloc(64 * 1024 * 1024));
    bombs.set(encoding, body);
    return { encoding, body };
  });
