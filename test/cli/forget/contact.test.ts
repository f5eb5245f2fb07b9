import { describe, expect, it } from '@jest/globals';
import { creationKeysOf, isContact } from '../../../cli/forget/contact.ts';
import { creationKey } from '../../../shared/delivery/relations/creation-key.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';

const conversation = Conversation.parse({
  id: 7,
  contact: {
    id: 79189089,
    name: 'Ada Example',
    email: 'Ada@Example.org',
    phone_number: '070-174 06 05',
    mobile_number: 46701740699,
    external_customer_id: 'K-17',
  },
  conversation_contact_uuid: '0b2d',
});

const hashKey = 'the hash key of the tests';

describe('a contact', () => {
  it.each([
    { title: 'the e-mail address, in any case', text: ' ada@example.ORG ' },
    { title: 'the id', text: '79189089' },
    { title: 'the external id', text: 'k-17' },
    { title: "Userlike's id of the contact in the conversation", text: '0b2d' },
    { title: 'the phone number, international', text: '+46 70 174 06 05' },
    { title: 'the phone number, with 00', text: '0046701740605' },
    { title: 'the phone number, national', text: '0701740605' },
    { title: 'the mobile number', text: '070 174 06 99' },
    { title: 'the mobile number, without a plus', text: '46701740699' },
    { title: 'the address with a name', text: '"Example, Ada" <ada@example.org>' },
    { title: 'the address as a link', text: 'mailto:ada@example.org?subject=Hello' },
    { title: 'the address with invisible characters', text: '\u202aada@exam\u00adple.org\u202c\u200b' },
  ])('matches $title', ({ text }) => {
    expect(isContact(conversation, text, 'SE')).toBe(true);
  });

  it.each([
    { title: 'the name', text: 'Ada Example' },
    { title: 'a part of the address', text: 'example.org' },
    { title: 'a part of the number', text: '174 06 05' },
    { title: "another country's number of the same digits", text: '+49 701740605' },
    { title: 'nothing', text: ' ' },
  ])('does not match $title', ({ text }) => {
    expect(isContact(conversation, text, 'SE')).toBe(false);
  });

  it('matches nothing if the conversation has none', () => {
    expect(isContact(Conversation.parse({ id: 7, contact: null }), 'null', 'SE')).toBe(false);
    expect(isContact(Conversation.parse({ id: 7, contact: { email: '' } }), '', 'SE')).toBe(false);
  });
});

describe('the ledger keys of what was created for a contact', () => {
  const created = { create: { properties: {} } };
  const settings = settingsOf({
    instances: [
      anInstance({
        relations: {
          person: {
            property: 'person',
            limetype: 'person',
            rules: [
              { path: 'contact.email', properties: ['email'], as: 'email' },
              { path: 'contact.phone_number', properties: ['phone'], as: 'phone' },
            ],
            ...created,
          },
          company: { property: 'company', rules: [{ path: 'contact.email', properties: ['www'], as: 'domain' }] },
        },
      }),
    ],
  });
  const keyOf = (as: 'email' | 'phone', normal: string) => creationKey('person', 'person', { rule: { as }, normal });

  it.each([
    { title: 'an e-mail address in any case', text: ' Ada@Example.ORG', keys: [keyOf('email', 'ada@example.org')] },
    { title: 'a phone number in any spelling', text: '070-174 06 05', keys: [keyOf('phone', '+46701740605')] },
    { title: 'an e-mail address as a link', text: 'mailto:ada@example.org', keys: [keyOf('email', 'ada@example.org')] },
    {
      title: 'an e-mail address of another alphabet',
      text: 'Ada <ada@bücher.example>',
      keys: [keyOf('email', 'ada@xn--bcher-kva.example')],
    },
    { title: 'a phone number without a plus', text: '46701740605', keys: [keyOf('phone', '+46701740605')] },
    { title: 'a number with an extension', text: '08-465 004 04 x77', keys: [keyOf('phone', '+46846500404;ext=77')] },
    { title: 'neither', text: 'customer', keys: [] },
  ])('are those of $title', ({ text, keys }) => {
    expect(creationKeysOf(text, settings)).toEqual(keys);
  });

  it('include those with the hash key and those from before it existed', () => {
    const term = { rule: { as: 'email' as const }, normal: 'ada@example.org' };
    expect(creationKeysOf('ada@example.org', settings, hashKey)).toEqual([
      creationKey('person', 'person', term, hashKey),
      creationKey('person', 'person', term),
    ]);
  });

  it('are those that a delivery uses', () => {
    const draft = toDraft(Conversation.parse({ id: 7, contact: { email: 'Ada@example.org ' } }), settings);
    expect(creationKeysOf('ada@example.org', settings)).toEqual([
      creationKey('person', 'person', draft.searches.person?.[0]),
    ]);
  });
});
