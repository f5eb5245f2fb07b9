import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aTenant, type Tenant } from '../../support/cli/a-tenant.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await aTenant();
});
afterAll(() => tenant[Symbol.asyncDispose]());

describe('settings for a customised tenant', () => {
  const at = 'instances.0';
  it.each([
    {
      title: 'a value of the conversation for an option, without a map',
      change: [`${at}.properties.channel`, { path: 'contact_channel.type' }],
      path: `${at}.properties.channel.path`,
    },
    {
      title: 'a template that may grow longer than the text',
      change: [`${at}.properties.chatreference`, { template: '{{ contact.name }}' }],
      path: `${at}.properties.chatreference.template`,
    },
    {
      title: 'a number that the conversation may not have',
      change: [`${at}.properties.priority`, { path: 'custom.priority' }],
      path: `${at}.properties.priority`,
    },
    {
      title: 'an id of a contact that may be no number',
      change: [`${at}.properties.priority`, { path: 'contact.external_customer_id' }],
      path: `${at}.properties.priority.path`,
    },
    {
      title: 'an id of a contact that may be no day',
      change: [`${at}.properties.receivedon`, { path: 'contact.external_customer_id' }],
      path: `${at}.properties.receivedon.path`,
    },
    {
      title: 'a required text that is there on a condition only',
      change: [
        `${at}.history.properties`,
        { type: { template: '{% if contact.name %}chat{% endif %}', options: { chat: 'chat' } } },
      ],
      path: `${at}.history.properties.type`,
    },
    {
      title: 'a required number that is there on a condition only',
      change: [`${at}.properties.vat`, { template: '{% if contact.name %}1{% endif %}' }],
      path: `${at}.properties.vat`,
    },
    {
      title: 'a note linked to somebody whom nobody looks for',
      change: [`${at}.relations.coworker`, undefined],
      path: `${at}.history.relations.coworker`,
    },
  ] as const)('are warned of $title, and pass', async ({ change: [path, value], path: told }) => {
    const { code, findings } = await tenant.check(path, value);

    expect(code).toBe(0);
    expect(findings.map(({ severity }) => severity)).not.toContain('error');
    expect(findings.map((finding) => finding.path)).toContain(told);
  });

  it('hint that a person cannot be created, for which no conversation is parked', async () => {
    const create = { properties: { givenname: { path: 'contact.name' } } };
    const { findings } = await tenant.check(`${at}.relations.person.create`, create);
    expect(findings).toContainEqual({
      severity: 'hint',
      path: `${at}.relations.person.create.properties.givenname`,
      property: 'person.givenname',
      rule: 'required, but some conversations have no value for it: the person is then not created',
      suggestion: '"default": "Unknown"',
    });
  });
});
