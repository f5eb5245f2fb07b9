import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly } from '../local/template/assembly.ts';
import { widgetsOf } from './body.ts';
import { drawDashboard } from './picture.ts';

const project = join(import.meta.dirname, '../..');
const { template } = await readAssembly(join(project, 'cdk.out'));
await writeFile(join(project, 'docs/dashboard.svg'), drawDashboard(widgetsOf(template)));
