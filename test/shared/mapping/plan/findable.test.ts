import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../../shared/errors.ts';
import type { Values } from '../../../../shared/mapping/plan/convert.ts';
import { findableValues } from '../../../../shared/mapping/plan/findable.ts';
import type { Search, Term } from '../../../../shared/mapping/search.ts';
import { aLimetype, aProperty } from '../../../support/mapping/builders.ts';

const type = aLimetype('person', [
  aProperty('link', { name: 'email', length: 40 }),
  aProperty('link', { name: 'email2', length: 40 }),
  aProperty('phone', { name: 'phone', length: 40 }),
  aProperty('string', { name: 'computed', computed: true }),
  aProperty('yesno', { name: 'inactive' }),
]);

function byMail(properties: string[], normal = 'ada@example.org'): Term {
  return {
    rule: { path: 'contact.email', properties, as: 'email' },
    normal,
    spellings: [normal],
    fragments: [],
  };
}
const byPhone: Term = {
  rule: { path: 'contact.phone_number', properties: ['phone'], as: 'phone' },
  normal: '+46701740605',
  spellings: ['+46701740605'],
  fragments: [],
};

function findable(values: Values, search: Search, mapped: string[] = Object.keys(values)): Values {
  return findableValues(values, {
    type,
    search,
    at: 'relations.person',
    inactive: 'inactive',
    isMapped: (property) => mapped.includes(property),
    searched: ({ rule, normal }) => (rule.as === 'phone' ? '070-174 06 05' : normal),
    country: 'SE',
    timeZone: 'Europe/Stockholm',
  });
}

describe('a new limeobject', () => {
  const long = `${'a'.repeat(40)}@example.org`;
  it.each<{ title: string; values: Values; search: Search; mapped?: string[]; creation: Values }>([
    {
      title: 'is as the settings say where a search finds it',
      values: { email: 'Ada@Example.org' },
      search: [byMail(['email', 'email2'])],
      creation: { email: 'Ada@Example.org' },
    },
    {
      title: 'is as the settings say where the second rule finds it',
      values: { phone: '+46 70 174 06 05' },
      search: [byMail(['email']), byPhone],
      creation: { phone: '+46 70 174 06 05' },
    },
    {
      title: 'gets the searched value where the settings write none of the searched properties',
      values: {},
      search: [byMail(['email', 'email2'])],
      creation: { email: 'ada@example.org' },
    },
    {
      title: 'gets a phone number as it was typed',
      values: {},
      search: [byPhone],
      creation: { phone: '070-174 06 05' },
    },
    {
      title: 'keeps another value of the settings, and gets the searched one in a property that is free',
      values: { email: 'office@example.org' },
      search: [byMail(['email', 'email2'])],
      creation: { email: 'office@example.org', email2: 'ada@example.org' },
    },
    {
      title: 'gets nothing in a property that the settings leave empty on purpose',
      values: {},
      mapped: ['email'],
      search: [byMail(['email'])],
      creation: {},
    },
    { title: 'gets no value that is too long', values: {}, search: [byMail(['email'], long)], creation: {} },
    {
      title: 'gets the value of the next rule then',
      values: {},
      search: [byMail(['email'], long), byPhone],
      creation: { phone: '070-174 06 05' },
    },
    {
      title: 'gets no value in a property that Lime computes',
      values: {},
      search: [byMail(['computed'])],
      creation: {},
    },
    { title: 'is as the settings say where nothing is searched', values: {}, search: [], creation: {} },
  ])('$title', ({ values, search, mapped, creation }) => {
    expect(findable(values, search, mapped)).toEqual(creation);
  });

  it.each<{ title: string; values: Values; search: Search; message: string }>([
    {
      title: 'no searched property is there',
      values: {},
      search: [byMail(['mail', 'email9'])],
      message: 'relations.person.rules: no search could find a new person, which has no property mail, email9',
    },
    {
      title: 'no searched property holds text',
      values: {},
      search: [byMail(['inactive'])],
      message: 'relations.person.rules: no search could find a new person, which has no property inactive',
    },
    {
      title: 'it would be inactive',
      values: { email: 'ada@example.org', inactive: true },
      search: [byMail(['email'])],
      message: 'relations.person.create.properties.inactive: no search could find a new person, because it is inactive',
    },
  ])('is not made where $title', ({ values, search, message }) => {
    expect(() => findable(values, search)).toThrow(new MappingError(message));
  });
});
