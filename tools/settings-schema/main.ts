/** Writes the JSON Schema of the settings: `npm run settings-schema`. */
import { writeFile } from 'node:fs/promises';
import { settingsSchemaText } from './schema.ts';

await writeFile(new URL('../../docs/settings.schema.json', import.meta.url), settingsSchemaText());
