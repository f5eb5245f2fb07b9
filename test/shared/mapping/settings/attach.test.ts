import { describe, expect, it } from '@jest/globals';
import { findingsIn, withInstance } from '../../../support/mapping/findings-in.ts';

const relations = {
  person: {
    property: 'person',
    limetype: 'person',
    rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
  },
};
const missing = 'needs relations.person, relations.company or a property of the instance, and there is no';
const both = 'a limeobject may fulfil this and attach.where; give one property different values in both';

describe('what to attach to', () => {
  it.each<{ title: string; attach: Record<string, unknown>; findings: string[] }>([
    { title: 'may be of the person', attach: {}, findings: [] },
    { title: 'may share a property', attach: { by: 'title' }, findings: [] },
    {
      title: 'cannot be of a company without its relation',
      attach: { by: 'company' },
      findings: [`instances.0.attach.by: ${missing} company`],
    },
    {
      title: 'cannot share a property that is not mapped',
      attach: { by: 'email' },
      findings: [`instances.0.attach.by: ${missing} email`],
    },
    { title: 'may be what the conversation names alone', attach: { path: 'custom.case', by: false }, findings: [] },
    {
      title: 'cannot be nothing',
      attach: { by: false },
      findings: ['instances.0.attach.by: may be false only with path'],
    },
    {
      title: 'is open or closed by different values',
      attach: {
        where: { statuscolor: ['new', 'ongoing'] },
        reopen: { where: { statuscolor: 'finished' }, properties: { statuscolor: 'new' } },
      },
      findings: [],
    },
    {
      title: 'cannot be open and closed at once',
      attach: {
        where: { statuscolor: ['new', 'finished'] },
        reopen: { where: { statuscolor: 'Finished' }, properties: {} },
      },
      findings: [`instances.0.attach.reopen.where: ${both}`],
    },
    {
      title: 'cannot be reopened if every limeobject is open',
      attach: { reopen: { where: { statuscolor: 'finished' }, properties: {} } },
      findings: [`instances.0.attach.reopen.where: ${both}`],
    },
  ])('$title', ({ attach, findings }) => {
    expect(findingsIn(withInstance({ relations, attach }))).toEqual(findings);
  });
});
