import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { sharedDirectory } from '../assembly.ts';

/** The default stack, synthesized once for all of `npm test`: loading the CDK takes seconds for each test file. */
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
