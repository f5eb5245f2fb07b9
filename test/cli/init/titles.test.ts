import { describe, expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { propose } from '../../../cli/init/propose.ts';
import { toPlan } from '../../../shared/mapping/plan/plan.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { languages } from '../../../shared/notes/translations/language.ts';
import { conversationOf, coreMetadata, coreWith, defaultSettings } from '../../support/mapping/builders.ts';

function planOf(conversation: Record<string, unknown>, settings: Settings, metadata = coreMetadata) {
  return toPlan(conversationOf({ id: 1234567890, ...conversation }), settings, metadata, '2024-02-22T16:00:00.000Z');
}

describe('titles that init writes', () => {
  it.each(languages)('say who asked what in the language %s', (language) => {
    const settings = Settings.parse({ ...propose(coreMetadata, ['helpdesk'], language).settings, language });
    const { title } = planOf({}, settings).create;
    expect(title).toMatch(/^Erika Beispiel\s?: Hello, I have a question\. · #1234567890$/);
    expect(planOf({ contact: null, transcript: [] }, settings).create.title).toMatch(
      /^(?=.*Userlike)\p{Lu}.* · #1234567890$/u,
    );
    expect(findingsFor(settings, coreMetadata)).toEqual([]);
  });

  it('use the language of the notes', () => {
    const settings = Settings.parse(propose(coreMetadata, ['helpdesk'], 'de').settings);
    const nothing = { contact: null, transcript: [] };
    expect(planOf(nothing, settings).create.title).toBe('Userlike-Unterhaltung · #1234567890');
  });

  it('are those of the default settings', () => {
    const [proposed] = Settings.parse(propose(coreMetadata, ['helpdesk']).settings).instances;
    const [standard] = defaultSettings.instances;
    expect(proposed?.properties.title).toEqual(standard?.properties.title);
    expect(proposed?.properties.description).toEqual(standard?.properties.description);
  });

  it.each([
    { length: 30, title: /^Erika Beispi.*… · #1234567890$/ },
    { length: 29, title: /^Userlike 1234567890$/ },
    { length: 18, title: /^1234567890$/ },
  ])('fit a property of $length characters', ({ length, title }) => {
    const metadata = coreWith('helpdesk', 'title', { length });
    const settings = Settings.parse(propose(metadata, ['helpdesk']).settings);
    expect(planOf({}, settings, metadata).create.title).toMatch(title);
  });
});

it('a question is whole if Lime has room for it, and never longer than the limit', () => {
  const transcript = [{ id: '7.1.1', sender: { type: 'contact' }, body: 'word '.repeat(5_000) }];
  const described = (length: number | undefined) => {
    const metadata = coreWith('helpdesk', 'description', { length });
    const settings = Settings.parse(propose(metadata, ['helpdesk']).settings);
    return String(planOf({ transcript }, settings, metadata).create.description).length;
  };
  expect(described(30_000)).toBe(25_000);
  expect(described(1_000)).toBe(995);
  expect(described(undefined)).toBe(10_000);
});
