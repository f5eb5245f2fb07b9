import { domainToUnicode } from 'node:url';
import { listedIn, plain } from './characters.ts';
import { addressIn, asciiHost } from './email.ts';
import type { SearchValue } from './search-value.ts';

/** Characters of a web address that are read. Its host comes first. */
const MAX_LENGTH = 1_000;

/**
 * The domain of an e-mail or web address in Punycode, without `www.`: `example.com` for `ada@example.com` and for
 * `https://www.example.com/contact`. Undefined if there is none.
 */
export function domainOf(text: string): string | undefined {
  const address = plain(text.slice(0, MAX_LENGTH));
  const isWeb = scheme.test(address) || !address.includes('@');
  const host = isWeb ? hostOf(address.replace(scheme, '')) : addressIn(text)?.host;
  const domain = host && asciiHost(host).replace(/^www\.(?=[^.]+\.)/, '');
  return domain && name.test(domain) ? domain : undefined;
}

/** All domains in a stored field. */
export function domainsIn(text: string): string[] {
  return [text, ...listedIn(text)].flatMap((part) => domainOf(part) ?? []);
}

export function domainSearchValue(text: string): SearchValue | undefined {
  const normal = domainOf(text);
  if (normal === undefined) return undefined;
  const mobileForms = [...new Set([normal, domainToUnicode(normal) || normal])];
  return { normal, spellings: mobileForms.flatMap(spellingsOf), fragments: [mobileForms] };
}

const scheme = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

const name = /^[^\s.@/?#:]+(?:\.[^\s.@/?#:]+)+$/;

/** Removes user info, port and everything after it. */
function hostOf(address: string): string {
  const [authority = ''] = address.split(/[/?#\\]/, 1);
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
}

/** How tenants write a company's web address. */
function spellingsOf(domain: string): string[] {
  return ['', 'http://', 'https://'].flatMap((scheme) =>
    ['', 'www.'].flatMap((www) => {
      const address = `${scheme}${www}${domain}`;
      return scheme === '' ? [address] : [address, `${address}/`];
    }),
  );
}
