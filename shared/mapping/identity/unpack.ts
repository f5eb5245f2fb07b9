import { brotliDecompressSync } from 'node:zlib';

/**
 * The text of a packed table. Half as large in the bundle as the table itself, and unpacked within 2 ms by the first
 * conversation that needs it. `npm run packed-tables` packs it.
 */
export function unpack(packed: string): string {
  return brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8');
}
