import { describe, expect, it } from '@jest/globals';
import type { Omission } from '../../../shared/mapping/omission.ts';
import type { Match } from '../../../shared/mapping/search.ts';
import { headOf, remarksFor } from '../../../shared/notes/head.ts';
import type { Language } from '../../../shared/notes/translations/language.ts';
import { conversationOf } from '../../support/mapping/builders.ts';

const link = 'https://userlike.com/en/umc#/conversation/63741936';

function headIn(overrides: Record<string, unknown>, language: Language = 'en') {
  return headOf(conversationOf(overrides), { timeZone: 'Europe/Stockholm', link, language });
}

describe("the note's head", () => {
  const contact = { name: 'Erika', email: 'erika@example.org', mobile_number: '0701740605', phone_number: 84650040 };
  const topics = [{ text: 'Sales' }, null, { text: ' ' }, 'Returns'];

  it('names contact, topics, channel, zone and the conversation in Userlike', () => {
    expect(headIn({ contact, topics, contact_channel: { type: 'whatsapp' } })).toEqual([
      'Contact: Erika, erika@example.org, 0701740605, 84650040',
      'Topics: Sales, Returns',
      'Channel: WhatsApp',
      'Time zone: Europe/Stockholm',
      link,
    ]);
  });

  it('names one topic, and an unknown channel by its code', () => {
    expect(headIn({ contact: null, topics: ['Sales'], contact_channel: { type: 'pigeon' } })).toEqual([
      'Topic: Sales',
      'Channel: pigeon',
      'Time zone: Europe/Stockholm',
      link,
    ]);
  });

  it('isolates what is written from right to left, so that a number beside it is read as it is', () => {
    const whatsapp = { name: 'محمد\u202e', mobile_number: '+966 50 123 4567' };
    expect(headIn({ contact: whatsapp, topics: ['דואר\n[x]'] }).slice(0, 2)).toEqual([
      'Contact: \u2068محمد\u2069, +966 50 123 4567',
      'Topic: \u2068דואר [x]\u2069',
    ]);
  });

  it('is in the language of the notes', () => {
    expect(headIn({ contact: { name: 'Erika' }, topics, contact_channel: { type: 'web' } }, 'fr')).toEqual([
      'Contact\u00a0: Erika',
      'Sujets\u00a0: Sales, Returns',
      'Canal\u00a0: Site web',
      'Fuseau horaire\u00a0: Europe/Stockholm',
      link,
    ]);
  });

  it('cuts long values, and ends a long line, so that the lines below are seen', () => {
    const long = { name: 'Ada '.repeat(200), email: 'ada@example.org', phone_number: '0'.repeat(100) };
    const many = Array.from({ length: 100 }, (_, n) => `Topic ${n}`);
    const [who = '', about = ''] = headIn({ contact: long, topics: many });
    expect(who).toMatch(/^Contact: (Ada )+Ada…, ada@example\.org, …$/);
    expect(about).toMatch(/^Topics: Topic 0, .*, Topic 3\d, …$/);
    expect(who.length + about.length).toBeLessThan(700);
  });

  it('leaves out what is not there', () => {
    expect(headIn({ contact: null, topics: null, contact_channel: { type: 5 } })).toHaveLength(2);
    expect(headIn({ contact: { name: ' ', email: null }, topics: [], contact_channel: { type: '' } })).toHaveLength(2);
  });
});

describe('the remarks', () => {
  const none: Match = { kind: 'none' };
  const one: Match = { kind: 'one', id: 1011 };
  const several: Match = {
    kind: 'several',
    found: [
      { id: 1011, name: 'Erika Beispiel' },
      { id: 1012, name: '' },
    ],
  };
  const omitted: Omission[] = [
    { path: 'a', message: '', field: 'email', rule: 'notAProperty', type: 'Ärende' },
    { path: 'a', message: '', field: 'Rubrik', rule: 'tooLong', n: 32 },
    { path: 'a', message: '', rule: 'refused', of: 'person' },
    { path: 'a', message: '', field: 'Namn', rule: 'missing', of: 'company' },
  ];

  it('are none where everything was found or nothing', () => {
    expect(remarksFor({ omitted: [] }, { person: one, coworker: none }, 'en')).toEqual([]);
  });

  it('name those who match, and what was not saved or made', () => {
    expect(remarksFor({ omitted }, { coworker: several, company: several, person: several }, 'en')).toEqual([
      'No person linked, several in Lime match: Erika Beispiel (1011), person (1012)',
      'No company linked, several in Lime match: Erika Beispiel (1011), company (1012)',
      'No coworker linked, several in Lime match: Erika Beispiel (1011), coworker (1012)',
      'Not saved: email (not a property of Ärende)',
      'Not saved: Rubrik (longer than 32 characters)',
      'Person not created: refused by Lime',
      'Company not created: Namn (required and without a value)',
    ]);
  });

  it('are in the language of the notes', () => {
    expect(remarksFor({ omitted }, { person: several }, 'sv')).toEqual([
      'Ingen person kopplad, flera i Lime matchar: Erika Beispiel (1011), person (1012)',
      'Inte sparat: email (fältet finns inte i Ärende)',
      'Inte sparat: Rubrik (längre än 32 tecken)',
      'Personen skapades inte: avvisades av Lime',
      'Företaget skapades inte: Namn (obligatoriskt fält utan värde)',
    ]);
    expect(remarksFor({ omitted: omitted.slice(2, 3) }, {}, 'fr')).toEqual([
      'Personne non créée\u00a0: refusée par Lime',
    ]);
  });

  it('isolate names that are written from right to left', () => {
    const found = [
      { id: 1, name: 'محمد' },
      { id: 2, name: 'משה' },
    ];
    expect(remarksFor({ omitted: [] }, { person: { kind: 'several', found } }, 'en')).toEqual([
      'No person linked, several in Lime match: \u2068محمد\u2069 (1), \u2068משה\u2069 (2)',
    ]);
  });
});
