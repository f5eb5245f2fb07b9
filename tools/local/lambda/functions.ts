import type { AwsAccess } from '../../../cli/aws/access.ts';
import type { Log } from '../log.ts';
import type { Assembly } from '../template/assembly.ts';
import type { Identity } from '../template/intrinsics.ts';
import type { Resolved } from '../template/resources.ts';
import { functionEnvironment } from './environment.ts';
import { startProcess } from './function-process.ts';
import { type FunctionSpec, functionSpec } from './function-spec.ts';
import { createPool, type Pool } from './pool.ts';

/** A function of the template with its processes. */
export type LocalFunction = { spec: FunctionSpec; pool: Pool };

/** The most processes of a function for HTTP calls. Further calls wait for one. */
const HTTP_CONCURRENCY = 4;

/**
 * The most processes for each event source. The template's number is a limit, and Lambda may run fewer. Each process of
 * the mapper takes 90 MB, and two of each lane already use one machine.
 */
const POLLER_CONCURRENCY = 2;

export function pollerConcurrency({ properties }: Resolved<'AWS::Lambda::EventSourceMapping'>): number {
  return Math.min(properties.ScalingConfig.MaximumConcurrency ?? POLLER_CONCURRENCY, POLLER_CONCURRENCY);
}

/** True if `reference` is the function's name or ARN. */
export function refersTo({ name, arn }: { name: string; arn: string }, reference: string): boolean {
  return reference === name || reference === arn;
}

/** The functions of the template, not yet started. */
export function createFunctions(options: {
  functions: Resolved<'AWS::Lambda::Function'>[];
  eventSources: Resolved<'AWS::Lambda::EventSourceMapping'>[];
  integrations: Resolved<'AWS::ApiGatewayV2::Integration'>[];
  identities: ReadonlyMap<string, Identity>;
  codeDirectory: Assembly['codeDirectory'];
  aws: AwsAccess;
  timeScale: number;
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** Takes each JSON line that a function writes. */
  onLine: (line: string) => void;
}): Promise<LocalFunction[]> {
  const { functions, eventSources, integrations, identities, codeDirectory, aws, timeScale, environment, log, onLine } =
    options;
  const created = functions.map(async ({ id, properties }) => {
    const identity = identities.get(id);
    const names = { name: identity?.ref ?? id, arn: identity?.attributes.Arn ?? '' };
    const polled = eventSources
      .filter(({ properties: { FunctionName } }) => refersTo(names, FunctionName))
      .reduce((sum, source) => sum + pollerConcurrency(source), 0);
    const called = integrations.some(({ properties: { IntegrationUri } }) => refersTo(names, IntegrationUri));
    const concurrency = polled + (called ? HTTP_CONCURRENCY : 0);
    const spec = await functionSpec(id, properties, { ...names, codeDirectory, concurrency });
    const variables = functionEnvironment(spec, aws, timeScale, environment);
    const write = (line: string): void => onLine(asJson(line, spec.name));
    const pool = createPool({ ...spec, startProcess: () => startProcess(spec, variables, write), log });
    return { spec, pool };
  });
  return Promise.all(created);
}

/** Wraps a line that is not JSON, such as one of a crash of Node, into a JSON line. */
function asJson(line: string, name: string): string {
  return /^\{.*\}$/.test(line) ? line : JSON.stringify({ level: 'INFO', function: name, message: line });
}
