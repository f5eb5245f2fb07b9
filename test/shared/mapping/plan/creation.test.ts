import { describe, expect, it } from '@jest/globals';
import { customMetadata, customWith } from '../../../support/mapping/builders.ts';
import { company, givenname, person, planIn, planOf } from '../../../support/mapping/plan-of.ts';

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

  it('lists values that do not fit apart from the omissions of the plan', () => {
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
