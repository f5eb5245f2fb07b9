import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../../shared/errors.ts';
import type { Property } from '../../../../shared/lime/wire.ts';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { limetypesOf, toPlan } from '../../../../shared/mapping/plan/plan.ts';
import { conversationOf, customMetadata, customWith, settingsOf } from '../builders.ts';

const rules = [{ path: 'contact.email', properties: ['workemail'], as: 'email' }];
const givenname = { template: '{{ contact.name }}' };
const person = { property: 'contact', limetype: 'person', rules, create: { properties: { givenname } } };
const company = {
  property: 'company',
  from: 'employer',
  rules: [{ path: 'contact.organization', properties: ['companyname'], as: 'text' }],
  create: { properties: { companyname: { path: 'contact.organization' }, segment: { value: 'a' } } },
};

const instance = {
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

function planOf(overrides: Record<string, unknown> = {}, metadata = customMetadata) {
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

function planIn(limetype: string, name: string, change: Partial<Property> | undefined, overrides = {}) {
  return planOf(overrides, customWith(limetype, name, change));
}

const row = {
  limetype: 'ulconversation',
  identify: { property: 'conversationid', value: 63741936 },
  relation: 'helpdesk',
  values: {
    contactid: '79189089',
    startedtime: '2024-02-22T15:49:00.000Z',
    link: 'https://userlike.com/en/umc#/conversation/63741936',
  },
};

it('a plan needs the limetypes of what stands beside the limeobject', () => {
  const settings = settingsOf({ instances: [{ ...instance, relations: { person, company } }] });
  expect(limetypesOf(toDraft(conversationOf(), settings))).toEqual([
    'helpdesk',
    'history',
    'person',
    'company',
    'ulconversation',
    'document',
  ]);
});

describe('the row of a conversation', () => {
  it('has its id, its link and what the settings say', () => {
    expect(planOf().conversationRow).toStrictEqual(row);
  });

  it('is none without settings for it', () => {
    expect(planOf({ conversation: undefined })).not.toHaveProperty('conversationRow');
  });

  it('has no link where none is asked for, or the tenant does not take it', () => {
    const { link: _, ...values } = row.values;
    expect(planOf({ conversation: { ...instance.conversation, link: undefined } }).conversationRow).toStrictEqual({
      ...row,
      values,
    });
    const plan = planIn('ulconversation', 'link', { length: 5 });
    expect(plan.conversationRow).toStrictEqual({ ...row, values });
    expect(plan.omitted).toContainEqual(
      expect.objectContaining({ path: 'instances.0.conversation.link', message: 'link is longer than 5 characters' }),
    );
  });

  it('is identified by a text as well', () => {
    const plan = planIn('ulconversation', 'conversationid', { type: 'string' });
    expect(plan.conversationRow?.identify).toEqual({ property: 'conversationid', value: '63741936' });
  });

  it('is without what does not fit, by its path', () => {
    const plan = planIn('ulconversation', 'contactid', { length: 5 });
    expect(plan.conversationRow?.values).not.toHaveProperty('contactid');
    expect(plan.omitted).toContainEqual(
      expect.objectContaining({
        path: 'instances.0.conversation.properties.contactid',
        message: 'contactid is longer than 5 characters',
      }),
    );
  });

  it.each<{ title: string; name: string; change: Partial<Property> | undefined; reason: string }>([
    {
      title: 'what identifies it is not there',
      name: 'conversationid',
      change: undefined,
      reason: 'instances.0.conversation: ulconversation has no property conversationid',
    },
    {
      title: 'its relation is not there',
      name: 'helpdesk',
      change: undefined,
      reason: 'instances.0.conversation: ulconversation has no property helpdesk',
    },
    {
      title: 'what identifies it does not fit',
      name: 'conversationid',
      change: { type: 'string', length: 3 },
      reason: 'instances.0.conversation.identify: ulconversation.conversationid is longer than 3 characters',
    },
    {
      title: 'what identifies it is neither text nor number',
      name: 'conversationid',
      change: { type: 'set' },
      reason: 'instances.0.conversation.identify: conversationid is neither a text nor a number',
    },
  ])('cannot be planned where $title', ({ name, change, reason }) => {
    expect(() => planIn('ulconversation', name, change)).toThrow(new MappingError(reason));
  });
});

describe('documents', () => {
  it('have what the settings say, and the length of what identifies them', () => {
    expect(planOf().documents).toMatchObject({
      limetype: 'document',
      relation: 'helpdesk',
      file: 'document',
      identify: { property: 'ul_messageid', length: 256 },
      values: { comment: 'Chat 63741936' },
      relations: { person: 'contact' },
      media: { most: 3, megabytes: 10 },
    });
  });

  it('are none without settings for them', () => {
    expect(planOf({ documents: undefined })).not.toHaveProperty('documents');
  });

  it('are without what does not fit, by its path', () => {
    expect(planIn('document', 'comment', { length: 5 }).omitted).toMatchObject([
      { path: 'instances.0.documents.properties.comment', message: 'comment is longer than 5 characters' },
      { path: 'instances.0.documents.relations.company', message: 'company is not a property of document' },
    ]);
  });

  it.each(['helpdesk', 'document', 'ul_messageid'])('cannot be planned without their property %s', (name) => {
    expect(() => planIn('document', name, undefined)).toThrow(
      new MappingError(`instances.0.documents: document has no property ${name}`),
    );
  });
});

describe('a person or a company that is made', () => {
  it('has what the settings say', () => {
    expect(planOf({ relations: { person, company } })).toMatchObject({
      creations: {
        person: { limetype: 'person', values: { givenname: 'Ada' } },
        company: { limetype: 'company', values: { companyname: 'AB', segment: 'a' } },
      },
      companyOfPerson: 'employer',
    });
  });

  it('is none where the settings make none', () => {
    const plan = planOf({ relations: { person: { ...person, create: undefined } } });
    expect(plan.creations).toStrictEqual({});
    expect(plan).not.toHaveProperty('companyOfPerson');
  });

  it('tells what is left out of it, apart from the remarks on what is made in any case', () => {
    const create = { properties: { givenname, mood: { value: 'good' } } };
    const plan = planOf({ relations: { person: { ...person, create } } });
    const path = 'instances.0.relations.person.create.properties.mood';
    const message = 'mood is not a property of person';
    expect(plan.creations.person).toMatchObject({
      limetype: 'person',
      values: { givenname: 'Ada' },
      omitted: [{ path, message }],
    });
    expect(plan.omitted).not.toContainEqual(expect.objectContaining({ path, message }));
  });

  it('has no company where the tenant has no property for it', () => {
    const plan = planIn('person', 'employer', undefined, { relations: { person, company } });
    expect(plan).not.toHaveProperty('companyOfPerson');
    expect(plan.creations.person).toMatchObject({
      limetype: 'person',
      values: { givenname: 'Ada' },
      omitted: [{ path: 'instances.0.relations.company.from', message: 'employer is not a property of person' }],
    });
  });

  it.each<{ title: string; relation: 'person' | 'company'; metadata: typeof customMetadata; impossible: object }>([
    {
      title: 'a value that it needs does not fit',
      relation: 'person',
      metadata: customWith('person', 'givenname', { length: 2 }),
      impossible: {
        path: 'instances.0.relations.person.create.properties.givenname',
        message: 'person.givenname is longer than 2 characters',
        rule: 'tooLong',
        n: 2,
        field: 'givenname',
        of: 'person',
      },
    },
    {
      title: 'the tenant has no such limetype',
      relation: 'company',
      metadata: new Map([...customMetadata].filter(([name]) => name !== 'company')),
      impossible: {
        path: 'instances.0.relations.company.create.properties',
        message: 'the tenant has no limetype company',
        rule: 'noLimetype',
        type: 'company',
        of: 'company',
      },
    },
    {
      title: 'the tenant has nothing to find it again by',
      relation: 'company',
      metadata: customWith('company', 'companyname', undefined),
      impossible: {
        path: 'instances.0.relations.company.rules',
        message: 'no search could find a new company, which has no property companyname',
        rule: 'notFindable',
        of: 'company',
      },
    },
  ])('is none where $title, and the conversation goes on', ({ relation, metadata, impossible }) => {
    const plan = planOf({ relations: { person, company } }, metadata);
    expect(plan.creations[relation]).toStrictEqual({ impossible });
    expect(plan.creations[relation === 'person' ? 'company' : 'person']).toHaveProperty('values');
    expect(plan.omitted).not.toContainEqual(impossible);
  });

  it('is found by whichever of its properties the tenant has', () => {
    const several = [{ path: 'contact.organization', properties: ['brand', 'companyname'], as: 'text' }];
    const plan = planOf({ relations: { company: { ...company, rules: several } } });
    expect(plan.creations.company).toHaveProperty('values');
  });
});

describe('a required property that is not mapped', () => {
  const required = (change: Partial<Property>) => planIn('helpdesk', 'serial', { required: true, ...change });

  it('is refused where the tenant says that it has no default', () => {
    expect(() => required({ hasDefault: false })).toThrow(
      new MappingError('instances.0.properties: helpdesk.serial is required, has no default and is not mapped'),
    );
  });

  it.each<{ title: string; change: Partial<Property>; unmapped: string[] }>([
    { title: 'is left to Lime where nobody knows of a default', change: {}, unmapped: ['serial'] },
    { title: 'is none where it has a default', change: { hasDefault: true }, unmapped: [] },
    { title: 'is none where Lime computes it', change: { hasDefault: false, computed: true }, unmapped: [] },
    { title: 'is none where it is not required after all', change: { required: false }, unmapped: [] },
  ])('$title', ({ change, unmapped }) => {
    expect(required(change).unmapped).toEqual(unmapped);
  });

  it('is none where a relation holds it', () => {
    const plan = planIn('helpdesk', 'contact', { required: true, hasDefault: false }, { relations: { person } });
    expect(plan.unmapped).toEqual([]);
  });
});
