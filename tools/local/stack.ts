import type { AwsAccess } from '../../cli/aws/access.ts';
import type { AwsClients } from './aws.ts';
import type { Gateway } from './gateway/gateway.ts';
import { httpApi } from './gateway/http-api.ts';
import { type EventSource, type EventSourceSpec, startEventSource } from './lambda/event-source.ts';
import { createFunctions, type LocalFunction, pollerConcurrency, refersTo } from './lambda/functions.ts';
import type { Pool } from './lambda/pool.ts';
import type { Log } from './log.ts';
import { configureQueues, createQueues } from './resources/queues.ts';
import { createTables } from './resources/tables.ts';
import type { Assembly } from './template/assembly.ts';
import { identify, physicalName, pseudoParameters } from './template/identities.ts';
import { createResolver, type Identity } from './template/intrinsics.ts';
import { type KnownResource, type Resolved, readResources, resolveAll } from './template/resources.ts';
import { UnsupportedTemplateError } from './template/unsupported.ts';

/** How long running invocations may take to end by themselves. */
const GRACE_MS = 2_000;

/** The variable that gives functions the prefix of the secrets. */
const SECRETS_PREFIX = 'SECRETS_PREFIX';

/**
 * Starts a synthesized stack: resources in the emulators, functions in processes, routes in the gateway. Returns the
 * functions, and the environment variables of all of them.
 */
export async function startStack(options: {
  assembly: Assembly;
  gateway: Gateway;
  clients: AwsClients;
  access: AwsAccess;
  resourceSuffix: string;
  timeScale: number;
  environment: NodeJS.ProcessEnv;
  log: Log;
  onLine: (line: string) => void;
  /** Called once for each prefix of secrets that functions use. */
  storeSecrets: (prefix: string) => Promise<void>;
}): Promise<{ functions: LocalFunction[]; variables: Record<string, string>; stop: () => Promise<void> }> {
  const { assembly, gateway, clients, access, resourceSuffix, timeScale, environment, log, onLine } = options;
  const { template, stackName, codeDirectory } = assembly;
  const { region } = access;
  const resources = readResources(template);
  const nameOf = (resource: KnownResource): string => physicalName(resource, stackName, resourceSuffix);

  const queues = await createQueues(clients.sqs, resources, nameOf);
  const identities = identify({ template, resources, queues, nameOf, region, endpoint: gateway.url });
  const { Parameters: parameters } = template;
  const resolve = createResolver({ parameters, pseudo: pseudoParameters(stackName, region), identities });
  await configureQueues(clients.sqs, resolveAll('AWS::SQS::Queue', resources, resolve), identities, timeScale);
  await createTables(clients.dynamodb, resolveAll('AWS::DynamoDB::Table', resources, resolve), identities);

  const eventSources = resolveAll('AWS::Lambda::EventSourceMapping', resources, resolve);
  const integrations = resolveAll('AWS::ApiGatewayV2::Integration', resources, resolve);
  const functions = await createFunctions({
    functions: resolveAll('AWS::Lambda::Function', resources, resolve),
    eventSources,
    integrations,
    identities,
    codeDirectory,
    aws: access,
    timeScale,
    environment,
    log,
    onLine,
  });
  const stages = resolveAll('AWS::ApiGatewayV2::Stage', resources, resolve);
  const routes = resolveAll('AWS::ApiGatewayV2::Route', resources, resolve);
  const api = httpApi(stages, routes, integrations, functions);

  const prefixes = new Set(functions.flatMap(({ spec }) => spec.environment[SECRETS_PREFIX] ?? []));
  for (const prefix of prefixes) await options.storeSecrets(prefix);

  const polls = eventSources
    .filter(({ properties }) => properties.Enabled)
    .map((source) => eventSource(source, functions, queues, region, timeScale));

  const pollers: EventSource[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(pollers.map((poller) => poller.stop()));
    await Promise.all(functions.map(({ pool }) => pool.stop(GRACE_MS)));
  };
  try {
    await Promise.all(functions.map(({ pool }) => pool.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  for (const { spec, pool } of polls) pollers.push(startEventSource(clients.sqs, spec, pool.invoke, log));
  gateway.serve(api);
  const variables = Object.fromEntries(functions.flatMap(({ spec }) => Object.entries(spec.environment)));
  return { functions, variables, stop };
}

function eventSource(
  source: Resolved<'AWS::Lambda::EventSourceMapping'>,
  functions: LocalFunction[],
  queues: ReadonlyMap<string, Identity>,
  region: string,
  timeScale: number,
): { spec: EventSourceSpec; pool: Pool } {
  const { id, properties } = source;
  const { EventSourceArn, FunctionName, BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes } = properties;
  const called = functions.find(({ spec }) => refersTo(spec, FunctionName));
  if (called === undefined) throw new UnsupportedTemplateError([`${id}.FunctionName: ${FunctionName} is no function`]);
  const queue = [...queues.values()].find(({ attributes }) => attributes.Arn === EventSourceArn);
  if (queue === undefined) throw new UnsupportedTemplateError([`${id}.EventSourceArn: ${EventSourceArn} is no queue`]);
  const spec = {
    queueUrl: queue.ref,
    queueArn: EventSourceArn,
    region,
    batchSize: BatchSize,
    windowSeconds: MaximumBatchingWindowInSeconds * timeScale,
    concurrency: pollerConcurrency(source),
    partialResponses: FunctionResponseTypes.length > 0,
  };
  return { spec, pool: called.pool };
}
