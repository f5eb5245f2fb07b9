import { describe, expect, it } from '@jest/globals';
import { AddonSecret, LimeSecret, UnusableSecretError } from '../../shared/credentials.ts';
import { aReader, askedOf, first, missing, second, stored } from '../support/a-secret-reader.ts';
import { aServer } from '../support/a-server.ts';

describe('a secret', () => {
  it('is read by its name', async () => {
    await using server = await aServer(stored(first));
    expect(await aReader(server).reader.read('108905')).toEqual(first);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ SecretId: 'userlike-lime/prod/108905/lime' });
  });

  it('gives the key of Lime without the line break that was stored behind it', async () => {
    await using server = await aServer(stored({ ...first, apiKey: `${first.apiKey}\n` }));
    expect(await aReader(server).reader.read('108905')).toEqual(first);
  });

  it('is cached for a time and then read again', async () => {
    await using server = await aServer(stored(first), stored(second));
    const { reader, clock } = aReader(server);
    expect(await reader.read('1')).toEqual(first);
    clock.now = 999;
    expect(await reader.read('1')).toEqual(first);
    clock.now = 1_000;
    expect(await reader.read('1')).toEqual(second);
    clock.now = 1_999;
    await reader.read('1');
    expect(server.asked).toHaveLength(2);
  });

  it('is fetched at once where the cache is not to be used', async () => {
    await using server = await aServer(stored(first), stored(second));
    const { reader } = aReader(server);
    await reader.read('1');
    expect(await reader.refetch('1')).toEqual(second);
    expect(await reader.read('1')).toEqual(second);
    expect(server.asked).toHaveLength(2);
  });

  it('that is missing is cached like one that is there', async () => {
    await using server = await aServer(missing, missing, stored(first));
    const { reader, clock } = aReader(server);
    expect(await reader.read('unknown')).toBeUndefined();
    expect(await reader.read('unknown')).toBeUndefined();
    expect(server.asked).toHaveLength(1);
    clock.now = 1_000;
    expect(await reader.read('unknown')).toBeUndefined();
    expect(await reader.refetch('unknown')).toEqual(first);
  });

  it('leaves a full cache when it was asked for longest ago', async () => {
    await using server = await aServer(stored(first));
    const { reader } = aReader(server, { capacity: 2 });
    for (const organization of ['1', '2', '1', '3', '1', '2']) await reader.read(organization);
    expect(askedOf(server)).toEqual(['1', '2', '3', '2']);
  });
});

describe('a secret that cannot be used', () => {
  it.each([
    { title: 'no JSON', secret: 's3cret-value', message: 'is not JSON' },
    { title: 'empty', secret: '', message: 'is not JSON' },
    { title: 'a text', secret: '"s3cret-value"', message: ': (root): Invalid input: expected object, received string' },
    {
      title: 'without a key',
      secret: { url: 'https://s3cret-value.example' },
      message: ': apiKey: Invalid input: expected string, received undefined',
    },
    {
      title: 'with a URL that is none',
      secret: { url: 's3cret-value', apiKey: 'x' },
      message: ': url: must be an http or https address',
    },
    {
      title: 'with a URL of another kind',
      secret: { url: 'ftp://s3cret-value', apiKey: 'x' },
      message: ': url: must be an http or https address',
    },
    {
      title: 'with several problems',
      secret: { apiKey: '', extra: 's3cret-value', url: 5 },
      message:
        ': url: Invalid input: expected string, received number; apiKey: Too small: expected string to have >=1 characters; (root): Unrecognized key: "extra"',
    },
  ])('names itself and what is wrong, but no value: $title', async ({ secret, message }) => {
    await using server = await aServer(stored(secret));
    const error = await aReader(server)
      .reader.read('108905')
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnusableSecretError);
    expect(String(error)).toBe(
      `UnusableSecretError: secret userlike-lime/prod/108905/lime${message.startsWith(':') ? '' : ' '}${message}`,
    );
    expect(String(error)).not.toContain('s3cret');
  });
});

it.each([
  { title: 'a key and a link key', secret: { key: 'k', linkKey: 'x'.repeat(16) }, usable: true },
  { title: 'a previous key too', secret: { key: 'k', previousKey: 'p', linkKey: 'x'.repeat(16) }, usable: true },
  { title: 'an empty key', secret: { key: '', linkKey: 'x'.repeat(16) }, usable: false },
  { title: 'an empty previous key', secret: { key: 'k', previousKey: '', linkKey: 'x'.repeat(16) }, usable: false },
  { title: 'a link key that could be guessed', secret: { key: 'k', linkKey: 'x'.repeat(15) }, usable: false },
  { title: 'an unknown key', secret: { key: 'k', linkKey: 'x'.repeat(16), oldKey: 'o' }, usable: false },
])("an add-on's secret with $title is usable: $usable", ({ secret, usable }) => {
  expect(AddonSecret.safeParse(secret).success).toBe(usable);
});

it.each([
  { url: 'https://acme.lime-crm.com/acme', usable: true },
  { url: 'http://127.0.0.1:3001/Lime CRM/', usable: true },
  { url: 'http://localhost:3001/lime', usable: true },
  { url: 'http://127.255.0.1/lime', usable: true },
  { url: 'http://[::1]:3001/lime', usable: true },
  { url: 'http://acme.lime-crm.com/acme', usable: false },
  { url: 'http://crm.internal/lime', usable: false },
  { url: 'http://10.0.0.7/lime', usable: false },
  { url: 'http://127.0.0.1.example.org/lime', usable: false },
  { url: 'http://localhost.example.org/lime', usable: false },
  { url: 'http://127.0.0.1@example.org/lime', usable: false },
  { url: 'acme.lime-crm.com', usable: false },
  { url: 'file:///etc', usable: false },
])("a Lime secret's URL $url is usable: $usable", ({ url, usable }) => {
  expect(LimeSecret.safeParse({ url, apiKey: 'x' }).success).toBe(usable);
});
