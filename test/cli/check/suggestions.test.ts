import { describe, expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { anInstance, coreWith, settingsOf } from '../../support/mapping/builders.ts';

const title = { template: 'Userlike conversation {{ id }}' };

describe('suggestions', () => {
  it.each([
    {
      title: 'for a required text is as long as it takes',
      property: { type: 'string', length: 24, required: true },
      suggestion: '"extra": {"template":"Userlike {{ id }}"}',
    },
    {
      title: 'for a required link is a link',
      property: { type: 'link', length: 512, required: true },
      suggestion: '"extra": {"template":"https://userlike.com/en/umc#/conversation/{{ id }}"}',
    },
    {
      title: 'for a required phone number is that of the contact',
      property: { type: 'phone', length: 24, required: true },
      suggestion: '"extra": {"path":"contact.phone_number","default":"-"}',
    },
    {
      title: 'for a required text that is named like an e-mail address is that of the contact',
      property: { type: 'string', label: 'email', required: true },
      suggestion: '"extra": {"path":"contact.email","default":"-"}',
    },
    {
      title: 'for a required day is the begin of the conversation',
      property: { type: 'date', required: true },
      suggestion: '"extra": {"path":"created_at"}',
    },
    {
      title: 'for a required option is one of its keys',
      property: { type: 'option', required: true, options: ['empty', 'new'] },
      suggestion: '"extra": {"value":"new"}',
    },
    {
      title: 'for a required relation is nothing, which no template could give',
      property: { type: 'belongsto', required: true },
      suggestion: undefined,
    },
    {
      title: 'for a required option is nothing where it has none',
      property: { type: 'option', required: true, options: [], choices: [] },
      suggestion: undefined,
    },
  ])('$title', ({ property, suggestion }) => {
    const metadata = coreWith('helpdesk', 'extra', { hasDefault: false, ...property });
    const about = { path: 'instances.0.properties', property: 'helpdesk.extra', rule: 'required and not mapped' };
    const findings = findingsFor(settingsOf(), metadata).filter(({ property }) => property === 'helpdesk.extra');
    expect(findings).toEqual([{ severity: 'error', ...about, suggestion }]);
  });

  it('is missing for a key if the option has none', () => {
    const metadata = coreWith('helpdesk', 'extra', { type: 'option', options: [], choices: [] });
    const settings = settingsOf({ instances: [anInstance({ properties: { title, extra: { value: 'x' } } })] });
    expect(findingsFor(settings, metadata)).toContainEqual(
      expect.objectContaining({ path: 'instances.0.properties.extra.value', suggestion: undefined }),
    );
  });
});
