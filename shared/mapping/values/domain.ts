import providers from 'email-providers/all.json' with { type: 'json' };

/**
 * The domain of an e-mail address or a web address, without `www.`: `example.com` of `ada@example.com` and of
 * `https://www.example.com/contact`. Undefined where the text holds none, or one of a public mail service, whose
 * customers have nothing in common.
 */
export const domainOf = (text: string): string | undefined => {
  const address = text.trim().toLowerCase();
  const isWeb = /^[a-z]+:\/\//.test(address) || !address.includes('@');
  const authority = isWeb ? address.replace(/^[a-z]+:\/\//, '').replace(/[/?#].*$/s, '') : address;
  const domain = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  if (!/^[^\s.@/?#:]+(?:\.[^\s.@/?#:]+)+$/.test(domain)) return undefined;
  return publicDomains.has(domain) || publicName.test(domain) ? undefined : domain;
};

/** How tenants write a company's web address. */
export const domainSpellings = (domain: string): string[] =>
  ['', 'http://', 'https://'].flatMap((scheme) =>
    ['', 'www.'].flatMap((www) => {
      const address = `${scheme}${www}${domain}`;
      return scheme === '' ? [address] : [address, `${address}/`];
    }),
  );

/** The list holds the domains reserved for examples (RFC 2606) as well. */
const publicDomains = new Set(providers.filter((domain) => !domain.startsWith('example.')));

/** Services with a domain in many countries, of which the list has only some. */
const publicName = /^(?:gmail|googlemail|gmx|hotmail|live|msn|outlook|yahoo|ymail)\.[^.]+(?:\.[^.]+)?$/;
