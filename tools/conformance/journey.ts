import { SQSClient } from '@aws-sdk/client-sqs';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { createClients } from '../local/aws.ts';
import { startGateway } from '../local/gateway/gateway.ts';
import { httpApi } from '../local/gateway/http-api.ts';
import { startEventSource } from '../local/lambda/event-source.ts';
import { createFunctions, type LocalFunction } from '../local/lambda/functions.ts';
import type { Log } from '../local/log.ts';
import { storeSecrets } from '../local/resources/secrets.ts';
import { readAssembly } from '../local/template/assembly.ts';
import { identify, pseudoParameters } from '../local/template/identities.ts';
import { createResolver, type Identity } from '../local/template/intrinsics.ts';
import { readResources, resolveAll } from '../local/template/resources.ts';
import type { MotoWithStack } from './moto.ts';
import { sendConversations } from './send.ts';
import type { SynthesizedStage } from './stages.ts';

/** Waits are short, so that a retried conversation comes again within the journey. */
const TIME_SCALE = 0.02;

export const ORGANIZATION = '108905';
const ADDON_KEY = 'the-key-of-the-conformance-run';

/**
 * Runs the built bundles against moto, each with the credentials of its own role, and sends conversations through them.
 * Returns the links' states.
 */
export async function runJourney(
  { endpoint, stack }: MotoWithStack,
  { directory, stage }: SynthesizedStage,
): Promise<string[]> {
  await using cleanup = new AsyncDisposableStack();
  const lines: string[] = [];
  const log: Log = (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields }));
  const gateway = await startGateway(0, log);
  cleanup.defer(gateway.close);
  const lime = await startSandbox({ port: 0, settings: { apiKey: 'lime-key' } });
  cleanup.defer(lime.close);
  const access = { endpoint, region: stack.region };
  const admin = createClients({ ...access, ...stack.admin });
  cleanup.defer(admin.destroy);
  await storeSecrets(admin.secretsManager, `userlike-lime/${stage}`, ORGANIZATION, {
    addon: { key: ADDON_KEY, linkKey: 'the-key-of-the-links-of-the-conformance-run' },
    lime: { url: lime.url, apiKey: 'lime-key', hashKey: 'the-key-of-the-hashes-of-the-conformance-run' },
  });

  const { template, stackName, codeDirectory } = await readAssembly(directory);
  const resources = readResources(template);
  const idOf = (id: string): string => stack.physicalIds[id] ?? id;
  const queues = new Map(
    resources
      .filter(({ type }) => type === 'AWS::SQS::Queue')
      .map(({ id }): [string, Identity] => [id, queueIdentity(idOf(id), stack.region)]),
  );
  const identities = identify({
    template,
    resources,
    queues,
    nameOf: ({ id }) => idOf(id),
    region: stack.region,
    endpoint: gateway.url,
  });
  const pseudo = pseudoParameters(stackName, stack.region);
  const resolve = createResolver({ parameters: template.Parameters, pseudo, identities });
  const eventSources = resolveAll('AWS::Lambda::EventSourceMapping', resources, resolve);
  const integrations = resolveAll('AWS::ApiGatewayV2::Integration', resources, resolve);

  const functions: LocalFunction[] = [];
  for (const one of resolveAll('AWS::Lambda::Function', resources, resolve)) {
    const created = stack.functions.find(({ name }) => name === idOf(one.id));
    if (created === undefined) throw new Error(`moto has no function ${one.id}`);
    // What CloudFormation resolved counts, not what the local run would.
    const deployed = { ...one.properties, Environment: { Variables: created.variables } };
    functions.push(
      ...(await createFunctions({
        functions: [{ id: one.id, properties: deployed }],
        ...{ eventSources, integrations, identities, codeDirectory, log },
        aws: { ...access, ...created.credentials },
        timeScale: TIME_SCALE,
        environment: process.env,
        onLine: (line) => lines.push(line),
      })),
    );
  }
  cleanup.defer(async () => {
    await Promise.all(functions.map(({ pool }) => pool.stop(2_000)));
  });
  await Promise.all(functions.map(({ pool }) => pool.start()));

  const mapper = stack.functions.find(({ name }) => name.includes('Mapper'));
  const mapperPool = functions.find(({ spec }) => spec.name === mapper?.name)?.pool;
  if (mapper === undefined || mapperPool === undefined) throw new Error('The template has no mapper.');
  // Lambda's poller receives and deletes with the role of the function.
  const sqs = new SQSClient({ ...access, credentials: mapper.credentials, useQueueUrlAsEndpoint: false });
  cleanup.defer(() => sqs.destroy());
  for (const { properties } of eventSources) {
    const queue = [...queues.values()].find(({ attributes }) => attributes.Arn === properties.EventSourceArn);
    if (queue === undefined) throw new Error(`${properties.EventSourceArn} is no queue of the stack`);
    const poller = startEventSource(
      sqs,
      {
        queueUrl: queue.ref,
        queueArn: properties.EventSourceArn,
        region: stack.region,
        batchSize: properties.BatchSize,
        windowSeconds: properties.MaximumBatchingWindowInSeconds,
        concurrency: 1,
        partialResponses: properties.FunctionResponseTypes.length > 0,
      },
      mapperPool.invoke,
      log,
    );
    cleanup.defer(poller.stop);
  }
  gateway.serve(
    httpApi(
      resolveAll('AWS::ApiGatewayV2::Stage', resources, resolve),
      resolveAll('AWS::ApiGatewayV2::Route', resources, resolve),
      integrations,
      functions,
    ),
  );
  try {
    return await sendConversations({ endpoint: gateway.url, organization: ORGANIZATION, addonKey: ADDON_KEY, lime });
  } catch (cause) {
    throw new Error(`the journey failed, and logged:\n${lines.slice(-20).join('\n')}`, { cause });
  }
}

function queueIdentity(url: string, region: string): Identity {
  const [account = '', name = ''] = url.split('/').slice(-2);
  return { ref: url, attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: url } };
}
