import { UsageError } from '../errors.ts';
import type { RunFile } from './run-file.ts';

/**
 * The running local run, or the one on the given port. Throws UsageError if there is none, or several without a port.
 * @param running the local runs that are alive
 */
export function findRun(typed: string | true, running: readonly { port: number; run: RunFile }[]): RunFile {
  if (running.length === 0) throw new UsageError('--local: no local run of this checkout; start one with npm start');
  const ports = running.map(({ port }) => port).toSorted((one, other) => one - other);
  const wanted = typed === true ? running : running.filter(({ port }) => String(port) === typed);
  const [found, ...more] = wanted;
  if (found === undefined)
    throw new UsageError(`--local: no local run on port ${typed}; running are ${ports.join(', ')}`);
  if (more.length > 0)
    throw new UsageError(
      `--local: several local runs; choose one: ${ports.map((port) => `--local ${port}`).join(', ')}`,
    );
  return found.run;
}

/** The variables by which the commands find a local run. */
export function variablesOf(run: RunFile): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: run.awsEndpoint,
    QUEUE_URL: run.queueUrl,
    DLQ_URL: run.dlqUrl,
    LEDGER_TABLE: run.ledgerTable,
    STAGE: run.stage,
    LIME_REQUESTS_PER_SECOND: String(run.limeRequestsPerSecond),
  };
}
