import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { sharedDirectory } from '../assembly.ts';

/**
 * The stack as it is deployed where nothing is chosen, synthesized once for the whole `npm test`: the CDK takes seconds
 * to load, in each test file anew.
 */
export async function deployedTemplate(): Promise<Template> {
  const file = join(sharedDirectory(), 'deployed.template.json');
  if (!existsSync(file)) {
    const { synthesize } = await import('./synthesize.ts');
    const part = `${file}.${process.pid}`;
    writeFileSync(part, JSON.stringify(synthesize().template.toJSON()));
    renameSync(part, file);
  }
  return Template.fromJSON(JSON.parse(readFileSync(file, 'utf8')));
}
