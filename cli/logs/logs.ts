import type { Bridge } from '../aws/open.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { eventLine, skipRepeatedLinks } from './event-line.ts';
import { conversationsOf, type LogLine, readLogLine, timeOf } from './log-line.ts';
import type { LogQuery, ReadLog } from './log-query.ts';

export type LogsOptions = {
  conversation?: string | undefined;
  organization?: string | undefined;
  /** Milliseconds. */
  since: number;
  follow?: boolean | undefined;
  json?: boolean | undefined;
};

/** How often new lines are read, and how much of the past each time, because CloudWatch shows lines late. */
const FOLLOW_EVERY_MS = 1_000;
const FOLLOW_OVERLAP_MS = 60_000;

/** Prints what happened, one line for each event. With `follow` until Ctrl-C. */
export async function logs(bridge: Pick<Bridge, 'readLog'>, io: Io, options: LogsOptions): Promise<number> {
  const readLog = logOf(bridge);
  const isNew = skipRepeatedLinks();
  const print = (lines: readonly Printed[]): void => {
    for (const { text, line } of lines) {
      if (options.json) io.out(text);
      else if (isNew(line)) {
        const event = eventLine(line);
        if (event !== undefined) io.out(event.text, event.colour);
      }
    }
  };
  let printed = new Set<string>();
  let { since } = options;
  for (;;) {
    const until = io.now();
    const lines = await readEvents(readLog, { ...options, since, until });
    print(lines.filter(({ text }) => !printed.has(text)));
    if (!options.follow || io.signal.aborted) return 0;
    printed = new Set(lines.map(({ text }) => text));
    since = Math.max(options.since, until - FOLLOW_OVERLAP_MS);
    await io.sleep(FOLLOW_EVERY_MS, io.signal).catch(() => undefined);
  }
}

type Printed = { text: string; line: LogLine };

/** The events of a conversation or an organization, in the order of their time. */
export async function readEvents(
  readLog: ReadLog,
  options: Pick<LogQuery, 'since' | 'until' | 'sources'> & Pick<LogsOptions, 'conversation' | 'organization'>,
): Promise<Printed[]> {
  const { conversation, organization, ...query } = options;
  const texts = conversation ?? organization;
  const found: Printed[] = [];
  for await (const text of readLog({ ...query, ...(texts !== undefined && { anyOf: [texts] }) })) {
    const line = readLogLine(text);
    if (line?.message === undefined) continue;
    if (organization !== undefined && line.organization !== organization) continue;
    if (conversation !== undefined && !conversationsOf(line).includes(conversation)) continue;
    found.push({ text, line });
  }
  return found.toSorted((one, other) => (timeOf(one.line) ?? 0) - (timeOf(other.line) ?? 0));
}

/** The log of the deployment. Throws UsageError if only its addresses are known. */
export function logOf({ readLog }: Pick<Bridge, 'readLog'>): ReadLog {
  if (readLog === undefined) throw new UsageError('the log lines of addresses are unknown: use --local or --stage');
  return readLog;
}
