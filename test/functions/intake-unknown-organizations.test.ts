import { describe, expect, it } from '@jest/globals';
import { TooManyLookupsError } from '../../shared/credentials.ts';
import { anIntake, secret } from '../support/intake/intake-calls.ts';

const path = '/anna-example_of_the_path';

describe('the line of a refused call', () => {
  it.each([
    { title: 'of an organization that has no secret', given: { path } },
    { title: 'without a key', given: { path, headers: { 'X-Api-Key': '' } } },
    { title: 'for the name of no organization', given: { path: '/anna@example.org' } },
  ])('holds nothing of its path: $title', async ({ given }) => {
    const { call, logged } = anIntake();
    expect((await call(given)).status).toBe(401);
    expect(logged).toEqual([
      { level: 'info', message: 'call refused', callId: 'call-1', status: 401, reason: expect.any(String) },
    ]);
  });

  it('names the organization where that is known and the key is wrong', async () => {
    const { call, logged } = anIntake();
    await call({ headers: { 'X-Api-Key': 'wrong' } });
    expect(logged).toMatchObject([{ status: 401, organization: '108905' }]);
  });
});

describe('among too many unknown organizations', () => {
  const read = async () => Promise.reject(new TooManyLookupsError('too many'));

  it('one that may be a customer is answered 429, counted as not taken, and logged without its path', async () => {
    const { call, logged, emitted } = anIntake({ read });
    expect(await call({ path })).toMatchObject({ status: 429, headers: { 'retry-after': '5' } });
    expect(JSON.stringify(logged)).not.toContain('anna');
    expect(emitted).toEqual({ CallsNotTaken: [1] });
  });

  it.each(['POST /108905', 'POST /108905/{proxy+}'])(
    'a customer whose route is %s is answered all the same',
    async (routeKey) => {
      const { call } = anIntake({ read, readNamed: async () => secret });
      expect((await call({ routeKey })).status).toBe(200);
    },
  );

  it('one that only says so in its path is no customer', async () => {
    const { call } = anIntake({ read, readNamed: async () => secret });
    expect((await call({ path: '/108905/{proxy+}' })).status).toBe(429);
    expect((await call({ path: '/4711', routeKey: 'POST /108905/{proxy+}' })).status).toBe(429);
  });
});
