import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlockedUrlError } from '../../../shared/errors.ts';
import { checkUrl, HostRules, limeCloudHosts } from '../../../shared/outgoing/hosts.ts';

const rules = [...limeCloudHosts, 'crm.example.org:8443', 'xn--bcher-kva.example'];

/** The rule that refuses a URL, undefined where it is allowed. */
function refusalOf(url: string): string | undefined {
  try {
    checkUrl(new URL(url), rules);
    return undefined;
  } catch (error) {
    if (error instanceof BlockedUrlError) return error.message;
    throw error;
  }
}

describe('a URL that is allowed', () => {
  it.each([
    { title: 'is the host itself', url: 'https://lime-crm.com/acme' },
    { title: 'is below it', url: 'https://acme.lime-crm.com/acme/api/v1/' },
    { title: 'is far below it', url: 'https://acme.testing.limecrm.cloud/acme' },
    { title: 'has capitals', url: 'HTTPS://Acme.Lime-CRM.com' },
    { title: 'names the port that it has anyway', url: 'https://acme.lime-crm.com:443/acme' },
    { title: 'has the port of its rule', url: 'https://crm.example.org:8443' },
    { title: 'is international', url: 'https://bücher.example' },
  ])('$title', ({ url }) => {
    expect(refusalOf(url)).toBeUndefined();
  });
});

describe('a URL that is refused', () => {
  const host = /^its host is none of lime-crm\.com, limecrm\.cloud, /;
  const address = 'its host is an address, not a name';
  it.each([
    { title: 'without TLS', url: 'http://acme.lime-crm.com', rule: 'it is not https' },
    { title: 'of another scheme', url: 'ftp://acme.lime-crm.com', rule: 'it is not https' },
    { title: 'of a file', url: 'file:///etc/passwd', rule: 'it is not https' },
    { title: 'of another host', url: 'https://example.org', rule: host },
    { title: 'of a host that only ends alike', url: 'https://evil-lime-crm.com', rule: host },
    { title: 'of a host that begins alike', url: 'https://lime-crm.com.example.org', rule: host },
    { title: 'with a trailing dot', url: 'https://acme.lime-crm.com.', rule: host },
    { title: 'with the host as user', url: 'https://acme.lime-crm.com@example.org', rule: /user/ },
    { title: 'with a user', url: 'https://ada@acme.lime-crm.com', rule: 'it holds a user or a password' },
    { title: 'with a password', url: 'https://:secret@acme.lime-crm.com', rule: 'it holds a user or a password' },
    { title: 'with the host behind a backslash', url: 'https://example.org\\.lime-crm.com', rule: host },
    { title: 'with the host in the query', url: 'https://example.org?.lime-crm.com', rule: host },
    { title: 'with letters that look alike', url: 'https://аcme.liмe-crm.com', rule: host },
    { title: 'with another port', url: 'https://acme.lime-crm.com:8443', rule: host },
    { title: 'without the port of its rule', url: 'https://crm.example.org', rule: host },
    { title: 'of localhost', url: 'https://localhost', rule: host },
    { title: 'with an address', url: 'https://203.0.113.7', rule: address },
    { title: 'with an address in hexadecimal', url: 'https://0x7f.1', rule: address },
    { title: 'with an address in octal', url: 'https://0177.0.0.01', rule: address },
    { title: 'with an address as one number', url: 'https://2130706433', rule: address },
    { title: 'with an address in fullwidth digits', url: 'https://１２７.0.0.1', rule: address },
    { title: 'with an address of IPv6', url: 'https://[::1]', rule: address },
    { title: 'with an address of IPv4 in IPv6', url: 'https://[::ffff:169.254.169.254]', rule: address },
  ])('$title says which rule, and quotes nothing', ({ url, rule }) => {
    const refusal = refusalOf(url);

    expect(refusal).toMatch(rule);
    for (const quoted of ['secret', 'ada', 'evil', 'example.org?', '169.254']) expect(refusal).not.toContain(quoted);
  });

  it('is every host that is not below a rule by a whole label', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom('', '.', '-', 'x'), (domain, glue) => {
        const isBelow = glue === '.';
        expect(refusalOf(`https://${domain}${glue}lime-crm.com`) === undefined).toBe(isBelow);
      }),
    );
  });
});

describe('a rule', () => {
  it.each(['lime-crm.com', 'crm.example.org:8443', 'xn--bcher-kva.example', 'x.example.org'])('may be %s', (rule) => {
    expect(HostRules.safeParse([rule]).success).toBe(true);
  });

  it.each([
    '',
    'com',
    'localhost',
    '.lime-crm.com',
    '*.lime-crm.com',
    'lime-crm.com.',
    'Lime-CRM.com',
    'bücher.example',
    'https://lime-crm.com',
    'lime-crm.com/acme',
    'ada@lime-crm.com',
    'lime-crm.com:443',
    ' lime-crm.com',
    '10.0.0.1',
    '[::1]',
    '0x7f.1',
    'a_b.example.org',
    '-a.example.org',
    'a-.example.org',
    'a..example.org',
  ])('cannot be %j', (rule) => {
    expect(HostRules.safeParse([rule]).error?.issues).toMatchObject([
      { path: [0], message: expect.stringMatching(/^must be a host in lower case/) },
    ]);
  });

  it('is needed', () => {
    expect(HostRules.safeParse([]).success).toBe(false);
  });
});
