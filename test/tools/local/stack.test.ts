import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { AwsAccess } from '../../../cli/aws/access.ts';
import { type AwsClients, createClients, embeddedAccess } from '../../../tools/local/aws.ts';
import { startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { type Gateway, startGateway } from '../../../tools/local/gateway/gateway.ts';
import { startStack } from '../../../tools/local/stack.ts';
import { readAssembly } from '../../../tools/local/template/assembly.ts';
import { eventually } from '../../support/eventually.ts';
import { fixtureAssembly } from '../../support/tools/fixture-assembly.ts';

type Change = Parameters<typeof fixtureAssembly>[0];

const Batch = z.object({ pid: z.number(), bodies: z.array(z.looseObject({ n: z.number() })) });

describe('a stack', () => {
  let cleanup: AsyncDisposableStack;
  let access: AwsAccess;
  let clients: AwsClients;
  let gateway: Gateway;
  let lines: string[];
  let prefixes: string[];

  beforeEach(async () => {
    cleanup = new AsyncDisposableStack();
    lines = [];
    prefixes = [];
    const emulators = await startEmulators();
    cleanup.defer(emulators.close);
    access = embeddedAccess(emulators.url);
    clients = createClients(access);
    cleanup.defer(clients.destroy);
    gateway = await startGateway(0, () => {});
    cleanup.defer(gateway.close);
  });
  afterEach(() => cleanup.disposeAsync());

  const start = async (change?: Change): Promise<void> => {
    const assembly = cleanup.use(await fixtureAssembly(change));
    const stack = await startStack({
      assembly: await readAssembly(assembly.directory),
      gateway,
      clients,
      access,
      resourceSuffix: '-x1',
      timeScale: 1,
      environment: { PATH: process.env.PATH },
      log: () => {},
      onLine: (line) => lines.push(line),
      storeSecrets: async (prefix) => {
        prefixes.push(prefix);
      },
    });
    cleanup.defer(stack.stop);
  };
  const queueUrl = async (id: string): Promise<string> =>
    (await clients.sqs.send(new GetQueueUrlCommand({ QueueName: `fixture-${id}-x1` }))).QueueUrl ?? '';
  const send = async (body: unknown): Promise<void> => {
    await clients.sqs.send(
      new SendMessageCommand({ QueueUrl: await queueUrl('Queue'), MessageBody: JSON.stringify(body) }),
    );
  };
  const batches = () => lines.filter((line) => line.includes('"batch"')).map((line) => Batch.parse(JSON.parse(line)));

  it('calls its function over HTTP and hands records to the other', async () => {
    await start();
    const response = await fetch(`${gateway.url}/7`, { method: 'POST' });
    await send({ n: 1 });

    expect(await response.json()).toMatchObject({ event: { routeKey: 'POST /{proxy+}' } });
    await eventually(() => expect(batches().map(({ bodies }) => bodies)).toEqual([[{ n: 1 }]]));
  });

  it('asks once for the secrets below the prefix that functions are told', async () => {
    await start();

    expect(prefixes).toEqual(['fixture/local']);
  });

  it('receives a record as often as the template says, then moves it to the DLQ', async () => {
    await start((resources) => {
      Object.assign(resources.Queue?.Properties ?? {}, { VisibilityTimeout: 1 });
    });
    await send({ n: 1, fail: 'record' });
    const receive = new ReceiveMessageCommand({ QueueUrl: await queueUrl('Dead'), WaitTimeSeconds: 10 });

    await eventually(async () => {
      const { Messages = [] } = await clients.sqs.send(receive);
      expect(Messages.map(({ Body }) => Body)).toEqual(['{"n":1,"fail":"record"}']);
    });
    expect(batches()).toHaveLength(3);
  });

  it('throttles as the template says', async () => {
    await start((resources) => {
      Object.assign(resources.Stage?.Properties ?? {}, {
        DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 },
      });
    });
    const statuses: number[] = [];
    for (let calls = 0; calls < 3; calls += 1)
      statuses.push((await fetch(`${gateway.url}/7`, { method: 'POST' })).status);

    expect(statuses).toEqual([200, 200, 429]);
  });

  it('gives a route its own bucket if the template has settings for it', async () => {
    await start((resources) => {
      Object.assign(resources.Stage?.Properties ?? {}, {
        DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 },
        RouteSettings: { 'POST /7/{proxy+}': { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 } },
      });
      const { Route } = resources;
      if (Route !== undefined)
        resources.Named = { ...Route, Properties: { ...Route.Properties, RouteKey: 'POST /7/{proxy+}' } };
    });
    const statuses: number[] = [];
    for (const path of ['/7/a', '/7/b', '/8/a', '/8/a', '/8/a'])
      statuses.push((await fetch(`${gateway.url}${path}`, { method: 'POST' })).status);

    expect(statuses).toEqual([200, 429, 200, 200, 429]);
  });

  it('polls no queue of a disabled event source', async () => {
    await start((resources) => {
      Object.assign(resources.Records?.Properties ?? {}, { Enabled: false });
    });
    await send({ n: 1 });
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: await queueUrl('Queue'), WaitTimeSeconds: 1 }),
    );

    expect(Messages).toHaveLength(1);
  });

  it.each([
    {
      title: 'without a stage',
      id: 'Stage',
      properties: undefined,
      problem: 'one stage of an HTTP API was expected, there are 0',
    },
    {
      title: 'with a route to nowhere',
      id: 'Route',
      properties: { Target: 'integrations/none' },
      problem: 'Route.Target',
    },
    {
      title: 'with a key that is no route',
      id: 'Route',
      properties: { RouteKey: 'everything' },
      problem: 'Route.RouteKey',
    },
    {
      title: 'with an integration of something else',
      id: 'Integration',
      properties: { IntegrationUri: 'arn:x' },
      problem: 'Integration.IntegrationUri',
    },
    {
      title: 'with an event source for nobody',
      id: 'Records',
      properties: { FunctionName: 'none' },
      problem: 'Records.FunctionName',
    },
    {
      title: 'with an event source from nowhere',
      id: 'Records',
      properties: { EventSourceArn: 'arn:x' },
      problem: 'Records.EventSourceArn',
    },
  ])('is refused $title', async ({ id, properties, problem }) => {
    const started = start((resources) => {
      if (properties === undefined) delete resources[id];
      else Object.assign(resources[id]?.Properties ?? {}, properties);
    });

    await expect(started).rejects.toThrow(problem);
  });
});
