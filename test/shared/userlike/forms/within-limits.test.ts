import { describe, expect, it } from '@jest/globals';
import { toPlan } from '../../../../shared/mapping/plan/plan.ts';
import { remarksFor } from '../../../../shared/notes/head.ts';
import { toNotes } from '../../../../shared/notes/note.ts';
import type { Language } from '../../../../shared/notes/translations/language.ts';
import { withinLimits } from '../../../../shared/userlike/forms/within-limits.ts';
import { conversationOf, coreMetadata, defaultSettings } from '../../../support/mapping/builders.ts';

const megabyte = 'x'.repeat(1_000_000);
const contact = {
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  phone_number: '0701740605',
  mobile_number: 84650040,
  external_customer_id: 'A-1',
};

describe('a field that no person has filled', () => {
  it.each(Object.keys(contact))('of the contact is left out, and the others are kept: %s', (name) => {
    const conversation = conversationOf({ contact: { ...contact, [name]: 'x'.repeat(1_001) } });
    const { conversation: read, oversizedFields } = withinLimits(conversation);
    expect(oversizedFields).toEqual([{ path: `contact.${name}`, max: 1_000 }]);
    expect(read.contact).toEqual({ ...conversationOf({ contact }).contact, [name]: null });
  });

  it('of the topics is left out, and those that fit are kept', () => {
    const topics = [{ text: 'Sales' }, { text: 'x'.repeat(10_000) }, { text: 'Returns' }];
    const { conversation, oversizedFields } = withinLimits(conversationOf({ topics }));
    expect(oversizedFields).toEqual([{ path: 'topics', max: 10_000 }]);
    expect(conversation.topics).toEqual([{ text: 'Sales' }]);
  });

  it('is none at the limit, and nothing is changed', () => {
    const filled = Object.fromEntries(Object.keys(contact).map((name) => [name, 'x'.repeat(1_000)]));
    const topics = Array.from({ length: 100 }, (_, n) => `${n}`.padEnd(100, 'x'));
    for (const conversation of [
      conversationOf({ contact: filled, topics }),
      conversationOf({ contact: null, topics: null }),
    ]) {
      expect(withinLimits(conversation)).toEqual({ conversation, oversizedFields: [] });
      expect(withinLimits(conversation).conversation).toBe(conversation);
    }
  });
});

describe('a conversation with fields that no person has filled', () => {
  const topics = ['Sales', ...Array(2_000).fill('x'.repeat(500))];
  const conversation = conversationOf({ contact: { ...contact, name: megabyte, email: megabyte }, topics });
  const plan = toPlan(conversation, defaultSettings, coreMetadata, '2024-02-22T16:00:00.000Z');

  it.each<[Language, string[]]>([
    [
      'en',
      [
        'Not saved: contact.name (longer than 1000 characters)',
        'Not saved: contact.email (longer than 1000 characters)',
        'Not saved: topics (longer than 10000 characters)',
      ],
    ],
    [
      'sv',
      [
        'Inte sparat: contact.name (längre än 1000 tecken)',
        'Inte sparat: contact.email (längre än 1000 tecken)',
        'Inte sparat: topics (längre än 10000 tecken)',
      ],
    ],
  ])("says so in the note's head, where it is seen: %s", (language, remarks) => {
    const head = [...plan.head, ...remarksFor(plan, {}, language)];
    const [note] = toNotes({ conversation: '1', head, entries: [], continued: false, length: 4_000 });
    expect(note?.text.split('\n').slice(-3)).toEqual(remarks);
    expect(note?.text).toContain('\nContact: 84650040, 0701740605\nTopics: Sales, ');
  });

  it('is written to Lime without them', () => {
    expect(JSON.stringify(plan).length).toBeLessThan(20_000);
  });
});
