import { describe, expect, it } from '@jest/globals';
import { Settings } from '../../../../shared/mapping/settings/settings.ts';
import { anInstance, defaultSettings, someSettings } from '../../../support/mapping/builders.ts';
import { findingsIn, withIdentify, withInstance } from '../../../support/mapping/findings-in.ts';

function withSource(source: unknown) {
  return withInstance({ properties: { title: { template: 'Chat {{ id }}' }, target: source } });
}

const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
function withRelation(relation: unknown) {
  return withInstance({ relations: { person: relation } });
}

function withMedia(media: unknown) {
  return withInstance({ documents: { relation: 'helpdesk', identify: 'ul_messageid', media } });
}

describe('settings', () => {
  it('need little, the rest has defaults', () => {
    expect(Settings.parse(someSettings())).toMatchObject({
      timeZone: 'Europe/Stockholm',
      country: 'SE',
      links: {
        limeobject: '{origin}/client/object/{limetype}/{id}',
        conversation: 'https://userlike.com/en/umc#/conversation/{id}',
      },
      instances: [
        {
          relations: {},
          history: { limetype: 'history', note: 'note', date: 'date', properties: {}, includeNotifications: false },
        },
      ],
    });
  });

  it('may be the default that is delivered, which spells its own defaults out', () => {
    expect(defaultSettings.instances).toHaveLength(1);
    expect(defaultSettings.instances[0]?.topics).toBeUndefined();
  });

  it.each([
    { title: 'a schema for the editor', settings: someSettings({ $schema: './schema.json' }) },
    { title: 'an identify template with filters', settings: withIdentify({ template: '{{ id | prepend: "UL-" }}' }) },
    { title: 'an identify template that repeats the id', settings: withIdentify({ template: '{{ id }} {{ id }}' }) },
    { title: 'a constant that is false', settings: withSource({ value: false }) },
    { title: 'a relation', settings: withRelation({ property: 'person', limetype: 'person', rules }) },
    {
      title: 'a company with its default',
      settings: withInstance({ relations: { company: { property: 'company' } } }),
    },
    {
      title: 'a company that is found by its domain, or made',
      settings: withInstance({
        relations: {
          company: {
            property: 'company',
            rules: [{ path: 'contact.email', properties: ['www'], as: 'domain' }],
            create: { properties: { name: { path: 'contact.organization' } } },
          },
        },
      }),
    },
    {
      title: 'media of some hosts',
      settings: withMedia({ hosts: ['files.example.co.uk'], types: ['image/*', 'a/b.c+d-e'] }),
    },
    {
      title: 'long transcripts as documents',
      settings: withInstance({
        history: { relation: 'helpdesk', whenLonger: 'document' },
        documents: { relation: 'helpdesk', identify: 'comment' },
      }),
    },
    {
      title: 'an instance for some topics beside the fallback',
      settings: { instances: [anInstance({ topics: ['Sales'] }), anInstance({ name: 'Rest' })] },
    },
  ])('may have $title', ({ settings }) => {
    expect(findingsIn(settings)).toEqual([]);
  });
});
