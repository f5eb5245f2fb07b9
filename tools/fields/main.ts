/** Writes `docs/userlike-fields.md` and the conversations in `samples/`: `npm run fields`. */
import { writeFileSync } from 'node:fs';
import { fieldsPage } from './page.ts';
import { samples } from './samples.ts';

const root = new URL('../../', import.meta.url);
writeFileSync(new URL('docs/userlike-fields.md', root), fieldsPage());
for (const [name, conversation] of Object.entries(samples())) {
  writeFileSync(new URL(`samples/${name}`, root), `${JSON.stringify(conversation, undefined, 2)}\n`);
}
