import type { QueueCounts } from '../aws/open.ts';
import type { FailedRecord } from '../failed/record.ts';
import { count, renderTable } from '../table.ts';
import { formatAge } from '../time.ts';
import type { Situation } from './situations.ts';

/** Conversations of one organization that wait for the same reason. Times in milliseconds. */
export type Group = {
  state: 'waiting' | 'retrying' | 'parked';
  organization: string | undefined;
  conversations: number;
  since: number | undefined;
  nextTryAt: number | undefined;
  reason: string | undefined;
  /** One of them, to look at. */
  example: string | undefined;
};

export type Report = {
  queues: readonly QueueCounts[];
  groups: readonly Group[];
  budget: { percent: number | undefined; limeRequestsPerSecond: number };
  /** False if the deployment's log lines are unknown. */
  hasLog: boolean;
};

/** Groups on one screen. */
const MOST_GROUPS = 15;

/** The largest groups come first. */
export function groupsOf(underWay: readonly Situation[], parked: readonly FailedRecord[]): Group[] {
  const members = [
    ...underWay.map(({ acceptedAt, ...one }) => ({ ...one, since: acceptedAt })),
    ...parked.map(({ organization, conversation, reason, sentAt }) => ({
      state: 'parked' as const,
      organization,
      conversation,
      reason,
      since: sentAt,
      nextTryAt: undefined,
    })),
  ];
  const groups = Map.groupBy(members, ({ state, organization, reason }) =>
    JSON.stringify([state, organization, reason]),
  );
  return [...groups.values()]
    .flatMap((group): Group[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { state, organization, reason, conversation } = first;
      const conversations = new Set(group.map((one) => one.conversation)).size;
      const times = {
        since: earliest(group.map(({ since }) => since)),
        nextTryAt: earliest(group.map(({ nextTryAt }) => nextTryAt)),
      };
      return [{ state, organization, conversations, ...times, reason, example: conversation }];
    })
    .toSorted((one, other) => other.conversations - one.conversations);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : known.reduce((one, other) => Math.min(one, other));
}

/** The report on one screen. */
export function reportText({ queues, groups, budget, hasLog }: Report, now: number): string {
  const table = renderTable(
    [
      { title: 'STATE' },
      { title: 'ORGANIZATION' },
      { title: 'CONVERSATIONS', right: true },
      { title: 'SINCE', right: true },
      { title: 'NEXT TRY', right: true },
      { title: 'FOR EXAMPLE' },
      { title: 'REASON' },
    ],
    groups
      .slice(0, MOST_GROUPS)
      .map(({ state, organization, conversations, since, nextTryAt, example, reason }) => [
        state,
        organization,
        conversations,
        since === undefined ? undefined : formatAge(now - since),
        nextTryAt === undefined ? undefined : nextTryAt <= now ? 'now' : `in ${formatAge(nextTryAt - now)}`,
        example,
        reason ?? 'accepted, not tried yet',
      ]),
  );
  const { percent, limeRequestsPerSecond } = budget;
  return [
    ...queues.map(
      ({ name, visible, hidden, delayed }) =>
        `${`${name}:`.padEnd(NAME_WIDTH)}${visible} ready, ${hidden + delayed} with a mapper or waiting for the next try`,
    ),
    ...(percent === undefined
      ? []
      : [
          `${'budget:'.padEnd(NAME_WIDTH)}${percent} % of ${limeRequestsPerSecond} requests a second used, in the last 5 minutes`,
        ]),
    '',
    groups.length === 0 ? 'nothing waits, is tried again or is parked' : table,
    ...(groups.length > MOST_GROUPS
      ? [`and ${count(groups.length - MOST_GROUPS, 'more group')}: use --organization`]
      : []),
    ...(hasLog ? [] : ['Only parked conversations are shown by name, because the log lines of addresses are unknown.']),
  ].join('\n');
}

const NAME_WIDTH = 13;
