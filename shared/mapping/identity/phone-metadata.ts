import type { CountryCode, MetadataJson } from 'libphonenumber-js/core/es6';
import tables from './packed-tables.json' with { type: 'json' };
import { unpack } from './unpack.ts';

const countries: ReadonlySet<string> = new Set(tables.countries.split(' '));

let metadata: MetadataJson | undefined;

/** libphonenumber's metadata, with every type of number. Unpacked for the first number. */
export function phoneMetadata(): MetadataJson {
  const unpacked: MetadataJson = metadata ?? JSON.parse(unpack(tables.phoneMetadata));
  metadata = unpacked;
  return unpacked;
}

/** True if national numbers of this country can be read. */
export function isCountry(country: string): country is CountryCode {
  return countries.has(country);
}
