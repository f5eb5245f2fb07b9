import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { createFunctions, type LocalFunction } from '../../../../tools/local/lambda/functions.ts';
import type { Outcome } from '../../../../tools/local/lambda/protocol.ts';
import { readAssembly } from '../../../../tools/local/template/assembly.ts';
import { identify, pseudoParameters } from '../../../../tools/local/template/identities.ts';
import { createResolver } from '../../../../tools/local/template/intrinsics.ts';
import { readResources, resolveAll } from '../../../../tools/local/template/resources.ts';
import { aDirectory } from '../../../support/a-directory.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FixtureAssembly, fixtureAssembly } from '../../../support/tools/fixture-assembly.ts';

const Answer = z.looseObject({ pid: z.number() });

const ACCESS = { endpoint: 'http://127.0.0.1:9', region: 'eu-central-1', accessKeyId: 'id', secretAccessKey: 'secret' };

/** Waits for a file that its event names. */
const WAITING = `
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
export const handler = async ({ body }) => {
  console.log('waiting');
  while (!existsSync(JSON.parse(body).until)) await sleep(10);
  return { pid: process.pid };
};
`;

describe('a function', () => {
  let assembly: FixtureAssembly | undefined;
  let functions: LocalFunction[] = [];
  let lines: string[] = [];

  const create = async (
    change: (properties: Record<string, unknown>) => void = () => {},
    code: Record<string, string> = {},
  ): Promise<LocalFunction> => {
    lines = [];
    assembly = await fixtureAssembly((resources) => change(resources.ApiFunction?.Properties ?? {}), code);
    const { template, codeDirectory } = await readAssembly(assembly.directory);
    const resources = readResources(template);
    const queues = new Map([['Queue', { ref: 'http://127.0.0.1:9/0/queue', attributes: { Arn: 'arn' } }]]);
    const nameOf = ({ id }: { id: string }) => `fixture-${id}`;
    const identities = identify({ template, resources, queues, nameOf, region: 'eu-central-1', endpoint: '' });
    const resolve = createResolver({ parameters: {}, pseudo: pseudoParameters('fixture', 'eu-central-1'), identities });
    functions = await createFunctions({
      functions: resolveAll('AWS::Lambda::Function', resources, resolve).filter(({ id }) => id === 'ApiFunction'),
      eventSources: [],
      integrations: resolveAll('AWS::ApiGatewayV2::Integration', resources, resolve),
      identities,
      codeDirectory,
      aws: ACCESS,
      timeScale: 0.5,
      environment: {
        PATH: process.env.PATH,
        HOME: '/home/someone',
        AWS_SECRET_ACCESS_KEY: 'real',
        NODE_OPTIONS: '--no-warnings',
      },
      log: (_, message) => lines.push(message),
      onLine: (line) => lines.push(line),
    });
    const [created] = functions;
    if (created === undefined) throw new Error('the fixture has no ApiFunction');
    return created;
  };
  afterEach(async () => {
    await Promise.all(functions.map(({ pool }) => pool.stop(0)));
    await assembly?.[Symbol.asyncDispose]();
  });

  const call = (created: LocalFunction, body: unknown): Promise<Outcome> =>
    created.pool.invoke({ body: JSON.stringify(body) });
  const returned = async (created: LocalFunction, body: unknown): Promise<unknown> => {
    const outcome = await call(created, body);
    return outcome.type === 'result' ? JSON.parse(outcome.payload) : outcome;
  };

  const pidOf = async (created: LocalFunction, body: unknown): Promise<number> =>
    Answer.parse(await returned(created, body)).pid;

  it('has the environment of the template and of Lambda, and nothing else', async () => {
    const created = await create();
    const environment = await returned(created, { environment: true });

    expect(environment).toEqual({
      PATH: process.env.PATH,
      QUEUE_URL: 'http://127.0.0.1:9/0/queue',
      TABLE: 'fixture-Table',
      SECRETS_PREFIX: 'fixture/local',
      TIME_SCALE: '0.5',
      ALLOW_ANY_LIME_URL: 'true',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'fixture-ApiFunction',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fixture-ApiFunction',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
      LAMBDA_TASK_ROOT: `${assembly?.directory}/asset.api`,
      _HANDLER: 'handler',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
      LANG: 'en_US.UTF-8',
      TZ: 'UTC',
    });
  });

  it('is called with the event and a context', async () => {
    const created = await create();

    expect(await returned(created, { a: 'ä' })).toMatchObject({
      event: { body: '{"a":"ä"}' },
      context: {
        awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
        functionName: 'fixture-ApiFunction',
        invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:fixture-ApiFunction',
        memoryLimitInMB: '256',
        remaining: expect.any(Number),
      },
    });
  });

  it('has one invocation at a time in each process, up to four processes, and lets others wait', async () => {
    await using directory = await aDirectory();
    const created = await create(undefined, { api: WAITING });
    const until = directory.path('go on');
    const pids = Promise.all(Array.from({ length: 6 }, () => pidOf(created, { until })));
    await eventually(() => expect(lines.filter((line) => line.includes('"waiting"'))).toHaveLength(4));
    await directory.write('go on', '');

    expect(new Set(await pids).size).toBe(4);
  });

  it('uses one process while that is enough', async () => {
    const created = await create();
    const pids = new Set<unknown>();
    for (let count = 0; count < 3; count += 1) pids.add(await pidOf(created, {}));

    expect(pids.size).toBe(1);
  });

  it('has no more processes than its reserved concurrency', async () => {
    const created = await create((properties) => {
      properties.ReservedConcurrentExecutions = 1;
    });

    expect(created.spec.concurrency).toBe(1);
  });

  it('returns what the handler throws, and goes on', async () => {
    const created = await create();

    expect(await call(created, { fail: true })).toEqual({
      type: 'error',
      errorType: 'RangeError',
      errorMessage: 'as asked',
    });
    expect(await call(created, {})).toMatchObject({ type: 'result' });
    expect(lines.filter((line) => line.includes('RangeError'))).toHaveLength(1);
  });

  it.each([
    { title: 'answers what Lambda carries', bytes: 6_291_556 - 2, type: 'result' },
    {
      title: 'fails with one byte more',
      bytes: 6_291_556 - 1,
      type: 'error',
      errorType: 'Function.ResponseSizeTooLarge',
    },
  ])('$title', async ({ title: _, bytes, ...outcome }) => {
    const created = await create(undefined, { api: `export const handler = () => 'a'.repeat(${bytes});` });

    expect(await call(created, {})).toMatchObject(outcome);
    expect(lines.filter((line) => line.includes('maximum allowed payload size'))).toHaveLength(
      outcome.type === 'error' ? 1 : 0,
    );
  });

  it('loses an invocation with its process, and replaces the process', async () => {
    const created = await create();

    expect(await call(created, { crash: true })).toMatchObject({ type: 'error', errorType: 'Runtime.ExitError' });
    expect(await call(created, {})).toMatchObject({ type: 'result' });
  });

  it('is ended after the timeout of the template', async () => {
    const created = await create((properties) => {
      properties.Timeout = 1;
    });
    await created.pool.start();

    expect(await call(created, { hang: 600_000 })).toMatchObject({ type: 'error', errorType: 'Sandbox.Timedout' });
    // On a busy machine the next one may take a second too.
    await eventually(async () => expect(await call(created, {})).toMatchObject({ type: 'result' }));
  });

  it('does not start if its bundle cannot be loaded', async () => {
    const created = await create(undefined, { api: 'export const other = 1;' });

    await expect(created.pool.start()).rejects.toThrow('fixture-ApiFunction could not be loaded');
    expect(await call(created, {})).toMatchObject({ type: 'error', errorType: 'Runtime.InitError' });
  });

  it('writes only JSON lines', async () => {
    const created = await create(undefined, {
      api: `export const handler = () => { console.log('plain'); console.log('{"level":"INFO"}'); };`,
    });
    await call(created, {});
    await eventually(() => expect(lines).toHaveLength(2));

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'INFO', function: 'fixture-ApiFunction', message: 'plain' },
      { level: 'INFO' },
    ]);
  });

  it.each([
    { title: 'another language', property: 'Runtime', value: 'python3.13', problem: 'only Node.js' },
    { title: 'another Node', property: 'Runtime', value: 'nodejs22.x', problem: 'nodejs22.x was asked for' },
    {
      title: 'code that is not there',
      property: 'Code',
      value: { S3Bucket: 'b', S3Key: 'none.zip' },
      problem: 'none.zip',
    },
    {
      title: 'a module that is not there',
      property: 'Handler',
      value: 'other.handler',
      problem: 'ApiFunction.Handler',
    },
    { title: 'layers', property: 'Layers', value: ['arn'], problem: 'ApiFunction.Layers' },
    { title: 'a VPC', property: 'VpcConfig', value: {}, problem: 'ApiFunction.VpcConfig' },
  ])('is refused with $title', async ({ property, value, problem }) => {
    const created = create((properties) => {
      properties[property] = value;
    });

    await expect(created).rejects.toThrow(problem);
  });
});
