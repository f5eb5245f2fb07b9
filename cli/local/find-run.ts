import { UsageError } from '../errors.ts';
import type { RunFile } from './run-file.ts';

/**
 * The running local run, or the one on the given port. Throws UsageError if there is none, or several without a port.
 * @param running the local runs that are alive
 */
export function findRun(port: string | undefined, running: readonly { port: number; run: RunFile }[]): RunFile {
  if (running.length === 0) throw new UsageError('--local: no local run of this checkout; start one with npm start');
  const ports = running.map((one) => one.port).toSorted((one, other) => one - other);
  const wanted = port === undefined ? running : running.filter((one) => String(one.port) === port);
  const [found, ...more] = wanted;
  if (found === undefined) throw new UsageError(`--port: no local run on ${port}; running are ${ports.join(', ')}`);
  if (more.length > 0) throw new UsageError(`--local: several local runs; choose --port ${ports.join(' or ')}`);
  return found.run;
}

/** The variables by which the commands find a local run. */
export function variablesOf(run: RunFile): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: run.awsEndpoint,
    QUEUE_URL: run.queueUrl,
    INTERACTIVE_QUEUE_URL: run.interactiveQueueUrl,
    DLQ_URL: run.dlqUrl,
    LEDGER_TABLE: run.ledgerTable,
    LIME_REQUESTS_PER_SECOND: String(run.limeRequestsPerSecond),
    LOCAL_LOG: run.log,
    LOCAL_ENDPOINT: `${new URL(run.endpoint).origin}/{organization}`,
    LOCAL_STAGE: run.stage,
    ...(run.settingsDirectory !== undefined && { LOCAL_SETTINGS: run.settingsDirectory }),
    ORGANIZATION: run.organization,
  };
}
