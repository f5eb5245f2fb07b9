import { describe, expect, it } from '@jest/globals';
import { headOf, remarksFor } from '../../../../shared/mapping/notes/head.ts';
import type { Match } from '../../../../shared/mapping/search.ts';
import type { Language } from '../../../../shared/userlike/words.ts';
import { conversationOf, settingsOf } from '../builders.ts';

const headIn = (overrides: Record<string, unknown>, language: Language = 'en') =>
  headOf(conversationOf(overrides), settingsOf(), language);

describe("the note's head", () => {
  const contact = { name: 'Erika', email: 'erika@example.org', mobile_number: '0701740605', phone_number: 84650040 };
  const topics = [{ text: 'Sales' }, null, { text: ' ' }, 'Returns'];

  it('names contact, topics, channel, zone and the conversation in Userlike', () => {
    expect(headIn({ contact, topics, contact_channel: { type: 'whatsapp' } })).toEqual([
      'Contact: Erika, erika@example.org, 0701740605, 84650040',
      'Topics: Sales, Returns',
      'Channel: whatsapp',
      'Times: Europe/Stockholm',
      'https://userlike.com/en/umc#/conversation/63741936',
    ]);
  });

  it('fills every place of the id in a link', () => {
    const links = { conversation: 'https://example.org/{id}?conversation={id}' };
    expect(headOf(conversationOf(), settingsOf({ links }), 'en').at(-1)).toBe(
      'https://example.org/63741936?conversation=63741936',
    );
  });

  it('is in the language of the notes', () => {
    expect(headIn({ contact: { name: 'Erika' }, topics, contact_channel: { type: 'web' } }, 'fr')).toEqual([
      'Contact\u00a0: Erika',
      'Sujets\u00a0: Sales, Returns',
      'Canal\u00a0: web',
      'Fuseau horaire\u00a0: Europe/Stockholm',
      'https://userlike.com/en/umc#/conversation/63741936',
    ]);
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
  const omitted = [{ path: 'instances.0.properties.email', message: 'email is not a property of helpdesk' }];

  it('are none where everything was found or nothing', () => {
    expect(remarksFor({ omitted: [] }, { person: one, coworker: none }, 'en')).toEqual([]);
  });

  it('name those who match, and what was not written', () => {
    expect(remarksFor({ omitted }, { coworker: several, company: several, person: several }, 'en')).toEqual([
      'Several persons in Lime match, none is linked: Erika Beispiel (1011), person (1012)',
      'Several companies in Lime match, none is linked: Erika Beispiel (1011), company (1012)',
      'Several coworkers in Lime match, none is linked: Erika Beispiel (1011), coworker (1012)',
      'Not written: email is not a property of helpdesk',
    ]);
  });

  it('are in the language of the notes, but for the rules', () => {
    expect(remarksFor({ omitted }, { person: several }, 'sv')).toEqual([
      'Flera personer i Lime matchar, ingen är kopplad: Erika Beispiel (1011), person (1012)',
      'Inte skrivet: email is not a property of helpdesk',
    ]);
  });
});
