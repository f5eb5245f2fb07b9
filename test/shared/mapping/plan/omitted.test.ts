import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../../shared/errors.ts';
import type { Property } from '../../../../shared/lime/wire.ts';
import { toPlan } from '../../../../shared/mapping/plan/plan.ts';
import { conversationOf, coreMetadata, coreWith, defaultSettings } from '../../../support/mapping/builders.ts';

function planOf(metadata: typeof coreMetadata) {
  return toPlan(conversationOf(), defaultSettings, metadata, '2024-02-22T16:00:00.000Z');
}

function planWith(limetype: string, name: string, change: Partial<Property> | undefined) {
  return planOf(coreWith(limetype, name, change));
}

describe('what the tenant does not take', () => {
  it.each<{
    title: string;
    limetype: string;
    name: string;
    change: Partial<Property> | undefined;
    path: string;
    message: string;
  }>([
    {
      title: 'a value that is too long',
      limetype: 'helpdesk',
      name: 'email',
      change: { length: 5 },
      path: 'instances.0.properties.email',
      message: 'email is longer than 5 characters',
    },
    {
      title: 'an option that is not there',
      limetype: 'helpdesk',
      name: 'statuscolor',
      change: { options: ['1'] },
      path: 'instances.0.properties.statuscolor',
      message: 'statuscolor is not one of its options',
    },
    {
      title: 'a property that is not there',
      limetype: 'helpdesk',
      name: 'email',
      change: undefined,
      path: 'instances.0.properties.email',
      message: 'email is not a property of helpdesk',
    },
    {
      title: 'a type that cannot be written',
      limetype: 'helpdesk',
      name: 'email',
      change: { type: 'hasmany' },
      path: 'instances.0.properties.email',
      message: 'email is of type hasmany, which cannot be written',
    },
    {
      title: 'a relation that is not there',
      limetype: 'helpdesk',
      name: 'company',
      change: undefined,
      path: 'instances.0.relations.company',
      message: 'company is not a property of helpdesk',
    },
    {
      title: "a note's relation that is not there",
      limetype: 'history',
      name: 'coworker',
      change: undefined,
      path: 'instances.0.history.relations.coworker',
      message: 'coworker is not a property of history',
    },
    {
      title: "a note's date that is not there",
      limetype: 'history',
      name: 'date',
      change: undefined,
      path: 'instances.0.history.date',
      message: 'date is not a property of history',
    },
  ])('is left out and named: $title', ({ limetype, name, change, path, message }) => {
    const plan = planWith(limetype, name, change);
    expect(plan.omitted).toMatchObject([{ path, message }]);
    const storedForm = [plan.create, plan.update, plan.relations, plan.history.values, plan.history.relations];
    if (limetype === 'helpdesk') expect(Object.keys({ ...plan.create, ...plan.update })).toContain('title');
    expect(storedForm.filter((values) => name in values)).toHaveLength(
      name === 'company' || name === 'coworker' ? 1 : 0,
    );
  });

  it('carries the names that people see', () => {
    const named = (change: Partial<Property>) => planWith('helpdesk', 'email', change).omitted;
    expect(named({ length: 5, localname: 'E-post' })).toMatchObject([{ field: 'E-post', rule: 'tooLong', n: 5 }]);
    const helpdesk = coreWith('helpdesk', 'email', undefined);
    const localname = 'Ärende';
    const local = new Map(
      [...helpdesk].map(([name, type]) => [name, name === 'helpdesk' ? { ...type, localname } : type]),
    );
    expect(planOf(local).omitted).toMatchObject([
      { message: 'email is not a property of helpdesk', field: 'email', rule: 'notAProperty', type: 'Ärende' },
    ]);
  });

  it.each<{ title: string; limetype: string; name: string; change: Partial<Property> | undefined; reason: string }>([
    {
      title: 'a required value that breaks a rule',
      limetype: 'helpdesk',
      name: 'email',
      change: { required: true, length: 5 },
      reason: 'instances.0.properties.email: helpdesk.email is longer than 5 characters',
    },
    {
      title: 'a required value that is missing',
      limetype: 'helpdesk',
      name: 'startdate',
      change: { required: true },
      reason: 'instances.0.properties.startdate: helpdesk.startdate is required and without a value',
    },
    {
      title: 'a required value of the note',
      limetype: 'history',
      name: 'type',
      change: { options: ['empty', 'autolog'] },
      reason: 'instances.0.history.properties.type: history.type is not one of its options',
    },
    {
      title: 'what identifies, when it is not there',
      limetype: 'helpdesk',
      name: 'title',
      change: undefined,
      reason: 'instances.0.properties.title: helpdesk.title is not a property of helpdesk',
    },
    {
      title: 'what identifies, when it is too long',
      limetype: 'helpdesk',
      name: 'title',
      change: { required: false, length: 8 },
      reason: 'instances.0.properties.title: helpdesk.title is longer than 8 characters',
    },
    {
      title: 'what identifies, when it is neither text nor number',
      limetype: 'helpdesk',
      name: 'title',
      change: { type: 'set' },
      reason: 'instances.0.identify: title is neither a text nor a number',
    },
    {
      title: 'the note itself',
      limetype: 'history',
      name: 'note',
      change: undefined,
      reason: 'instances.0.history: history has no property note',
    },
    {
      title: "the note's relation",
      limetype: 'history',
      name: 'helpdesk',
      change: undefined,
      reason: 'instances.0.history: history has no property helpdesk',
    },
  ])('makes the conversation unmappable: $title', ({ limetype, name, change, reason }) => {
    const attempt = () => planWith(limetype, name, change);
    expect(attempt).toThrow(MappingError);
    expect(attempt).toThrow(new MappingError(reason));
  });

  it.each(['helpdesk', 'history'])('may be the whole limetype %s', (limetype) => {
    const metadata = new Map([...coreMetadata].filter(([name]) => name !== limetype));
    expect(() => planOf(metadata)).toThrow(new MappingError(`the tenant has no limetype ${limetype}`));
  });
});
