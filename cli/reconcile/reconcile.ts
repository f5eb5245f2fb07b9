import type { Bridge } from '../aws/open.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { listFailed } from '../failed/list.ts';
import type { Io } from '../io.ts';
import { count, renderJson } from '../table.ts';
import { formatTime, parseMoment, TIME_FORMATS } from '../time.ts';
import { type AcceptedConversation, addAccepted, parkedIn, reconcileAll } from './arithmetic.ts';
import { readLogFiles } from './log-files.ts';
import { ACCEPTED_MESSAGE, readLine } from './log-lines.ts';
import { jsonOf, textOf } from './text.ts';

export type ReconcileOptions = {
  since: string;
  until?: string | undefined;
  organization?: string | undefined;
  /** Files of JSON lines that replace CloudWatch Logs. */
  log?: string[] | undefined;
  json?: boolean | undefined;
};

type Window = { since: number; until: number };

/** CloudWatch shows lines and SQS counts records up to a minute late. */
const SETTLING_TIME = 60_000;

/** Exit code 1 if an accepted conversation is neither delivered nor parked nor queued. */
export async function reconcile(bridge: Bridge, io: Io, options: ReconcileOptions): Promise<number> {
  const window = windowOf(options, io.now());
  const conversations = await acceptedIn(window, linesOf(bridge, window, options), options.organization, io);
  // In this order no record is missed: one that has left the queue is in the DLQ or in the ledger.
  const queued = await bridge.queued();
  const parked = parkedIn(await listFailed(bridge.deadLetters, {}, io.signal));
  const entries = await bridge.readLedgers([...conversations.values()]);
  const reconciled = reconcileAll(conversations.values(), { entries, parked, queued, now: io.now() });
  io.out(options.json ? renderJson(jsonOf(reconciled, window)) : textOf(reconciled));
  return reconciled.missing.length > 0 ? 1 : 0;
}

function windowOf({ since, until, log }: ReconcileOptions, now: number): Window {
  const from = parseMoment(since, now);
  const to = until === undefined ? now - (log === undefined ? SETTLING_TIME : 0) : parseMoment(until, now);
  const problems = [
    ...(from === undefined ? [`--since: ${TIME_FORMATS}`] : []),
    ...(to === undefined ? [`--until: ${TIME_FORMATS}`] : []),
    ...(from !== undefined && to !== undefined && from >= to ? ['--since: must be before --until'] : []),
  ];
  if (from === undefined || to === undefined || problems.length > 0) throw new UsageError(problems.join('\n'));
  return { since: from, until: to };
}

function linesOf(bridge: Bridge, { since, until }: Window, { log }: ReconcileOptions): AsyncIterable<string> {
  if (log !== undefined) return readLogFiles(log);
  if (bridge.readLog === undefined)
    throw new UsageError('--log: is required without a stack: files with the lines that intake logged');
  return bridge.readLog({ since, until, sources: ['intake'], anyOf: [ACCEPTED_MESSAGE] });
}

/** The conversations of the calls that were accepted between two times. */
async function acceptedIn(
  { since, until }: Window,
  lines: AsyncIterable<string>,
  organization: string | undefined,
  io: Io,
): Promise<Map<string, AcceptedConversation>> {
  const conversations = new Map<string, AcceptedConversation>();
  let unreadable = 0;
  for await (const line of lines) {
    if (io.signal.aborted) throw new InterruptedError();
    const accepted = readLine(line);
    if (accepted === 'unreadable') unreadable += 1;
    else
      addAccepted(
        conversations,
        accepted.filter(
          (one) =>
            one.acceptedAt >= since &&
            one.acceptedAt <= until &&
            (organization === undefined || one.organization === organization),
        ),
      );
  }
  if (unreadable > 0)
    io.note(`${count(unreadable, 'line')} of accepted calls name no conversations and are not counted`);
  if (conversations.size === 0) io.note(`no call was accepted between ${formatTime(since)} and ${formatTime(until)}`);
  return conversations;
}
