import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aTenant, type Tenant } from './a-tenant.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await aTenant();
});
afterAll(() => tenant[Symbol.asyncDispose]());

describe('settings for a customised tenant', () => {
  const at = 'instances.0';
  it.each([
    {
      title: 'an unknown setting',
      change: [`${at}.limeType`, 'helpdesk'],
      finding: { path: `${at}.limeType`, rule: 'is not a setting', suggestion: 'limetype' },
    },
    {
      title: 'a mistyped time zone',
      change: ['timeZone', 'Europe/Stokholm'],
      finding: {
        path: 'timeZone',
        rule: 'is not a time zone, for example Europe/Stockholm',
        suggestion: 'Europe/Stockholm',
      },
    },
    {
      title: 'a mistyped word of a choice',
      change: [`${at}.relations.person.rules.0.as`, 'mail'],
      finding: {
        path: `${at}.relations.person.rules.0.as`,
        rule: 'Invalid option: expected one of "email"|"phone"|"text"|"domain"',
        suggestion: 'email',
      },
    },
  ] as const)('are refused with $title', async ({ change: [path, value], finding }) => {
    expect(await tenant.check(path, value)).toEqual({
      code: 1,
      ok: false,
      findings: [{ severity: 'error', ...finding }],
    });
  });
});
