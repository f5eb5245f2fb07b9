import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { pages, project, readText } from '../docs/pages.ts';
import { synthesize } from '../support/infra/synthesize.ts';

/** The stage files of somebody who uses every option. */
const stages = mkdtempSync(join(tmpdir(), 'stages-'));
for (const stage of ['prod', 'test']) copyFileSync(join(project, 'stages/example.json'), join(stages, `${stage}.json`));

/** Each `npx cdk deploy` of the documentation, with the first page that has it. */
const found = pages.flatMap((page) =>
  [...readText(page).matchAll(/npx cdk deploy((?: (?:-c|--context)[ =][^\s`]+)*)/g)].map(([command, flags = '']) => ({
    page,
    command,
    context: Object.fromEntries(
      [...flags.matchAll(/(?:-c|--context)[ =]([^\s=]+)=(\S+)/g)].map(([, key, value]) => [key, value]),
    ),
  })),
);

const commands = found.filter(({ command }, index) => found.findIndex((one) => one.command === command) === index);

const Statements = z.looseObject({
  PolicyDocument: z.looseObject({
    Statement: z.array(z.looseObject({ Effect: z.string(), Action: z.unknown(), Resource: z.unknown() })),
  }),
});

/** Everything that a deployment could take away: resources with their types, and single grants. */
function inventory(template: Template): string[] {
  return Object.entries(
    z
      .record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() }))
      .parse(template.toJSON().Resources),
  ).flatMap(([id, { Type, Properties }]) => {
    const policy = Type === 'AWS::IAM::Policy' ? Statements.parse(Properties).PolicyDocument.Statement : [];
    const grants = policy.flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((on) => `${id} ${action} ${JSON.stringify(on)}`)),
    );
    return [`${Type} ${id}`, ...grants];
  });
}

describe('a deploying command of the documentation', () => {
  const deployed = inventory(synthesize({ stage: 'prod' }, 'Stage', stages).template);

  it('is found in the runbook more than once', () => {
    expect(found.filter(({ page }) => page === 'docs/operations.md').length).toBeGreaterThan(3);
    expect(deployed.length).toBeGreaterThan(80);
    expect(deployed.some((one) => one.startsWith('AWS::SNS::Subscription '))).toBe(true);
  });

  it.each(commands)('removes nothing from a stage with every option: $command in $page', ({ context }) => {
    const next = inventory(synthesize({ stage: 'prod', ...context }, 'Stage', stages).template);

    expect(deployed.filter((one) => !next.includes(one))).toEqual([]);
  });
});
