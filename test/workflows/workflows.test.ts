import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { project, readText } from '../docs/pages.ts';
import { readWorkflow, stepsOf } from './workflow.ts';

const folder = '.github/workflows';
const files = readdirSync(join(project, folder)).map((name) => ({ path: `${folder}/${name}` }));

describe.each(files)('$path', ({ path }) => {
  const workflow = readWorkflow(path);
  const steps = Object.values(workflow.jobs).flatMap(stepsOf);

  it('may only read the code, but for what a job says', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('names the version of every action', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);

    expect(actions.filter((action) => !/@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
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
  const runs = stepsOf(jobs.deploy).map(({ run, uses }) => run ?? uses ?? '');
  const at = (part: string) => runs.findIndex((run) => run.includes(part));

  it('is for tags only, and begins with the gate', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs.check).toEqual({ uses: './.github/workflows/check.yml' });
    expect([jobs.deploy?.needs, jobs.release?.needs]).toEqual(['check', 'deploy']);
  });

  it('takes its role by the subject that the runbook names', () => {
    expect(jobs.deploy).toMatchObject({ environment: 'prod', permissions: { contents: 'read', 'id-token': 'write' } });
    expect(readText('docs/operations.md')).toContain('"repo:<owner>/<repository>:environment:prod"');
  });

  it('synthesizes once, before it has any credentials, and compares and deploys that assembly', () => {
    const order = ['notes.ts', 'cdk synth', 'configure-aws-credentials', 'cdk diff', 'cdk deploy'].map(at);

    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(runs.filter((run) => run.includes('cdk synth'))).toHaveLength(1);
    for (const run of runs.filter((run) => /cdk (diff|deploy)/.test(run)))
      expect(run).toContain('--app cdk.out "$STACK"');
    expect(runs[at('cdk diff')]).toContain('--fail-on destructive');
  });

  it('publishes with no more than the right to do so', () => {
    expect(jobs.release).toMatchObject({ permissions: { contents: 'write' } });
  });
});
