import { count, renderTable } from '../table.ts';
import { formatTime } from '../time.ts';
import type { AcceptedConversation, Reconciled, Sums } from './arithmetic.ts';

const numbers = ['ACCEPTED', 'CALLS', 'DELIVERED', 'PARKED', 'QUEUED', 'MISSING'];

/** The sums for each organization, the missing conversations, and the equation that must hold. */
export function textOf({ total, byOrganization, missing, notInDlq }: Reconciled): string {
  const rows = [...byOrganization]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([organization, sums]) => [
      organization,
      sums.accepted,
      sums.calls,
      sums.delivered,
      sums.parked,
      sums.queued,
      sums.missing,
    ]);
  const table = renderTable([{ title: 'ORGANIZATION' }, ...numbers.map((title) => ({ title, right: true }))], rows);
  return [
    ...(rows.length === 0 ? [] : [table, '']),
    ...(missing.length === 0 ? [] : [missingTable(missing), '']),
    ...(notInDlq === 0 ? [] : [`${notInDlq} of the parked not in the DLQ: dropped, or resent and not tried yet`]),
    `${count(total.accepted, 'conversation')} in ${count(total.calls, 'call')}`,
    equationOf(total),
  ].join('\n');
}

/** `accepted 3 = delivered 2 + parked 1 + queued 0`, plus what is missing. */
export function equationOf({ accepted, delivered, parked, queued, missing }: Sums): string {
  return `accepted ${accepted} = delivered ${delivered} + parked ${parked} + queued ${queued}${missing === 0 ? '' : ` + missing ${missing}`}`;
}

function missingTable(missing: readonly AcceptedConversation[]): string {
  return renderTable(
    [{ title: 'MISSING CONVERSATION' }, { title: 'ORGANIZATION' }, { title: 'ACCEPTED AT' }, { title: 'CALL' }],
    missing.map(({ conversation, organization, acceptedAt, callId }) => [
      conversation,
      organization,
      formatTime(acceptedAt),
      callId,
    ]),
  );
}

/** The report as JSON. */
export function jsonOf(
  { total, byOrganization, missing, notInDlq }: Reconciled,
  window: { since: number; until: number },
): Record<string, unknown> {
  return {
    since: new Date(window.since).toISOString(),
    until: new Date(window.until).toISOString(),
    ...total,
    notInDlq,
    organizations: Object.fromEntries(byOrganization),
    missingConversations: missing.map(({ acceptedAt, calls, ...one }) => ({
      ...one,
      acceptedAt: new Date(acceptedAt).toISOString(),
      calls: calls.size,
    })),
  };
}
