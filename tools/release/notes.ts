import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notesOf } from './changelog.ts';

const [tag = ''] = process.argv.slice(2);
process.stdout.write(notesOf(await readFile(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8'), tag));
