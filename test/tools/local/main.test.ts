import { createServer } from 'node:http';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processesWith } from '../../../tools/harness/processes.ts';
import { createClients, embeddedAccess } from '../../../tools/local/aws.ts';
import { startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { listen } from '../../../tools/local/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { type Run, startMain, startRun } from '../../support/run.ts';
import { type FixtureAssembly, fixtureAssembly } from '../../support/tools/fixture-assembly.ts';

const LIME = { LIME_URL: 'http://127.0.0.1:9/lime', LIME_API_KEY: 'key' };

async function functionProcesses(awsEndpoint: string): Promise<{ pid: number; name: string }[]> {
  const processes = await processesWith('AWS_ENDPOINT_URL', awsEndpoint);
  return processes.map(({ pid, environment }) => ({ pid, name: environment.AWS_LAMBDA_FUNCTION_NAME ?? '' }));
}

describe('the local run', () => {
  let assembly: FixtureAssembly;
  beforeAll(async () => {
    assembly = await fixtureAssembly();
  });
  afterAll(async () => assembly[Symbol.asyncDispose]());

  const start = (variables: Record<string, string> = {}): Promise<Run> =>
    startRun({ assembly: assembly.directory, variables: { ...LIME, ...variables } });

  it('prints only the ready line on stdout, once everything listens', async () => {
    await using run = await start({ ORGANIZATION: '7' });
    const { port } = new URL(run.endpoint);
    const response = await fetch(`${run.endpoint}/x`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });

    expect(response.status).toBe(200);
    expect(run.stdout()).toBe(`ready http://127.0.0.1:${port}/7`);
    expect(run.stderr().split('\n')[0]).toBe('starting the functions');
  });

  it('has a process for each function before it is ready, found by the name in its environment', async () => {
    await using run = await start();
    const names = (await functionProcesses(run.awsEndpoint)).map(({ name }) => name);

    expect(names.toSorted()).toEqual(['fixture-ApiFunction', 'fixture-WorkerFunction']);
  });

  it('listens on the loopback address only', async () => {
    await using run = await startRun({ assembly: assembly.directory });
    const elsewhere = [run.endpoint, run.limeUrl, run.awsEndpoint].map((url) => url.replace('127.0.0.1', '127.0.0.2'));
    const answers = await Promise.allSettled(elsewhere.map((url) => fetch(url)));

    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends by itself after %s, functions included', async (signal) => {
    const run = await start();
    run.signal(signal);

    expect(await run.exited).toBe(0);
    expect(await functionProcesses(run.awsEndpoint)).toEqual([]);
  });

  it('takes its functions along when it is killed, even busy ones', async () => {
    const run = await start();
    const call = fetch(run.endpoint, {
      method: 'POST',
      body: JSON.stringify({ say: 'called', hang: 60_000 }),
      headers: { 'content-type': 'application/json' },
    });
    await run.log(({ message }) => message === 'called');
    run.signal('SIGKILL');
    await expect(call).rejects.toThrow('fetch failed');
    await run.exited;

    await eventually(async () => expect(await functionProcesses(run.awsEndpoint)).toEqual([]));
  });

  it('ends with the program that holds its channel', async () => {
    const run = await start();
    run.leave();

    expect(await run.exited).toBe(0);
    expect(await functionProcesses(run.awsEndpoint)).toEqual([]);
  });

  it('replaces a function that is killed', async () => {
    await using run = await start();
    const [before] = (await functionProcesses(run.awsEndpoint)).filter(({ name }) => name.includes('Worker'));
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await run.log(({ message }) => message === 'a process ended and is replaced');

    await eventually(async () => {
      const after = (await functionProcesses(run.awsEndpoint)).filter(({ name }) => name.includes('Worker'));
      expect(after).toHaveLength(1);
      expect(after[0]?.pid).not.toBe(before?.pid);
    });
  });

  it('shares another emulator with other runs, its queues its own', async () => {
    const emulators = await startEmulators();
    const clients = createClients(embeddedAccess(emulators.url));
    const variables = { AWS_ENDPOINT_URL: emulators.url };
    await using first = await start(variables);
    await using second = await start(variables);
    const { QueueUrls = [] } = await clients.sqs.send(new ListQueuesCommand());
    clients.destroy();

    expect([first.awsEndpoint, second.awsEndpoint]).toEqual([emulators.url, emulators.url]);
    expect(QueueUrls).toHaveLength(4);
    await Promise.all([first.stop(), second.stop()]);
    await emulators.close();
  });

  it.each([
    { title: 'endpoint', variables: (port: number) => ({ ...LIME, PORT: String(port) }), variable: 'PORT' },
    { title: 'sandbox', variables: (port: number) => ({ SANDBOX_PORT: String(port) }), variable: 'SANDBOX_PORT' },
  ])('names a busy port of the $title in one line', async ({ variables, variable }) => {
    const busy = await listen(createServer(), 0);
    const main = startMain({ variables: variables(busy.port), flags: ['--assembly', assembly.directory] });

    expect(await main.exited).toBe(1);
    expect(main.stderr()).toBe(
      `Port ${busy.port} is in use: choose another with ${variable} or --${variable.toLowerCase().replace('_', '-')}, or end what listens there.`,
    );
    await busy.close();
  });

  it('refuses an unsupported template without a stack trace', async () => {
    await using unknown = await fixtureAssembly((resources) => {
      resources.Bus = { Type: 'AWS::Events::EventBus' };
    });
    const main = startMain({ variables: LIME, flags: ['--assembly', unknown.directory] });

    expect(await main.exited).toBe(1);
    expect(main.stderr()).toContain('Bus: resource type AWS::Events::EventBus is not known to the local run');
    expect(main.stderr()).not.toContain('    at ');
  });

  it('ends if a function cannot be loaded', async () => {
    await using broken = await fixtureAssembly(undefined, { api: 'throw new Error("broken bundle");' });
    const main = startMain({ variables: LIME, flags: ['--assembly', broken.directory] });

    expect(await main.exited).toBe(1);
    expect(main.stderr()).toContain('broken bundle');
  });
});
