import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Settings } from '../../shared/mapping/settings/settings.ts';
import { Conversation } from '../../shared/userlike/conversation.ts';

/** A conversation with the settings that it meets, as the files in `test/cases` hold them. */
export const CaseFile = z.object({
  title: z.string(),
  settings: z
    .union([z.literal('default').transform((): unknown => JSON.parse(defaultSettings())), z.looseObject({})])
    .pipe(Settings),
  conversation: Conversation,
});
export type CaseFile = z.infer<typeof CaseFile>;

function defaultSettings(): string {
  return readFileSync(new URL('../../settings/default.json', import.meta.url), 'utf8');
}
