import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { ACCEPTED_MESSAGE } from '../reconcile/log-lines.ts';

/** Reads intake's log lines of accepted calls between two times (milliseconds) from CloudWatch Logs. */
export async function* readIntakeLog(
  client: CloudWatchLogsClient,
  options: { logGroupName: string; since: number; until: number },
): AsyncGenerator<string> {
  const { logGroupName, since, until } = options;
  const pages = paginateFilterLogEvents(
    { client },
    { logGroupName, startTime: since, endTime: until, filterPattern: `{ $.message = "${ACCEPTED_MESSAGE}" }` },
  );
  for await (const { events = [] } of pages) for (const { message } of events) if (message) yield message;
}
