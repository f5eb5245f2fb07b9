import { conversationsOf, type LogLine, timeOf } from '../logs/log-line.ts';

/** A conversation that is neither in Lime nor parked nor skipped, by its last log line. Times in milliseconds. */
export type Situation = {
  organization: string;
  conversation: string;
  state: 'waiting' | 'retrying';
  acceptedAt: number | undefined;
  reason: string | undefined;
  nextTryAt: number | undefined;
};

/** The messages that change a conversation's situation. */
export const situationMessages: readonly string[] = [
  'call accepted',
  'retrying',
  'record failed',
  'delivered',
  'parked',
  'skipped',
];

/** The messages after which a conversation is not under way any more. */
const lastMessages = ['delivered', 'parked', 'skipped'];

/** The conversations under way after these lines, which must be in the order of their time. */
export function situationsAfter(lines: Iterable<LogLine>): Situation[] {
  const situations = new Map<string, Situation>();
  for (const line of lines) {
    const { organization, message = '' } = line;
    if (organization === undefined || !situationMessages.includes(message)) continue;
    for (const conversation of conversationsOf(line)) {
      const key = `${organization}#${conversation}`;
      if (lastMessages.includes(message)) situations.delete(key);
      else if (message === 'call accepted') {
        // A conversation that is sent again still has its earlier record, which tells more.
        if (!situations.has(key)) situations.set(key, { organization, conversation, ...accepted(line) });
      } else situations.set(key, { organization, conversation, ...retrying(line) });
    }
  }
  return [...situations.values()];
}

type State = Omit<Situation, 'organization' | 'conversation'>;

function accepted(line: LogLine): State {
  return { state: 'waiting', acceptedAt: timeOf(line), reason: undefined, nextTryAt: undefined };
}

function retrying(line: LogLine): State {
  const at = timeOf(line);
  const { seconds, retryInSeconds, reason, error } = line;
  return {
    state: 'retrying',
    acceptedAt: at === undefined || seconds === undefined ? undefined : at - seconds * 1_000,
    reason: reason ?? error,
    nextTryAt: at === undefined || retryInSeconds === undefined ? undefined : at + retryInSeconds * 1_000,
  };
}

/** The share of Lime's budget that the mapper's invocations used, in percent. Undefined if none ended. */
export function budgetUsed(lines: Iterable<LogLine>): number | undefined {
  const shares = [...lines].flatMap(({ BudgetUsed = [] }) => BudgetUsed);
  if (shares.length === 0) return undefined;
  return Math.round(shares.reduce((sum, share) => sum + share, 0) / shares.length);
}
