import { describe, expect, it } from '@jest/globals';
import tables from '../../../../shared/mapping/identity/packed-tables.json' with { type: 'json' };
import { isCountry, phoneMetadata } from '../../../../shared/mapping/identity/phone-metadata.ts';
import { unpack } from '../../../../shared/mapping/identity/unpack.ts';
import { countriesText, phoneMetadataText, publicMailText } from '../../../../tools/packed-tables/tables.ts';

describe('the packed tables', () => {
  it('hold the phone metadata of the installed libphonenumber', () => {
    expect(phoneMetadata()).toEqual(JSON.parse(phoneMetadataText()));
  });

  it('hold every country of that metadata', () => {
    expect(tables.countries).toBe(countriesText());
    expect(isCountry('SE')).toBe(true);
    expect(isCountry('XX')).toBe(false);
  });

  it('hold every public mail service of the list', () => {
    expect(unpack(tables.publicMailDomains)).toBe(publicMailText());
  });
});
