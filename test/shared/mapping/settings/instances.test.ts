import { describe, expect, it } from '@jest/globals';
import { anInstance } from '../../../support/mapping/builders.ts';
import { findingsIn } from '../../../support/mapping/findings-in.ts';

describe('two instances', () => {
  it.each([
    {
      title: 'take one topic, whatever its spelling',
      instances: [{ topics: ['Returns', 'Sales '] }, { topics: ['Support', 'sales'], name: 'Deals' }],
      finding: 'instances.1.topics: instance 0 already takes one of these topics; additional: true makes both',
    },
    {
      title: 'both be the fallback',
      instances: [{}, { name: 'Deals' }],
      finding: 'instances.1.topics: instance 0 already takes all other topics; additional: true makes both',
    },
    {
      title: 'have one name',
      instances: [{ topics: ['Sales'] }, {}],
      finding: 'instances.1.name: instance 0 has this name already',
    },
  ])('cannot $title', ({ instances, finding }) => {
    expect(findingsIn({ instances: instances.map((overrides) => anInstance(overrides)) })).toEqual([finding]);
  });
});

describe('an additional instance', () => {
  const deal = (overrides: Record<string, unknown>) =>
    anInstance({ name: 'Deals', limetype: 'deal', additional: true, ...overrides });
  const twin = { name: 'Twin', additional: true };
  const cannotBeTold =
    'instances.1.properties.title: instance 0 gives this property the same value or mark, so that their limeobjects cannot be distinguished';

  it.each([
    { title: 'a fallback', instances: [anInstance(), deal({ topics: ['Sales'] })] },
    { title: 'a fallback, for every conversation', instances: [anInstance(), deal({})] },
    {
      title: 'an instance of its topics',
      instances: [anInstance({ topics: ['sales '] }), deal({ topics: ['Sales'] })],
    },
    {
      title: 'another additional one of the same topic',
      instances: [
        anInstance(),
        deal({ topics: ['Sales'] }),
        deal({ name: 'Todos', limetype: 'todo', topics: ['Sales'] }),
      ],
    },
    {
      title: 'a twin that is identified by another text',
      instances: [anInstance(), anInstance({ ...twin, properties: { title: { template: 'Second of {{ id }}' } } })],
    },
  ])('may stand beside $title', ({ instances }) => {
    expect(findingsIn({ instances })).toEqual([]);
  });

  it.each([
    {
      title: 'beside nothing, for a topic that no other instance takes',
      instances: [anInstance({ topics: ['Support'] }), deal({ topics: ['Support', 'Sales'] })],
      finding: 'instances.1.topics: no other instance takes Sales, and there is no fallback to be additional to',
    },
    {
      title: 'beside nothing, for all topics',
      instances: [anInstance({ topics: ['Support'] }), deal({})],
      finding: 'instances.1.topics: no other instance takes all others, and there is no fallback to be additional to',
    },
    {
      title: 'alone',
      instances: [deal({})],
      finding: 'instances.0.topics: no other instance takes all others, and there is no fallback to be additional to',
    },
    {
      title: 'beside nothing, for several topics',
      instances: [anInstance({ topics: ['Support'] }), deal({ topics: ['Sales', 'Support', 'Returns'] })],
      finding:
        'instances.1.topics: no other instance takes Sales, Returns, and there is no fallback to be additional to',
    },
    { title: 'beside its twin', instances: [anInstance(), anInstance(twin)], finding: cannotBeTold },
    {
      title: 'beside a twin in other letters, which Lime takes for the same',
      instances: [
        anInstance(),
        anInstance({ ...twin, properties: { title: { template: 'USERLIKE conversation {{id}}' } } }),
      ],
      finding: cannotBeTold,
    },
    ...[
      { title: 'beside a twin with its mark', template: '{{ contact.name }} #{{ id }}' },
      { title: 'beside a twin with the text that was there before marks', template: 'Userlike conversation {{ id }}' },
    ].map(({ title, template }) => ({
      title,
      instances: [
        anInstance({ properties: { title: { template: '{{ first_question }} · #{{ id }}' } } }),
        anInstance({ ...twin, properties: { title: { template } } }),
      ],
      finding: cannotBeTold,
    })),
  ])('cannot stand $title', ({ instances, finding }) => {
    expect(findingsIn({ instances })).toEqual([finding]);
  });
});
