import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { budgetKilobytes } from '../../tools/sizes/bundles.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const project = join(import.meta.dirname, '../..');
const bundles = new Map<string, string>();

beforeAll(() => {
  const { template, directory } = synthesize({
    'aws:cdk:bundling-stacks': ['**'],
    'aws:cdk:enable-asset-metadata': true,
  });
  for (const name of ['Intake', 'Mapper', 'Link']) {
    const { id } = resource(template, 'AWS::Lambda::Function', name);
    const asset = template.findResources('AWS::Lambda::Function')[id]?.Metadata['aws:asset:path'];
    bundles.set(name, join(directory, asset));
  }
});

function bundleOf(name: string): string {
  return bundles.get(name) ?? '';
}

/** Variables as Lambda sets them; no module may need more than these to be loaded. */
const environment = {
  PATH: process.env.PATH,
  AWS_REGION: 'eu-central-1',
  SECRETS_PREFIX: 'userlike-lime/prod',
  METRICS_NAMESPACE: 'UserlikeLime/prod',
  QUEUE_URL: 'https://sqs.example/queue',
  INTERACTIVE_QUEUE_URL: 'https://sqs.example/interactive',
  DLQ_URL: 'https://sqs.example/dead-letters',
  LEDGER_TABLE: 'ledger',
  LIME_HOSTS: 'lime-crm.com',
  LIME_REQUESTS_PER_SECOND: '9',
  MAPPERS: '8',
  MAX_RECEIVES: '300',
  TIMEOUT_SECONDS: '60',
};

const functions = [
  { name: 'Intake', budget: budgetKilobytes.intake },
  { name: 'Mapper', budget: budgetKilobytes.mapper },
  { name: 'Link', budget: budgetKilobytes.link },
];

describe.each(functions)('bundle of $name', ({ name, budget }) => {
  it('is within its budget, which npm run sizes shows by package', () => {
    expect(statSync(join(bundleOf(name), 'index.mjs')).size).toBeLessThanOrEqual(budget * 1_000);
  });

  it('exports its handler where no package of the project can be found', () => {
    const module = JSON.stringify(pathToFileURL(join(bundleOf(name), 'index.mjs')));
    const script = `process.stdout.write(typeof (await import(${module})).handler)`;

    const type = execFileSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-e', script], {
      cwd: bundleOf(name),
      env: environment,
      encoding: 'utf8',
    });

    expect(type).toBe('function');
  });

  it('has a source map that carries no source text', () => {
    expect(JSON.parse(readFileSync(join(bundleOf(name), 'index.mjs.map'), 'utf8'))).not.toHaveProperty(
      'sourcesContent',
    );
  });
});

describe('settings', () => {
  it.each([{ name: 'Mapper' }, { name: 'Link' }])('are in the bundle of $name as in the project', ({ name }) => {
    const files = readdirSync(join(project, 'settings'));

    expect(readdirSync(join(bundleOf(name), 'settings'))).toEqual(files);
    for (const file of files) {
      expect(readFileSync(join(bundleOf(name), 'settings', file))).toEqual(
        readFileSync(join(project, 'settings', file)),
      );
    }
  });

  it('are not in the bundle of Intake', () => {
    expect(statSync(join(bundleOf('Intake'), 'settings'), { throwIfNoEntry: false })).toBeUndefined();
  });
});
