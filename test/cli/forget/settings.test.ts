import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settingsDirectoryOf } from '../../../cli/forget/settings.ts';
import { creationKey } from '../../../shared/delivery/relations/creation-key.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { aBridge } from '../../support/cli/a-bridge.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';

const forget = ['forget', '--organization', '108905', '--contact', 'ada@example.org'];

const hashKey = 'the hash key of the tests';

async function aCheckout(context: Record<string, string>) {
  const directory = await aDirectory();
  await directory.write('cdk.json', { context });
  return directory;
}

describe('the settings that are deployed', () => {
  it.each([
    { title: 'what is typed', typed: 'typed', variable: 'variable', context: { settingsDirectory: 'x' }, is: 'typed' },
    {
      title: 'the variable',
      typed: undefined,
      variable: 'variable',
      context: { settingsDirectory: 'x' },
      is: 'variable',
    },
  ])('are those of $title, relative to the working directory', async ({ typed, variable, context, is }) => {
    await using checkout = await aCheckout(context);
    const directory = settingsDirectoryOf(typed, { SETTINGS_DIRECTORY: variable }, checkout.path('.'));
    expect(directory).toBe(resolve(is));
  });

  it.each([
    { title: 'cdk.json', context: { settingsDirectory: 'mine' }, is: 'mine' },
    { title: 'nobody: settings/', context: {}, is: 'settings' },
  ])('are those of $title, relative to the checkout', async ({ context, is }) => {
    await using checkout = await aCheckout(context);
    expect(settingsDirectoryOf(undefined, { SETTINGS_DIRECTORY: '' }, checkout.path('.'))).toBe(checkout.path(is));
  });
});

describe('forget --contact', () => {
  it.each([
    { title: 'with the hash key of the organization', hashKey },
    { title: 'before it had a hash key', hashKey: undefined },
  ])(
    'erases the item of a person that was made $title, by settings from another directory',
    async ({ hashKey: used }) => {
      const key = creationKey('person', 'person', { rule: { as: 'email' }, normal: 'ada@example.org' }, used);
      const { instances, ...settings } = settingsOf({ instances: [anInstance()] });
      const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
      const person = { property: 'person', limetype: 'person', rules, create: { properties: {} } };
      await using directory = await aDirectory();
      const made = { ...settings, instances: instances.map((instance) => ({ ...instance, relations: { person } })) };
      await directory.write('default.json', made);
      await using bridge = await aBridge();
      await bridge.putItem(`108905#${key}`);
      await bridge.putLimeSecret('108905', { url: 'https://acme.lime-crm.com/acme', apiKey: 'key', hashKey });
      const { code, stdout } = await bridge.cli(...forget, '--settings-directory', directory.path('.'), '--yes');

      expect([code, stdout]).toEqual([0, expect.stringContaining('erased 0 records and 1 ledger item')]);
      expect(stdout).toContain(`created from the contact by the settings in ${directory.path('.')}`);
      expect(await bridge.ledgerKeys()).toEqual([]);
    },
  );

  it.each([
    { title: 'are none', files: {}, told: 'default.json is missing' },
    { title: 'cannot be used', files: { 'default.json': '{' }, told: 'default.json: is not JSON' },
    { title: 'are nowhere', files: undefined, told: 'cannot be read' },
  ])('is wrong usage with settings that $title', async ({ files, told }) => {
    await using directory = await aDirectory();
    await using bridge = await aBridge();
    if (files !== undefined) await mkdir(directory.path('mine'));
    for (const [name, content] of Object.entries(files ?? {})) await directory.write(`mine/${name}`, content);
    const { code, stderr } = await bridge.cli(...forget, '--settings-directory', directory.path('mine'));

    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    expect(stderr).toContain(`--settings-directory: ${directory.path('mine')}`);
  });
});
