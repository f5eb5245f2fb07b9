import type { Bridge } from '../aws/open.ts';
import { listFailed } from '../failed/list.ts';
import type { Io } from '../io.ts';
import { type LogLine, readLogLine, timeOf } from '../logs/log-line.ts';
import { renderJson } from '../table.ts';
import { budgetUsed, situationMessages, situationsAfter } from './situations.ts';
import { groupsOf, type Report, reportText } from './text.ts';

export type StatusOptions = {
  organization?: string | undefined;
  /** Log lines since this time are read, milliseconds. */
  since: number;
  json?: boolean | undefined;
};

/** The budget is that of the last minutes. */
const BUDGET_WINDOW_MS = 300_000;

/**
 * Prints what waits, is tried again or is parked, and why. Reads log lines instead of the queue, because a look into
 * the queue delays its records. Exit code 1 if a conversation is parked.
 */
export async function status(
  bridge: Pick<Bridge, 'counts' | 'deadLetters' | 'readLog'>,
  io: Io,
  { organization, since, json, limeRequestsPerSecond }: StatusOptions & { limeRequestsPerSecond: number },
): Promise<number> {
  const counts = await bridge.counts();
  const parked = await listFailed(bridge.deadLetters, { organization }, io.signal);
  const now = io.now();
  const lines = await readLines(bridge, { since, until: now });
  const underWay = situationsAfter(lines).filter(
    (one) => organization === undefined || one.organization === organization,
  );
  const recent = lines.filter((line) => (timeOf(line) ?? 0) >= now - BUDGET_WINDOW_MS);
  const report: Report = {
    queues: counts,
    groups: groupsOf(underWay, parked),
    budget: { percent: budgetUsed(recent), limeRequestsPerSecond },
    hasLog: bridge.readLog !== undefined,
  };
  io.out(json ? renderJson(report) : reportText(report, now));
  return parked.length > 0 ? 1 : 0;
}

/** The lines that tell what is under way, in the order of their time. */
async function readLines(
  { readLog }: Pick<Bridge, 'readLog'>,
  window: { since: number; until: number },
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  if (readLog === undefined) return lines;
  const anyOf = [...situationMessages, 'BudgetUsed'];
  for await (const text of readLog({ ...window, sources: ['intake', 'mapper'], anyOf })) {
    const line = readLogLine(text);
    if (line !== undefined) lines.push(line);
  }
  return lines.toSorted((one, other) => (timeOf(one) ?? 0) - (timeOf(other) ?? 0));
}
