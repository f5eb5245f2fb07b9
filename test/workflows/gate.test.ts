import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { project } from '../docs/pages.ts';
import { sharedAssembly } from '../support/assembly.ts';

const Resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() });
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });
type Resources = z.infer<typeof Template>['Resources'];

let assembly: string;
let deployed: z.infer<typeof Template>;
beforeAll(async () => {
  assembly = await sharedAssembly();
  const [file = ''] = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
  deployed = Template.parse(JSON.parse(readFileSync(join(assembly, file), 'utf8')));
});

/** What the pipeline's comparison says where something else was deployed before: its exit code. */
function gate(before: (resources: Resources) => Resources): number | null {
  const file = join(mkdtempSync(join(tmpdir(), 'gate-')), 'deployed.json');
  writeFileSync(file, JSON.stringify({ ...deployed, Resources: before(structuredClone(deployed.Resources)) }));
  const cdk = join(project, 'node_modules/aws-cdk/bin/cdk');
  const options = ['--app', assembly, '--template', file, '--fail-on', 'destructive', '--no-notices'];
  return spawnSync(process.execPath, [cdk, 'diff', ...options], { cwd: project }).status;
}

function ofType(resources: Resources, type: string) {
  return Object.values(resources).filter(({ Type }) => Type === type);
}

describe('the gate before a deployment, which is the CDK of this lockfile', () => {
  it.each([
    {
      title: 'lets a change in place through',
      before: (resources: Resources) => {
        for (const { Properties } of ofType(resources, 'AWS::Lambda::Function'))
          Object.assign(Properties ?? {}, { Timeout: 3 });
        return resources;
      },
      code: 0,
    },
    {
      title: 'stops where the ledger would be replaced',
      before: (resources: Resources) => {
        for (const { Properties } of ofType(resources, 'AWS::DynamoDB::Table'))
          Object.assign(Properties ?? {}, { KeySchema: [{ AttributeName: 'old', KeyType: 'HASH' }] });
        return resources;
      },
      code: 1,
    },
    {
      title: 'stops where a queue would be deleted',
      before: (resources: Resources) => ({ ...resources, Former: { Type: 'AWS::SQS::Queue' } }),
      code: 1,
    },
  ])('$title', ({ before, code }) => {
    expect(gate(before)).toBe(code);
  });
});
