import { expect, it } from '@jest/globals';
import { TooManyLookupsError } from '../../shared/credentials.ts';
import { createTokenBucket } from '../../shared/token-bucket.ts';
import { aReader, askedOf, first } from '../support/a-secret-reader.ts';
import { aServer } from '../support/a-server.ts';

/** A Secrets Manager that knows customers, whose names begin with c, and can be put out of reach. */
async function aSecretsManager() {
  const state = { isDown: false };
  const server = await aServer((_request, response) => {
    const organization = askedOf(server).at(-1) ?? '';
    const [status, json] = state.isDown
      ? [500, { __type: 'InternalServiceError' }]
      : organization.startsWith('c')
        ? [200, { SecretString: JSON.stringify(first) }]
        : [400, { __type: 'ResourceNotFoundException' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  return { server, state };
}

const anyNumber = { take: () => true, refund: () => undefined };

it('strangers, however many, evict no customer whose secret is known', async () => {
  const { server: owned, state } = await aSecretsManager();
  await using server = owned;
  const { reader, clock } = aReader(server, { capacity: 3, lookups: anyNumber });
  await reader.read('customer');
  for (let n = 0; n < 10; n += 1) await reader.read(`x${n}`);
  state.isDown = true;
  clock.now = 1_000;
  expect(await reader.read('customer')).toEqual(first);
});

it('organizations without a known secret have a budget of look-ups, which a customer does not use up', async () => {
  const { server: owned } = await aSecretsManager();
  await using server = owned;
  const lookups = createTokenBucket({ perSecond: 1, burst: 2, now: () => 0 });
  const { reader } = aReader(server, { lookups });
  for (const customer of ['c1', 'c2', 'c3']) expect(await reader.read(customer)).toEqual(first);
  for (const stranger of ['x1', 'x2', 'x1']) expect(await reader.read(stranger)).toBeUndefined();
  await expect(reader.read('x3')).rejects.toThrow(TooManyLookupsError);
  expect(await reader.read('c1')).toEqual(first);
  expect(askedOf(server)).toEqual(['c1', 'c2', 'c3', 'x1', 'x2']);
});
