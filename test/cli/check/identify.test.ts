import { describe, expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { anInstance, coreMetadata, coreWith, settingsOf } from '../../support/mapping/builders.ts';

function findingsOf(source: unknown, metadata = coreMetadata, identify = 'title') {
  return findingsFor(
    settingsOf({
      instances: [
        anInstance({
          identify,
          properties: { [identify]: source, statuscolor: { value: 'new' } },
          history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
        }),
      ],
    }),
    metadata,
  );
}

describe('a template that ends in a mark', () => {
  it('may be of any length before it', () => {
    expect(findingsOf({ template: '{{ first_question }} · #{{ id }}' })).toEqual([]);
    expect(findingsOf({ template: `${'x'.repeat(200)} #{{ id }}`, default: 'Chat' })).toEqual([]);
  });

  it('needs a property that has room for the mark', () => {
    const metadata = coreWith('helpdesk', 'title', { length: 10 });
    expect(findingsOf({ template: '{{ first_question }} · #{{ id }}' }, metadata)).toMatchObject([
      { severity: 'error', path: 'instances.0.identify', rule: 'takes 10 characters, needs 11' },
    ]);
  });

  it('needs a text', () => {
    const ofIdentify = expect.objectContaining({ severity: 'error', path: 'instances.0.identify' });
    expect(findingsOf({ template: '{{ id }}' }, coreMetadata, 'helpdeskno')).not.toContainEqual(ofIdentify);
    expect(findingsOf({ template: 'Chat #{{ id }}' }, coreMetadata, 'helpdeskno')).toContainEqual(ofIdentify);
  });
});

it.each([
  { whenLonger: 'cut', findings: [] },
  {
    whenLonger: 'omit',
    findings: [
      {
        severity: 'hint',
        rule: 'may be longer than 20 characters: it is then left out',
        suggestion: '"whenLonger": "cut"',
      },
    ],
  },
])('a text that may be too long is hinted at unless it is cut: $whenLonger', ({ whenLonger, findings }) => {
  const settings = settingsOf({
    instances: [
      anInstance({
        properties: {
          title: { template: '{{ id }}' },
          statuscolor: { value: 'new' },
          description: { template: '{{ first_question }}', whenLonger },
        },
        history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
      }),
    ],
  });
  expect(findingsFor(settings, coreWith('helpdesk', 'description', { length: 20 }))).toMatchObject(findings);
});
