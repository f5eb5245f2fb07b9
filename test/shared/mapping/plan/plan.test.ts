import { describe, expect, it } from '@jest/globals';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { limetypesOf, toPlan } from '../../../../shared/mapping/plan/plan.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { aMessage, documentedExample } from '../../../support/conversations.ts';
import {
  anInstance,
  conversationOf,
  coreMetadata,
  defaultSettings,
  settingsOf,
} from '../../../support/mapping/builders.ts';

const acceptedAt = '2024-02-22T16:00:00.000Z';
const example = Conversation.parse(JSON.parse(documentedExample));

function planOf(overrides: Record<string, unknown> = {}, metadata = coreMetadata) {
  return toPlan(conversationOf(overrides), defaultSettings, metadata, acceptedAt);
}

describe('a plan', () => {
  it('of the documented conversation, by the default settings, for an untouched Lime Core', () => {
    expect(toPlan(example, defaultSettings, coreMetadata, acceptedAt)).toEqual({
      conversation: '63741936',
      limetype: 'helpdesk',
      identify: {
        property: 'title',
        value: 'Hello, I have a question. · #63741936',
        marked: { mark: '#63741936', former: 'Userlike conversation 63741936' },
      },
      create: {
        title: 'Hello, I have a question. · #63741936',
        description: 'Hello, I have a question.',
        startdate: '2024-02-22T15:48:45.349Z',
        statuscolor: 'new',
      },
      update: {},
      relations: { person: 'person', company: 'company', coworker: 'coworker' },
      requiredRelations: [],
      creations: {},
      companyOfPerson: 'company',
      history: {
        limetype: 'history',
        relation: 'helpdesk',
        note: 'note',
        length: 4000,
        values: { type: 'comment', date: '2024-02-22T15:49:23.146Z' },
        relations: { person: 'person', company: 'company', coworker: 'coworker' },
        whenLonger: 'notes',
        onResend: 'new',
      },
      head: ['Channel: Website', 'Time zone: Europe/Stockholm', 'https://userlike.com/en/umc#/conversation/63741936'],
      omitted: [],
      unmapped: [],
    });
  });

  it('updates what a re-send may change, and never what identifies', () => {
    expect(planOf().update).toEqual({ email: 'erika.beispiel@example.org' });
  });

  it('needs the metadata of every limetype it touches', () => {
    expect(limetypesOf(toDraft(example, defaultSettings))).toEqual(['helpdesk', 'history', 'person', 'coworker']);
    expect(limetypesOf(toDraft(example, settingsOf()))).toEqual(['helpdesk', 'history']);
  });

  it('keeps an id of 32 digits as it was sent', () => {
    const id = '1'.repeat(32);
    expect(planOf({ id })).toMatchObject({
      conversation: id,
      identify: {
        value: `Erika Beispiel: Hello, I have a question. · #${id}`,
        marked: { mark: `#${id}`, former: `Userlike conversation ${id}` },
      },
    });
  });

  it('may identify by a number', () => {
    const settings = settingsOf({
      instances: [anInstance({ identify: 'helpdeskno', properties: { helpdeskno: { template: '{{ id }}' } } })],
    });
    const plan = toPlan(example, settings, coreMetadata, acceptedAt);
    expect(plan.identify).toEqual({ property: 'helpdeskno', value: 63741936 });
  });
});

describe("the note's date", () => {
  const at = '2024-02-22T15:49:00.000Z';
  it.each([
    { title: 'the last message', times: { last_message_sent_at: at, updated_at: '2024-02-23T00:00:00Z' }, date: at },
    {
      title: 'the last message that has a time, where nothing else tells it',
      times: {
        transcript: [
          aMessage({ id: '1', sent_at: '2024-02-22T15:48:00.000Z' }),
          aMessage({ id: '2', sent_at: at }),
          aMessage({ id: '3', sent_at: null }),
        ],
        updated_at: '2024-02-23T00:00:00Z',
      },
      date: at,
    },
    { title: 'else the last update', times: { updated_at: at, created_at: '2024-02-21T00:00:00Z' }, date: at },
    { title: 'else the beginning', times: { updated_at: null, created_at: '2024-02-22 15:49:00' }, date: at },
    { title: 'else the time of acceptance', times: { updated_at: undefined }, date: acceptedAt },
    { title: 'the first that can be read', times: { last_message_sent_at: 'soon', updated_at: at }, date: at },
    { title: 'never a number', times: { last_message_sent_at: 5, updated_at: {} }, date: acceptedAt },
  ])('is that of $title', ({ times, date }) => {
    expect(planOf({ transcript: [], ...times }).history.values.date).toBe(date);
  });
});
