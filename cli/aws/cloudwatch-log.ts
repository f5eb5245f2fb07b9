import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { ReadLog } from '../logs/log-query.ts';
import type { LogGroups } from './stack.ts';

/** Reads log lines of the functions from CloudWatch Logs. */
export function readCloudWatch(client: CloudWatchLogsClient, groups: LogGroups): ReadLog {
  return async function* read({ since, until, sources = ['intake', 'mapper', 'link'], anyOf }) {
    for (const source of sources) {
      const pages = paginateFilterLogEvents(
        { client },
        {
          logGroupName: groups[source],
          startTime: since,
          endTime: until,
          ...(anyOf !== undefined && { filterPattern: patternOf(anyOf) }),
        },
      );
      for await (const { events = [] } of pages) for (const { message } of events) if (message) yield message;
    }
  };
}

/** `"one"` matches lines with this text, `?"one" ?"two"` those with any of them. */
function patternOf(texts: readonly string[]): string {
  const quoted = texts.map((text) => `"${text}"`);
  return quoted.length === 1 ? quoted.join('') : quoted.map((text) => `?${text}`).join(' ');
}
