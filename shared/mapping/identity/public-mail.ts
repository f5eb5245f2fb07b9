import { domainOf } from './domain.ts';
import domains from './public-mail-domains.json' with { type: 'json' };

/**
 * Domains of internet providers, mail services and relays, whose customers have nothing in common, by their ending.
 * They are those of Mozilla's list of providers (github.com/thunderbird/autoconfig), those that email-providers and one
 * more of free-email-domains, freemail and personal-email-domains (npm) name, and the providers of the countries in
 * whose languages notes are written, collected by hand.
 */
const providerDomains: ReadonlySet<string> = new Set(
  Object.entries(domains).flatMap(([ending, names]) => names.split(' ').map((name) => `${name}.${ending}`)),
);

/** Services with a domain in many countries: `hotmail.se`, `yahoo.co.uk`. */
const multiCountryNames: ReadonlySet<string> = new Set([
  ...['aol', 'chello', 'gmail', 'googlemail', 'gmx', 'hotmail', 'live', 'msn', 'outlook', 'posteo', 'rocketmail'],
  ...['tele2', 'tiscali', 'upcmail', 'wanadoo', 'yahoo', 'yandex', 'ymail'],
]);

/** Vanity domains of one service, `mail2ada.com`. */
const vanity = /^mail2[a-z]+\.com$/;

/**
 * Whether a domain, or one that it is below, is of a public mail service.
 * @param more domains of the settings
 */
export function isPublicMail(domain: string, more: readonly string[]): boolean {
  if (isMultiCountry(domain) || vanity.test(domain)) return true;
  const also = new Set(more.map(domainOf));
  for (let at = domain; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    if (providerDomains.has(at) || also.has(at)) return true;
  }
  return false;
}

function isMultiCountry(domain: string): boolean {
  const [name = '', second = '', ...rest] = domain.split('.', 4);
  return (
    multiCountryNames.has(name) && (rest.length === 0 || (rest.length === 1 && ['co', 'com', 'net'].includes(second)))
  );
}
