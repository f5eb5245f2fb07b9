import { type Known, stateOf } from './known.ts';

/** The next step for an operator, in one or two lines. */
export function adviceFor(known: Known, now: number): string {
  const { conversation, entry, records } = known;
  const failed = `npx userlike-lime failed`;
  const delivered = records.filter(({ deliveredSince }) => deliveredSince);
  const state = stateOf(known, now);
  if (state === 'parked') {
    if (records.length === 0) {
      return 'Next: its record is not in the DLQ any more. It was sent again and waits, or was dropped: then send it again in Userlike.';
    }
    const kept = entry?.object === undefined ? '' : ' The limeobject exists.';
    return `Next:${kept} mend the reason (docs/operations.md, "What the reasons mean"), then ${failed} retry ${conversation}`;
  }
  if (delivered.length > 0) return `Next: Lime has all of it. ${failed} drop ${conversation} --yes`;
  return nextBy[state] ?? '';
}

const nextBy: Readonly<Record<string, string>> = {
  delivered: 'Next: nothing, Lime has it.',
  delivering: 'Next: nothing, a mapper is writing it.',
  queued: 'Next: nothing, it waits for its turn. If it waits for long, look at status.',
  retrying: 'Next: nothing, it is tried again by itself. For the cause look at status.',
  skipped: 'Next: nothing. The setting accept leaves it out; it is taken if it qualifies when it is sent again.',
  unknown: 'Next: look further back with --since 7d, or send it in Userlike.',
};
