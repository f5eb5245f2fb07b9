import type { LedgerEntry } from '../../shared/ledger/states.ts';
import type { FailedRecord } from '../failed/record.ts';
import type { Accepted } from './log-lines.ts';

/** Where an accepted conversation is. None must ever be `missing`. */
export type State = 'delivered' | 'parked' | 'skipped' | 'queued' | 'missing';

/** A conversation, the newest call that contained it, and all of its calls. */
export type AcceptedConversation = Accepted & { calls: Set<string> };

/** `organization#conversation`, as in the ledger. */
function keyOf({ organization, conversation }: { organization: string; conversation: string }): string {
  return `${organization}#${conversation}`;
}

/** Adds the conversations of a log line. A conversation that was sent again counts once. */
export function addAccepted(conversations: Map<string, AcceptedConversation>, accepted: readonly Accepted[]): void {
  for (const one of accepted) {
    const key = keyOf(one);
    const known = conversations.get(key);
    const calls = (known?.calls ?? new Set()).add(one.callId);
    const newest = known !== undefined && known.acceptedAt > one.acceptedAt ? known : one;
    conversations.set(key, { ...newest, calls });
  }
}

/** The conversations in the DLQ and their calls. */
export type Parked = { conversations: Set<string>; newest: Set<string> };

export function parkedIn(records: readonly FailedRecord[]): Parked {
  const parked: Parked = { conversations: new Set(), newest: new Set() };
  for (const { organization, conversation, callId } of records) {
    if (organization === undefined || conversation === undefined) continue;
    const key = keyOf({ organization, conversation });
    parked.conversations.add(key);
    parked.newest.add(`${key}#${callId}`);
  }
  return parked;
}

export type Findings = {
  entries: ReadonlyMap<string, LedgerEntry>;
  parked: Parked;
  /** Records in both queues, counted after the last call and before the ledger was read. */
  queued: number;
  now: number;
};

/** The DLQ wins over the ledger if it holds the newest call, because an older call may have been delivered. */
export function stateOf(conversation: AcceptedConversation, { entries, parked, queued, now }: Findings): State {
  const key = keyOf(conversation);
  const entry = entries.get(key);
  if (parked.newest.has(`${key}#${conversation.callId}`)) return 'parked';
  if (entry?.outcome === 'delivered') return 'delivered';
  if (entry?.outcome === 'parked' || parked.conversations.has(key)) return 'parked';
  if (entry?.outcome === 'skipped') return 'skipped';
  const isDue = (entry?.nextTryAt ?? 0) > now || (entry?.lease?.until ?? 0) > now;
  return queued > 0 || isDue ? 'queued' : 'missing';
}

export type Sums = { accepted: number; calls: number } & Record<State, number>;

export type Reconciled = {
  total: Sums;
  byOrganization: Map<string, Sums>;
  /** Oldest first. */
  missing: AcceptedConversation[];
  /** Parked in the ledger but not in the DLQ: dropped, or sent again and not tried yet. */
  notInDlq: number;
};

export function reconcileAll(conversations: Iterable<AcceptedConversation>, findings: Findings): Reconciled {
  const all = [...conversations].map((conversation) => ({ conversation, state: stateOf(conversation, findings) }));
  const groups = Map.groupBy(all, ({ conversation }) => conversation.organization);
  return {
    total: sumsOf(all),
    byOrganization: new Map([...groups].map(([organization, group]) => [organization, sumsOf(group)])),
    missing: all
      .filter(({ state }) => state === 'missing')
      .map(({ conversation }) => conversation)
      .sort((one, other) => one.acceptedAt - other.acceptedAt),
    notInDlq: all.filter(
      ({ conversation, state }) => state === 'parked' && !findings.parked.conversations.has(keyOf(conversation)),
    ).length,
  };
}

function sumsOf(group: readonly { conversation: AcceptedConversation; state: State }[]): Sums {
  const of = (wanted: State): number => group.filter(({ state }) => state === wanted).length;
  return {
    accepted: group.length,
    calls: new Set(group.flatMap(({ conversation: { calls } }) => [...calls])).size,
    delivered: of('delivered'),
    parked: of('parked'),
    skipped: of('skipped'),
    queued: of('queued'),
    missing: of('missing'),
  };
}
