import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Language, LanguageTag } from '../../notes/translations/language.ts';

/** The settings of an organization that its pages use. */
export type PageSettings = { language: Language; timeZone: string };

/**
 * The two settings alone. The whole schema loads Liquid and the rules of phone numbers, and an operator waits for the
 * cold start. The deployment has checked the files.
 */
const PageSettings = z.looseObject({
  language: LanguageTag.default('en'),
  timeZone: z.string().default('Europe/Stockholm'),
});

/** Reads the settings of an organization from a directory of settings, else its default. Each file is read once. */
export function createPageSettings(directory: string): (organization: string) => PageSettings {
  const known = new Map<string, PageSettings>();
  const read = (name: string): PageSettings | undefined => {
    const file = join(directory, `${name}.json`);
    return existsSync(file) ? PageSettings.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  };
  return (organization) => {
    const settings = known.get(organization) ?? read(organization) ?? read('default') ?? PageSettings.parse({});
    if (known.size < MOST_KNOWN) known.set(organization, settings);
    return settings;
  };
}

/** Organizations whose settings are kept in memory. Only those with a valid link get here. */
const MOST_KNOWN = 1_000;
