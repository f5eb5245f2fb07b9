import type { EntryOptions } from '../notes/entries.ts';
import type { Language } from '../notes/translations/language.ts';
import type { Instance } from './settings/instance.ts';
import type { Settings } from './settings/settings.ts';

/** The contents and the language of an instance's notes. */
export function noteOptionsOf(
  instance: Instance,
  settings: Settings,
  language: Language = languageOf(instance, settings),
): EntryOptions {
  const { includeNotifications, sections } = instance.history;
  return { timeZone: settings.timeZone, language, includeNotifications, sections };
}

/** The language of an instance's notes. */
export function languageOf({ history }: Instance, { language }: Settings): Language {
  return history.language ?? language;
}
