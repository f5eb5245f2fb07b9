import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aTenantWithFiles, type TenantWithFiles } from '../../../support/a-tenant-with-files.ts';

let tenant: TenantWithFiles;
beforeEach(async () => {
  tenant = await aTenantWithFiles();
});
afterEach(() => tenant[Symbol.asyncDispose]());

/** The person is known from before; the fault refuses what hangs on it once, as where somebody has deleted it. */
function refuseOnce(limetype: string) {
  return tenant.sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'POST', limetype }, times: 1 }]);
}

describe('the second try, where the known person is refused', () => {
  it('imports no file again that has come into Lime meanwhile', async () => {
    await tenant.send([tenant.withFiles([], 1)]);
    refuseOnce('history');
    await tenant.send([tenant.withFiles(['/order.png'], 2)]);

    expect(tenant.counts()).toEqual([1, 1, 1, 2]);
    expect(tenant.uploads()).toBe(1);
  });

  it('makes no second limeobject and no second row', async () => {
    await tenant.send([tenant.withFiles([], 1)]);
    refuseOnce('document');
    await tenant.send([tenant.withFiles(['/list.txt'], 2)]);

    expect(tenant.counts()).toEqual([1, 1, expect.any(Number), 2]);
  });
});
