import { describe, expect, it } from '@jest/globals';
import { FAILURE_CACHE_MS, MAX_STALE_MS } from '../../shared/credentials.ts';
import { aReader, first, hanging, missing, outage, second, stored } from '../support/a-secret-reader.ts';
import { aServer, type Reply } from '../support/a-server.ts';

/** What Secrets Manager answers for a secret that `delete-secret` has given 7 to 30 days. */
const scheduledForDeletion: Reply = {
  status: 400,
  json: { __type: 'InvalidRequestException', message: 'it was marked for deletion' },
};

describe('a secret that was read once', () => {
  it.each([
    { title: 'fails', reply: outage },
    { title: 'hangs', reply: hanging },
    { title: 'breaks the connection', reply: (request): void => void request.socket.destroy() },
    { title: 'has one that has become unusable', reply: stored({ url: first.url }) },
  ] satisfies { title: string; reply: Reply }[])(
    'is used on while Secrets Manager $title, which is then left alone for a while',
    async ({ reply }) => {
      await using server = await aServer(stored(first), reply, stored(second));
      const { reader, clock } = aReader(server, { refreshTimeoutMs: 500 });
      await reader.read('1');
      clock.now = 5_000;
      expect(await reader.read('1')).toEqual(first);
      clock.now += FAILURE_CACHE_MS - 1;
      expect(await reader.read('1')).toEqual(first);
      expect(await reader.refetch('1')).toEqual(first);
      expect(server.asked).toHaveLength(2);
      clock.now += 1;
      expect(await reader.read('1')).toEqual(second);
    },
  );

  it('is used on for so long and no longer', async () => {
    await using server = await aServer(stored(first), outage);
    const { reader, clock } = aReader(server);
    await reader.read('1');
    clock.now = MAX_STALE_MS - 1;
    expect(await reader.read('1')).toEqual(first);
    clock.now = MAX_STALE_MS + FAILURE_CACHE_MS;
    await expect(reader.read('1')).rejects.toThrow();
    expect(server.asked).toHaveLength(3);
  });

  it.each([
    { title: 'has been deleted', reply: missing },
    { title: 'is scheduled for deletion', reply: scheduledForDeletion },
  ])('is gone where it $title', async ({ reply }) => {
    await using server = await aServer(stored(first), reply);
    const { reader, clock } = aReader(server);
    await reader.read('1');
    clock.now = 1_000;
    expect(await reader.read('1')).toBeUndefined();
    expect(await reader.refetch('1')).toBeUndefined();
  });
});

describe('a secret that was never read', () => {
  it('fails with Secrets Manager, which is then left alone for a while', async () => {
    await using server = await aServer(outage, stored(first));
    const { reader, clock } = aReader(server);
    await expect(reader.read('1')).rejects.toThrow();
    clock.now = FAILURE_CACHE_MS - 1;
    await expect(reader.read('1')).rejects.toThrow();
    await expect(reader.refetch('1')).rejects.toThrow();
    expect(server.asked).toHaveLength(1);
    clock.now = FAILURE_CACHE_MS;
    expect(await reader.read('1')).toEqual(first);
  });

  it('is asked for once by all who wait for it', async () => {
    await using server = await aServer(stored(first));
    const { reader } = aReader(server);
    const answers = await Promise.all(Array.from({ length: 20 }, () => reader.read('1')));
    expect(answers).toEqual(Array.from({ length: 20 }, () => first));
    expect(server.asked).toHaveLength(1);
  });
});
