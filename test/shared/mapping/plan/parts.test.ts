import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../../shared/errors.ts';
import type { Property } from '../../../../shared/lime/wire.ts';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { limetypesOf } from '../../../../shared/mapping/plan/plan.ts';
import { conversationOf, settingsOf } from '../../../support/mapping/builders.ts';

import { company, instance, person, planIn, planOf } from '../../../support/mapping/plan-of.ts';

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
