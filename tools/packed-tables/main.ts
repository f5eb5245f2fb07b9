/** Packs the tables that only some conversations need, for small bundles: `npm run packed-tables`. */
import { writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { countriesText, phoneMetadataText, publicMailText } from './tables.ts';

const packed = {
  countries: countriesText(),
  phoneMetadata: pack(phoneMetadataText()),
  publicMailDomains: pack(publicMailText()),
};
await writeFile(
  new URL('../../shared/mapping/identity/packed-tables.json', import.meta.url),
  `${JSON.stringify(packed, undefined, 2)}\n`,
);

function pack(text: string): string {
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
  return brotliCompressSync(text, { params }).toString('base64');
}
