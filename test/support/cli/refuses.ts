import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aTenant, type Tenant } from './a-tenant.ts';

type Refused = {
  title: string;
  /** A path in the settings, and the value that is put there; undefined removes what is there. */
  change: readonly [path: string, value: unknown];
  finding: { path: string; property?: string; rule: string; suggestion?: string };
};

/** Each change to the settings of a customised tenant is one error, and nothing else. */
export function checkRefuses(cases: readonly Refused[]): void {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await aTenant();
  });
  afterAll(() => tenant[Symbol.asyncDispose]());

  describe('settings for a customised tenant', () => {
    it.each(cases)('are refused with $title', async ({ change: [path, value], finding }) => {
      expect(await tenant.check(path, value)).toEqual({
        code: 1,
        ok: false,
        findings: [{ severity: 'error', ...finding }],
      });
    });
  });
}
