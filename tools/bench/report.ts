import { mostRequestsIn } from '../../shared/lime/budget/arrival-time.ts';
import { markdownTable } from '../harness/markdown-table.ts';
import { budgetUse, type Cost, percentile } from './measure.ts';
import type { Measured } from './run.ts';

/** The measurements as a Markdown table. */
export function reportOf(
  measured: Measured,
  { conversations, requestsPerSecond }: { conversations: number; requestsPerSecond: number },
): string {
  const { bulk, phones, singles, unchanged, changed, changedSingles } = measured;
  const use = budgetUse(bulk.samples, requestsPerSecond);
  const each = (count: number, of: number): string => (count / of).toFixed(2);
  const resent = Math.max(1, changed.writes);
  const most = (seconds: 1 | 5): string =>
    `${bulk.mostWithin[`${seconds}s`]} of ${mostRequestsIn(1_000 * seconds, requestsPerSecond)}`;
  const milliseconds = (share: number): string => `${Math.round(percentile(singles, share))} ms`;
  return markdownTable([
    ['measured', 'value'],
    ['requests per new conversation', each(bulk.cost.writes + bulk.cost.lookups, conversations)],
    ['of these limeobject and note', each(bulk.cost.writes, conversations)],
    ['of these look-ups, shared by a batch', each(bulk.cost.lookups, conversations)],
    ['requests per new conversation, phone number only', each(total(phones), conversations)],
    ['requests for metadata, all together', String(bulk.cost.metadata)],
    ['conversations per second', each(conversations, bulk.seconds)],
    [
      'use of the budget while records wait',
      use === undefined ? 'queue never seen full' : `${(100 * use).toFixed(1)} %`,
    ],
    ['most requests within 1 s, of budget and burst', most(1)],
    ['most requests within 5 s, of budget and burst', most(5)],
    ['single send, accepted until in Lime, p50', milliseconds(0.5)],
    ['single send, accepted until in Lime, p95', milliseconds(0.95)],
    ['requests for an unchanged re-send', each(total(unchanged), resent)],
    ['requests for a changed re-send, many together', each(total(changed), resent)],
    ['requests for a changed re-send by itself', each(total(changedSingles), resent)],
    ['of these look-ups', each(changedSingles.lookups, resent)],
  ]);
}

function total({ lookups, writes }: Cost): number {
  return lookups + writes;
}
