/** Writes the JSON Schemas of the settings and of a stage file: `npm run schemas`. */
import { writeFile } from 'node:fs/promises';
import { settingsSchemaText } from './settings-schema.ts';
import { stageSchemaText } from './stage-schema.ts';

await writeFile(new URL('../../docs/settings.schema.json', import.meta.url), settingsSchemaText());
await writeFile(new URL('../../docs/stage.schema.json', import.meta.url), stageSchemaText());
