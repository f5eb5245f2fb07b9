import type { Property } from '../../../shared/lime/wire.ts';
import { toPlan } from '../../../shared/mapping/plan/plan.ts';
import { conversationOf, customMetadata, customWith, settingsOf } from './builders.ts';

const rules = [{ path: 'contact.email', properties: ['workemail'], as: 'email' }];
export const givenname = { template: '{{ contact.name }}' };
export const person = { property: 'contact', limetype: 'person', rules, create: { properties: { givenname } } };
export const company = {
  property: 'company',
  from: 'employer',
  rules: [{ path: 'contact.organization', properties: ['companyname'], as: 'text' }],
  create: { properties: { companyname: { path: 'contact.organization' }, segment: { value: 'a' } } },
};

export const instance = {
  name: 'Cases',
  limetype: 'helpdesk',
  identify: 'subject',
  properties: {
    subject: { template: 'Userlike conversation {{ id }}' },
    priority: { value: 1 },
    value: { value: 0 },
    vat: { value: 0 },
    discount: { value: 0 },
  },
  conversation: {
    relation: 'helpdesk',
    link: 'link',
    properties: { contactid: { path: 'contact.id' }, startedtime: { path: 'created_at' } },
  },
  documents: {
    relation: 'helpdesk',
    identify: 'ul_messageid',
    properties: { comment: { template: 'Chat {{ id }}' } },
    relations: { person: 'contact', company: 'company' },
    media: { most: 3 },
  },
  history: { relation: 'helpdesk', relations: { person: 'contact' }, properties: { type: { value: 'chat' } } },
};

export function planOf(overrides: Record<string, unknown> = {}, metadata = customMetadata) {
  return toPlan(
    conversationOf({
      created_at: '2024-02-22T15:49:00.000Z',
      contact: { id: 79189089, name: 'Ada', organization: 'AB' },
    }),
    settingsOf({ instances: [{ ...instance, ...overrides }] }),
    metadata,
    '2024-02-22T16:00:00.000Z',
  );
}

export function planIn(limetype: string, name: string, change: Partial<Property> | undefined, overrides = {}) {
  return planOf(overrides, customWith(limetype, name, change));
}
