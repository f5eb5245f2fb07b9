import { describe, expect, it } from '@jest/globals';
import { TooManyLookups } from '../../shared/credentials.ts';
import { anIntake } from '../support/intake/intake-calls.ts';

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

it('a call for one unknown organization too many is answered 429, and counts for no alarm', async () => {
  const read = async () => Promise.reject(new TooManyLookups('too many'));
  const { call, logged, emitted } = anIntake({ read });
  expect(await call({ path })).toMatchObject({ status: 429, headers: { 'retry-after': '5' } });
  expect(JSON.stringify(logged)).not.toContain('anna');
  expect(emitted).toEqual({});
});
