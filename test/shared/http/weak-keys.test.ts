import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AddonSecret } from '../../../shared/credentials.ts';
import { warnAboutWeakKeys, weakKeysIn } from '../../../shared/http/weak-keys.ts';
import type { LogFields } from '../../../shared/log.ts';

const strong = { key: 'JQeVhw5D8yN0sZkT3xRb', linkKey: 'u7GmPz1LcXq9WfTa4BdE' };

describe('a key', () => {
  it.each<{ title: string; secret: AddonSecret; weak: string[] }>([
    { title: 'of 15 mixed characters is strong', secret: { ...strong, key: strong.key.slice(0, 15) }, weak: [] },
    { title: 'of one character is weak', secret: { ...strong, key: 'a' }, weak: ['key'] },
    { title: 'of 14 characters is weak', secret: { ...strong, key: strong.key.slice(0, 14) }, weak: ['key'] },
    { title: 'of one letter, repeated, is weak', secret: { ...strong, key: 'a'.repeat(64) }, weak: ['key'] },
    { title: 'of five letters, repeated, is weak', secret: { ...strong, key: 'abcde'.repeat(9) }, weak: ['key'] },
    { title: 'that is taken beside is weak too', secret: { ...strong, previousKey: 'old' }, weak: ['previousKey'] },
    { title: 'for links is weak', secret: { ...strong, linkKey: 'b'.repeat(16) }, weak: ['linkKey'] },
    {
      title: 'for links of former times is weak',
      secret: { ...strong, previousLinkKey: 'b'.repeat(16) },
      weak: ['previousLinkKey'],
    },
    {
      title: 'for links is weak where Userlike knows it',
      secret: { ...strong, linkKey: strong.key },
      weak: ['linkKey'],
    },
    {
      title: 'for links is weak where Userlike knew it',
      secret: { ...strong, previousKey: strong.linkKey },
      weak: ['linkKey'],
    },
  ])('$title', ({ secret, weak }) => {
    expect(weakKeysIn(secret)).toEqual(weak);
  });

  it('as connect makes it is strong', () => {
    for (let count = 0; count < 1_000; count += 1) {
      const [key, linkKey] = [32, 32].map((size) => randomBytes(size).toString('base64url'));
      expect(weakKeysIn({ key: key ?? '', linkKey: linkKey ?? '' })).toEqual([]);
    }
  });
});

describe('a weak key that is read', () => {
  function readerOf(secret: AddonSecret | undefined) {
    const logged: ({ message: string } & LogFields)[] = [];
    const read = async () => secret;
    const reader = warnAboutWeakKeys(
      { read, refetch: read },
      { warn: (message, fields = {}) => void logged.push({ message, ...fields }) },
    );
    return { reader, logged };
  }

  it('goes on working, and is logged once for each organization, by its name only', async () => {
    const secret = { ...strong, key: 'a' };
    const { reader, logged } = readerOf(secret);

    expect([await reader.read('1'), await reader.refetch('1'), await reader.read('2')]).toEqual([
      secret,
      secret,
      secret,
    ]);
    expect(logged).toEqual(
      ['1', '2'].map((organization) => ({
        message: 'weak keys',
        organization,
        paths: ['key'],
        reason: 'a key must have at least 15 characters, 6 of them different',
      })),
    );
  });

  it.each([
    { title: 'strong keys', secret: strong },
    { title: 'no secret', secret: undefined },
  ])('is not claimed of $title', async ({ secret }) => {
    const { reader, logged } = readerOf(secret);

    expect(await reader.read('1')).toEqual(secret);
    expect(logged).toEqual([]);
  });
});
