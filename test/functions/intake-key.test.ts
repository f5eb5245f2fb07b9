import { describe, expect, it } from '@jest/globals';
import { UnusableSecretError } from '../../shared/credentials.ts';
import { anIntake, type Call, secret } from '../support/intake/intake-calls.ts';

function basic(text: string) {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}
const noKey = { 'X-Api-Key': '' };

describe('the add-on key', () => {
  it.each<[string, Record<string, string>]>([
    ['X-API-Key, as the Lime CRM add-on sends it', { 'X-API-Key': 'current-key' }],
    ['a header in any spelling', { 'x-aPI-kEY': 'current-key' }],
    ['API-SECURITY-TOKEN', { 'API-SECURITY-TOKEN': 'current-key' }],
    ['Bearer', { Authorization: 'Bearer current-key' }],
    ['bearer in lower case', { authorization: 'bearer  current-key' }],
    ['the password of Basic', { Authorization: basic('anybody:current-key') }],
    ['the password of Basic, without a user', { Authorization: basic(':current-key') }],
    ['the previous key', { 'X-API-Key': 'previous-key' }],
    ['one of several', { 'X-API-Key': 'wrong', 'API-SECURITY-TOKEN': 'wrong', Authorization: 'Bearer previous-key' }],
  ])('is taken from %s', async (_title, headers) => {
    const [name = ''] = Object.keys(headers);
    const others = name.toLowerCase() === 'x-api-key' ? {} : noKey;
    const { call } = anIntake();
    expect((await call({ headers: { ...others, ...headers } })).status).toBe(200);
  });

  it.each<[string, Call]>([
    ['is missing', { headers: noKey }],
    ['is wrong', { headers: { 'X-Api-Key': 'wrong' } }],
    ['is only the beginning of the right one', { headers: { 'X-Api-Key': 'current-ke' } }],
    ['is longer than the right one', { headers: { 'X-Api-Key': 'current-key ' } }],
    ['is in other letters', { headers: { 'X-Api-Key': 'CURRENT-KEY' } }],
    ['is the key of the links', { headers: { 'X-Api-Key': secret.linkKey } }],
    ['is the user of Basic', { headers: { ...noKey, Authorization: basic('current-key:') } }],
    ['is in Basic without a colon', { headers: { ...noKey, Authorization: basic('current-key') } }],
    ['is in an unknown scheme', { headers: { ...noKey, Authorization: 'Digest current-key' } }],
    ['has no scheme', { headers: { ...noKey, Authorization: 'current-key' } }],
    ["is right, but another organization's", { path: '/108906' }],
    ['is right, but the organization is none', { path: '/' }],
    ['is right, but there is no organization', { path: '//108905' }],
    ['is right, but the organization has a strange name', { path: '/108905%00' }],
    ['is right, but the organization leads elsewhere', { path: '/..%2f108905' }],
    ['is right, but the organization does not decode', { path: '/%E0%A4' }],
    ['is right, but the organization is too long', { path: `/${'1'.repeat(65)}` }],
  ])('is refused where it %s', async (_title, given) => {
    const { call, sent } = anIntake();
    expect(await call(given)).toEqual({
      status: 401,
      headers: {
        'content-type': 'application/problem+json',
        'www-authenticate': 'Bearer realm="add-on key", Basic realm="add-on key"',
      },
      text: expect.any(String),
      body: {
        type: 'about:blank',
        title: 'Unauthorized',
        status: 401,
        detail: 'The add-on key is missing or wrong.',
        callId: 'call-1',
      },
    });
    expect(sent).toEqual([]);
  });

  it('is compared before anything else is read', async () => {
    const { call } = anIntake();
    const broken: Call[] = [
      { body: 'no JSON' },
      { body: 'x'.repeat(6_000_000) },
      { headers: { 'Content-Type': 'text/plain' } },
      { headers: { 'Content-Encoding': 'zip' } },
    ];
    for (const given of broken) {
      expect((await call({ ...given, headers: { ...given.headers, 'X-Api-Key': 'wrong' } })).status).toBe(401);
    }
  });

  it('is not looked up for a call without a key, nor for an invalid organization', async () => {
    const { call, headers } = anIntake();
    await call({ headers: noKey });
    await call({ path: '/../secret' });
    await call({ path: `/${'1'.repeat(65)}` });
    expect(headers).toEqual([]);
    await call({ path: `/${'1'.repeat(64)}` });
    expect(headers).toEqual(['1'.repeat(64)]);
  });

  it('may hold a colon, as a password too', async () => {
    const { call } = anIntake({ read: async () => ({ key: 'one:two', linkKey: secret.linkKey }) });
    expect((await call({ headers: { ...noKey, Authorization: basic('anybody:one:two') } })).status).toBe(200);
  });

  it('without a previous one is not matched by an empty or undefined one', async () => {
    const { call } = anIntake({ read: async () => ({ key: 'current-key', linkKey: secret.linkKey }) });
    expect((await call({ headers: { 'X-Api-Key': 'undefined' } })).status).toBe(401);
    expect((await call({ headers: { 'X-Api-Key': '' } })).status).toBe(401);
    expect((await call()).status).toBe(200);
  });

  it.each([
    ['Secrets Manager is down', new Error('timeout')],
    ['the secret is unusable', new UnusableSecretError('secret x is not JSON')],
  ])('cannot be checked while %s: the call may be repeated', async (_title, error) => {
    const { call, sent } = anIntake({ read: async () => Promise.reject(error) });
    expect(await call()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      body: {
        status: 503,
        callId: 'call-1',
        detail: 'The add-on key cannot be checked at the moment; send the call again.',
      },
    });
    expect(sent).toEqual([]);
  });
});
