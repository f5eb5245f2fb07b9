import { expect, it } from '@jest/globals';
import { createPageSettings } from '../../../../shared/http/link/page-settings.ts';
import { loadSettings, settingsFor } from '../../../../shared/load-settings.ts';
import { aDirectory } from '../../../support/a-directory.ts';

it("a page has the language and the time zone of the organization's settings, else of the default", async () => {
  await using directory = await aDirectory();
  await directory.write('108905.json', { language: 'sv-SE', timeZone: 'Europe/Oslo', instances: [] });
  await directory.write('default.json', { language: 'de' });
  const settingsFor = createPageSettings(directory.path('.'));

  expect(settingsFor('108905')).toMatchObject({ language: 'sv', timeZone: 'Europe/Oslo' });
  expect(settingsFor('4711')).toMatchObject({ language: 'de', timeZone: 'Europe/Stockholm' });
});

it('a page reads the settings of the project as the mapper does', () => {
  const { language, timeZone } = settingsFor(loadSettings('settings'), '108905');

  expect(createPageSettings('settings')('108905')).toMatchObject({ language, timeZone });
});
