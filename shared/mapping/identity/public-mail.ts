import { domainOf } from './domain.ts';
import tables from './packed-tables.json' with { type: 'json' };
import { unpack } from './unpack.ts';

let unpacked: ReadonlySet<string> | undefined;

/**
 * Domains of internet providers, mail services and relays, grouped by ending. Their customers have nothing in common.
 * `public-mail-domains.json` lists them. Sources: Mozilla's list of providers (github.com/thunderbird/autoconfig),
 * domains that email-providers and one of free-email-domains, freemail and personal-email-domains (npm) name, and
 * providers collected by hand for the countries of the notes' languages.
 */
function providerDomains(): ReadonlySet<string> {
  unpacked ??= new Set(
    unpack(tables.publicMailDomains)
      .split('\n')
      .flatMap((line) => {
        const [ending = '', ...names] = line.split(' ');
        return names.map((name) => `${name}.${ending}`);
      }),
  );
  return unpacked;
}

/** Services with domains in many countries: `hotmail.se`, `yahoo.co.uk`. */
const multiCountryNames: ReadonlySet<string> = new Set([
  ...['aol', 'chello', 'gmail', 'googlemail', 'gmx', 'hotmail', 'live', 'msn', 'outlook', 'posteo', 'rocketmail'],
  ...['tele2', 'tiscali', 'upcmail', 'wanadoo', 'yahoo', 'yandex', 'ymail'],
]);

/** Vanity domains of one service, `mail2ada.com`. */
const vanity = /^mail2[a-z]+\.com$/;

/**
 * True if a domain or one of its parents belongs to a public mail service.
 * @param more domains from the settings
 */
export function isPublicMail(domain: string, more: readonly string[]): boolean {
  if (isMultiCountry(domain) || vanity.test(domain)) return true;
  const also = new Set(more.map(domainOf));
  for (let at = domain; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    if (providerDomains().has(at) || also.has(at)) return true;
  }
  return false;
}

function isMultiCountry(domain: string): boolean {
  const [name = '', second = '', ...rest] = domain.split('.', 4);
  return (
    multiCountryNames.has(name) && (rest.length === 0 || (rest.length === 1 && ['co', 'com', 'net'].includes(second)))
  );
}
