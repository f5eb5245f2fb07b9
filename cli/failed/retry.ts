import { createRateLimiter } from '../../shared/lime/pipeline/rate-limiter.ts';
import { laneFor } from '../../shared/queue/lane.ts';
import type { Bridge } from '../aws/open.ts';
import { CommandError, explain } from '../errors.ts';
import type { Io } from '../io.ts';
import { type Filter, isNamed } from './filter.ts';
import { listFailed } from './list.ts';
import type { FailedRecord } from './record.ts';
import { countOf, nameOf, tableOf } from './text.ts';

/** After so many consecutive refusals the retry stops. */
const MOST_REFUSALS = 10;

type Outcome = { sent: number; failed: { record: FailedRecord; why: string }[]; left: number };

/**
 * Sends records to a queue again, at most `perSecond`. Deletes each from the DLQ once the queue has it. The lane is the
 * one of a call with as many conversations: somebody waits for a few, and many must not hold up the operators.
 * Exit code 1 if any could not be sent.
 */
export async function retry(
  bridge: Bridge,
  io: Io,
  { filter, perSecond, dryRun }: { filter: Filter; perSecond: number; dryRun: boolean },
): Promise<number> {
  const records = await listFailed(bridge.deadLetters, filter, io.signal);
  const unknown = (filter.id ?? []).filter((id) => !records.some((record) => isNamed(record, id)));
  for (const id of unknown) io.note(`no such record in the DLQ: ${id}`);
  if (dryRun) {
    if (records.length > 0) io.out(`${tableOf(records, io.now())}\n`);
    io.out(`would send ${countOf(records)}`);
    return unknown.length > 0 ? 1 : 0;
  }
  const { sent, failed, left } = await sendAll(bridge, io, new Set(records.map(({ id }) => id)), perSecond);
  for (const { record, why } of failed) io.note(`not sent: ${nameOf(record)}: ${why}`);
  if (io.signal.aborted)
    throw new CommandError(`interrupted: sent ${sent} of ${countOf(records)}, the others are in the DLQ`);
  const rest = [
    ...(failed.length > 0 ? [`${failed.length} could not be sent`] : []),
    ...(left > 0 ? [`${left} not tried`] : []),
  ];
  io.out([`sent ${sent} of ${countOf(records)}`, ...rest].join('; '));
  return unknown.length + failed.length + left > 0 ? 1 : 0;
}

async function sendAll(bridge: Bridge, io: Io, ids: ReadonlySet<string>, perSecond: number): Promise<Outcome> {
  const rateLimiter = createRateLimiter({
    perSecond,
    now: io.now,
    sleep: (milliseconds) => io.sleep(milliseconds, io.signal),
  });
  const outcome: Outcome = { sent: 0, failed: [], left: ids.size };
  const lane = laneFor(ids.size);
  let refusedInARow = 0;
  if (ids.size === 0) return outcome;
  try {
    await bridge.deadLetters.walk(async ({ record, body, remove }) => {
      if (!ids.has(record.id)) return 'next';
      await rateLimiter();
      let step = 'the queue did not take it';
      try {
        await bridge.resend(lane, { body, organization: record.organization, callId: record.callId });
        step = 'the queue has it, but the DLQ could not delete it';
        await remove();
        outcome.sent += 1;
        refusedInARow = 0;
      } catch (error) {
        outcome.failed.push({ record, why: `${step}: ${explain(error)}` });
        refusedInARow += 1;
      }
      outcome.left -= 1;
      io.progress.show(ids.size - outcome.left, ids.size);
      return outcome.left === 0 || refusedInARow === MOST_REFUSALS ? 'stop' : 'next';
    }, io.signal);
  } finally {
    io.progress.clear();
  }
  return outcome;
}
