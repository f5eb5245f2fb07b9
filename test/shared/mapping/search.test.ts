import { describe, expect, it } from '@jest/globals';
import { type Candidate, matchTerm, type Term, toSearch } from '../../../shared/mapping/search.ts';
import type { MatchRule, Relation } from '../../../shared/mapping/settings/relation.ts';
import { conversationOf } from '../../support/mapping/builders.ts';

const byEmail: MatchRule = { path: 'contact.email', properties: ['email'], as: 'email' };
const byPhone: MatchRule = { path: 'contact.phone_number', properties: ['phone', 'mobilephone'], as: 'phone' };
const byNumber: MatchRule = { path: 'contact.external_customer_id', properties: ['customerno'], as: 'text' };

function searchFor(contact: Record<string, unknown>, rules = [byEmail, byPhone, byNumber]) {
  const relation: Relation = { limetype: 'person', rules, onSeveral: 'empty' };
  return toSearch(conversationOf({ contact }), relation, { country: 'SE', publicMailDomains: ['mail.example.net'] });
}

describe('a search', () => {
  it('has a term for each rule that the conversation has a value for, in the order of the rules', () => {
    const search = searchFor({ external_customer_id: 4711, email: 'Erika@Example.org', phone_number: '070-174 06 05' });
    expect(search.map(({ rule, normal }) => [rule, normal])).toEqual([
      [byEmail, 'erika@example.org'],
      [byPhone, '+46701740605'],
      [byNumber, '4711'],
    ]);
  });

  it('asks for an address as it was given and in lower case', () => {
    expect(searchFor({ email: ' Erika@Example.org ' })[0]?.spellings).toEqual([
      'Erika@Example.org',
      'erika@example.org',
    ]);
    expect(searchFor({ email: 'erika@example.org' })[0]?.spellings).toEqual(['erika@example.org']);
  });

  it('asks for an address with a name, and for one of another alphabet, in each of its forms', () => {
    expect(searchFor({ email: 'Erika <Erika@Müller-Bau.example>' })[0]?.spellings).toEqual([
      'Erika <Erika@Müller-Bau.example>',
      'Erika@Müller-Bau.example',
      'erika@xn--mller-bau-q9a.example',
      'erika@müller-bau.example',
    ]);
  });

  it('has no term for a domain of a mail service that the settings name, or of one below it', () => {
    const byDomain: MatchRule = { path: 'contact.email', properties: ['www'], as: 'domain' };
    for (const host of ['mail.example.net', 'a.mail.example.net'])
      expect(searchFor({ email: `erika@${host}` }, [byDomain])).toEqual([]);
    expect(searchFor({ email: 'erika@example.net' }, [byDomain])).toHaveLength(1);
  });

  it('asks for a phone number in its spellings', () => {
    expect(searchFor({ phone_number: '+46701740605' })[0]?.spellings).toContain('070-174 06 05');
  });

  it('asks for a domain in the spellings of a web address', () => {
    const byDomain: MatchRule = { path: 'contact.email', properties: ['www'], as: 'domain' };
    const [term] = searchFor({ email: 'erika@example.org' }, [byDomain]);
    expect(term?.normal).toBe('example.org');
    expect(term?.spellings).toContain('https://www.example.org/');
    expect(searchFor({ email: 'erika@gmail.com' }, [byDomain])).toEqual([]);
  });

  it('has no term for a value that is longer than what anybody is found by', () => {
    const email = (length: number) => `${'a'.repeat(length - '@example.org'.length)}@example.org`;
    expect(searchFor({ email: email(500) })).toHaveLength(1);
    expect(searchFor({ email: email(501), external_customer_id: 4711 }).map(({ rule }) => rule)).toEqual([byNumber]);
  });

  it('has no term for a value that is true or false', () => {
    expect(searchFor({ external: true }, [{ path: 'contact.external', properties: ['email'], as: 'text' }])).toEqual(
      [],
    );
  });

  it.each([
    { title: 'nothing', contact: {} },
    { title: 'null', contact: { email: null, phone_number: null } },
    { title: 'blanks', contact: { email: ' ', external_customer_id: '\t' } },
    { title: 'no address', contact: { email: 'Erika' } },
    { title: 'no phone number', contact: { phone_number: 'on holiday' } },
  ])('has no term where the contact has $title', ({ contact }) => {
    expect(searchFor(contact)).toEqual([]);
  });

  it('has no term for a path that leads to an object or a list', () => {
    expect(searchFor({}, [{ path: 'contact', properties: ['email'], as: 'text' }])).toEqual([]);
    expect(searchFor({}, [{ path: 'transcript', properties: ['email'], as: 'text' }])).toEqual([]);
  });
});

describe('the match of a term', () => {
  const emailTerm: Term = { rule: byEmail, normal: 'erika@example.org', spellings: [], fragments: [] };
  const phoneTerm: Term = { rule: byPhone, normal: '+46701740605', spellings: [], fragments: [] };

  const aCandidate = (overrides: Partial<Candidate> = {}): Candidate => ({
    id: 1011,
    name: 'Erika Beispiel',
    inactive: false,
    values: { email: 'Erika@EXAMPLE.org ' },
    ...overrides,
  });

  it('is the only candidate, with its company where it has one', () => {
    expect(matchTerm(emailTerm, [aCandidate()], { country: 'SE' })).toEqual({ kind: 'one', id: 1011 });
    expect(matchTerm(emailTerm, [aCandidate({ company: 1014 })], { country: 'SE' })).toEqual({
      kind: 'one',
      id: 1011,
      company: 1014,
    });
  });

  it.each([
    { title: 'there are none', candidates: [] },
    { title: 'the only one is inactive', candidates: [aCandidate({ inactive: true })] },
    { title: 'another value was found', candidates: [aCandidate({ values: { email: 'erik@example.org' } })] },
    { title: 'the value is in another property', candidates: [aCandidate({ values: { phone: 'erika@example.org' } })] },
    { title: 'the property is empty', candidates: [aCandidate({ values: { email: '' } })] },
    { title: 'the property is missing', candidates: [aCandidate({ values: {} })] },
  ])('is none where $title', ({ candidates }) => {
    expect(matchTerm(emailTerm, candidates, { country: 'SE' })).toEqual({ kind: 'none' });
  });

  it('is several where more than one active candidate has the value', () => {
    const candidates = [aCandidate(), aCandidate({ id: 1012, name: '' }), aCandidate({ id: 1013, inactive: true })];
    expect(matchTerm(emailTerm, candidates, { country: 'SE' })).toEqual({
      kind: 'several',
      found: [
        { id: 1011, name: 'Erika Beispiel' },
        { id: 1012, name: '' },
      ],
    });
  });

  it.each([
    { onSeveral: 'oldest' as const, match: { kind: 'one', id: 1011 } },
    { onSeveral: 'newest' as const, match: { kind: 'one', id: 1013, company: 5 } },
  ])('is of several the $onSeveral, where that is wanted', ({ onSeveral, match }) => {
    const candidates = [aCandidate({ id: 1012 }), aCandidate({ id: 1013, company: 5 }), aCandidate({ id: 1011 })];
    for (const found of [candidates, candidates.toReversed()])
      expect(matchTerm(emailTerm, found, { country: 'SE', onSeveral })).toStrictEqual(match);
    expect(matchTerm(emailTerm, [], { country: 'SE', onSeveral })).toEqual({ kind: 'none' });
  });

  it('names several in the order of their ids', () => {
    const found = [1013, 1011, 1012].map((id) => aCandidate({ id }));
    const match = matchTerm(emailTerm, found, { country: 'SE' });
    expect(match.kind === 'several' && match.found.map(({ id }) => id)).toEqual([1011, 1012, 1013]);
  });

  it.each([
    { phone: '+46 70 174 06 05' },
    { phone: '', mobilephone: '070-1740605' },
    { phone: '0046701740605', mobilephone: '08-465 004 04' },
  ])('compares phone numbers, not their spelling, in any of the properties: %j', (values) => {
    expect(matchTerm(phoneTerm, [aCandidate({ values })], { country: 'SE' })).toEqual({ kind: 'one', id: 1011 });
  });

  it.each([
    { phone: '070-1740605 (mobile)' },
    { phone: '08-465 004 04 / 070-174 06 05' },
    { phone: '08-465 004 04, 070-174 06 05' },
    { phone: '08-46500404;0701740605' },
    { phone: 'Mob: 070-174 06 05\nWork: 08-465 004 04' },
  ])('is found among several numbers in one field: %j', (values) => {
    expect(matchTerm(phoneTerm, [aCandidate({ values })], { country: 'SE' })).toEqual({ kind: 'one', id: 1011 });
  });

  it.each([
    { email: 'mailto:erika@example.org' },
    { email: '\u2060 Erika Beispiel <ERIKA@example.org>' },
    { email: 'office@example.org; erika@example.org' },
  ])('is found in an address that is written in another way: %j', (values) => {
    expect(matchTerm(emailTerm, [aCandidate({ values })], { country: 'SE' })).toEqual({ kind: 'one', id: 1011 });
  });

  it('counts a limeobject once that two queries returned', () => {
    const twice = [aCandidate({ values: { phone: '0701740605' } }), aCandidate({ values: { phone: '0701740605' } })];
    expect(matchTerm(phoneTerm, twice, { country: 'SE' })).toEqual({ kind: 'one', id: 1011 });
  });

  it('does not match everybody without a phone number', () => {
    const candidates = [aCandidate({ values: { phone: 'unknown' } }), aCandidate({ id: 2, values: { phone: '' } })];
    expect(matchTerm(phoneTerm, candidates, { country: 'SE' })).toEqual({ kind: 'none' });
  });
});
