import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConnection } from '../../support/cli/a-connection.ts';
import { anAccount } from '../../support/cli/an-account.ts';

let connection: Awaited<ReturnType<typeof aConnection>>;
beforeEach(async () => {
  connection = await aConnection();
});
afterEach(() => connection[Symbol.asyncDispose]());

function aStack(name = 'userlike-lime-test') {
  return anAccount({ name, outputs: { Endpoint: 'https://abc123.example/{organization}' }, lines: [] });
}

describe('connect in an account', () => {
  it.each([
    { title: 'the address of the stack', stack: 'userlike-lime-test', told: 'https://abc123.example/4711' },
    { title: 'that the deployment will print it', stack: 'another', told: 'printed by the deployment' },
  ])('says $title', async ({ stack, told }) => {
    await using account = await aStack(stack);
    const { code, stdout } = await connection.connectInAccount({ cloudFormation: account.url });

    expect([code, stdout]).toEqual([0, expect.stringContaining(`Lime CRM URL: ${told}\n`)]);
    expect(stdout).toContain((await connection.addon()).key);
  });

  it.each([
    { title: 'nothing of a host in the cloud', limeUrl: 'https://acme.lime-crm.com/lime', hosts: undefined },
    {
      title: 'with what to deploy for a host of one’s own',
      limeUrl: 'https://crm.example.org:8443/lime',
      hosts: 'lime-crm.com,limecrm.cloud,crm.example.org:8443',
    },
  ])('warns $title', async ({ limeUrl, hosts }) => {
    await using account = await aStack();
    const { code, stderr } = await connection.connectInAccount({ cloudFormation: account.url, limeUrl });

    expect(code).toBe(0);
    expect(/^The mappers refuse .* -c limeHosts=(\S+)$/m.exec(stderr)?.[1]).toBe(hosts);
    expect(await connection.stored('lime')).toMatchObject({ url: limeUrl });
  });

  it.each([
    { title: 'an IP address', limeUrl: 'https://192.0.2.1/lime', told: 'its host is an address, not a name' },
    { title: 'a password', limeUrl: 'https://a:b@acme.lime-crm.com/lime', told: 'it holds a user or a password' },
  ])('is wrong usage with $title, which no deployment asks', async ({ limeUrl, told }) => {
    const { code, stderr } = await connection.connectInAccount({ cloudFormation: 'http://127.0.0.1:9', limeUrl });

    expect([code, stderr]).toEqual([2, `userlike-lime: LIME_URL: the mappers refuse it: ${told}`]);
  });

  it('stores no key while it cannot read the endpoint from CloudFormation, because it could not show the key', async () => {
    await connection.connect();
    const before = await connection.addon();
    const { code, stdout, stderr } = await connection.connectInAccount({ cloudFormation: 'http://127.0.0.1:9' }, [
      '--rotate',
    ]);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('AWS is out of reach: ECONNREFUSED');
    expect(stderr).not.toContain('stored');
    expect(await connection.addon()).toEqual(before);
  });
});
