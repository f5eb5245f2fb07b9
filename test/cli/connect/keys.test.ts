import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConnection } from '../../support/cli/a-connection.ts';

let connection: Awaited<ReturnType<typeof aConnection>>;
beforeEach(async () => {
  connection = await aConnection();
});
afterEach(() => connection[Symbol.asyncDispose]());

describe('connect', () => {
  it('keeps the keys of the add-on and of hashes when it is repeated, and shows none', async () => {
    await connection.connect();
    const before = await connection.addon();
    const lime = await connection.stored('lime');
    const { code, stdout } = await connection.connect();

    expect(code).toBe(0);
    expect(await connection.addon()).toEqual(before);
    expect(await connection.stored('lime')).toEqual(lime);
    expect(stdout).not.toContain(before.key);
    expect(stdout).toContain('API key:      unchanged; --rotate replaces it');
  });

  it('creates a new key beside the former one with --rotate, and keeps the link key', async () => {
    await connection.connect();
    const before = await connection.addon();
    const { stdout } = await connection.connect(['--rotate']);
    const after = await connection.addon();

    expect(after).toEqual({ key: expect.any(String), previousKey: before.key, linkKey: before.linkKey });
    expect(after.key).not.toBe(before.key);
    expect(stdout).toContain(after.key);
    expect(stdout).not.toContain(before.key);
  });

  it('creates a new link key beside the former one with --rotate-link-key, and keeps the add-on key', async () => {
    await connection.connect();
    const before = await connection.addon();
    const { code, stdout } = await connection.connect(['--rotate-link-key']);
    const after = await connection.addon();

    expect(code).toBe(0);
    expect(after).toEqual({ key: before.key, linkKey: expect.any(String), previousLinkKey: before.linkKey });
    expect(after.linkKey).not.toBe(before.linkKey);
    expect(stdout).toContain('unchanged; --rotate replaces it');
    expect(stdout).toContain('Former links work until the next --rotate-link-key.');
    for (const key of [before.key, before.linkKey, after.linkKey]) expect(stdout).not.toContain(key);
  });

  it('keeps each former key until its own next rotation', async () => {
    await connection.connect();
    const first = await connection.addon();
    await connection.connect(['--rotate', '--rotate-link-key']);
    const second = await connection.addon();
    await connection.connect(['--rotate']);
    const third = await connection.addon();

    expect(second).toMatchObject({ previousKey: first.key, previousLinkKey: first.linkKey });
    expect(third).toMatchObject({ previousKey: second.key, previousLinkKey: first.linkKey, linkKey: second.linkKey });
  });

  it.each([
    { title: 'a key of one character', secret: { key: 'a' }, flag: '--rotate' },
    { title: 'a link key of one letter', secret: { linkKey: 'b'.repeat(16) }, flag: '--rotate-link-key' },
  ])('refuses $title, changes nothing, and says which flag replaces it', async ({ secret, flag }) => {
    await connection.connect();
    const weak = { ...(await connection.addon()), ...secret };
    await connection.putAddon(weak);
    const refused = await connection.connect();

    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`with ${flag}`)]);
    expect(refused.stderr).not.toContain('stored');
    expect(await connection.addon()).toEqual(weak);
    expect(await connection.connect([flag])).toMatchObject({ code: 0 });
  });

  it('does not overwrite a secret that is invalid', async () => {
    await connection.connect();
    await connection.putAddon({ key: 'k' });
    const { code, stderr } = await connection.connect(['--rotate']);

    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('the secret userlike-lime/test/4711/addon cannot be used: linkKey'),
    ]);
    expect(await connection.stored('addon')).toEqual({ key: 'k' });
  });
});
