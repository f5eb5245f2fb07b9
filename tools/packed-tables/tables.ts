import metadata from 'libphonenumber-js/max/metadata';
import domains from '../../shared/mapping/identity/public-mail-domains.json' with { type: 'json' };

/** The countries whose national numbers libphonenumber reads. */
export function countriesText(): string {
  return Object.keys(metadata.countries).join(' ');
}

/** libphonenumber's largest set of metadata, which alone knows every type of number. */
export function phoneMetadataText(): string {
  return JSON.stringify(metadata);
}

/** Lines with an ending and the names in front of it. */
export function publicMailText(): string {
  return Object.entries(domains)
    .map(([ending, names]) => `${ending} ${names}`)
    .join('\n');
}
