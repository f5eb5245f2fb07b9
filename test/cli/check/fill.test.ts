import { expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { anInstance, coreMetadata, settingsOf } from '../../support/mapping/builders.ts';

it("check compares what fills a person with the person's properties", () => {
  const person = {
    property: 'person',
    limetype: 'person',
    rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
    fill: { properties: { fax: { path: 'contact.phone_number' }, phone: { path: 'contact.phone' } }, company: true },
  };
  const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
  const settings = settingsOf({ instances: [anInstance({ relations: { person }, history })] });
  const at = 'instances.0.relations.person.fill';
  const findings = findingsFor(settings, coreMetadata).filter(({ severity }) => severity === 'error');
  expect(findings).toMatchObject([
    { path: `${at}.properties.fax`, rule: 'not a property of person' },
    { path: `${at}.properties.phone.path`, rule: "contact.phone is not a field of Userlike's conversations" },
    { path: `${at}.company`, rule: 'needs relations.company, which finds the company' },
  ]);
});
