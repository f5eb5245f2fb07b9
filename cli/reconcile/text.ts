import { count, renderTable } from '../table.ts';
import { formatTime } from '../time.ts';
import type { AcceptedConversation, Reconciled, Sums } from './arithmetic.ts';

/** The columns with numbers. That of skipped conversations is there only if there are some. */
const numbers = ['accepted', 'calls', 'delivered', 'parked', 'skipped', 'queued', 'missing'] as const;

/** The sums for each organization, the missing conversations, and the equation that must hold. */
export function textOf({ total, byOrganization, missing, notInDlq }: Reconciled): string {
  const shown = numbers.filter((name) => name !== 'skipped' || total.skipped > 0);
  const rows = [...byOrganization]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([organization, sums]) => [organization, ...shown.map((name) => sums[name])]);
  const table = renderTable(
    [{ title: 'ORGANIZATION' }, ...shown.map((name) => ({ title: name.toUpperCase(), right: true }))],
    rows,
  );
  return [
    ...(rows.length === 0 ? [] : [table, '']),
    ...(missing.length === 0 ? [] : [missingTable(missing), '']),
    ...(notInDlq === 0 ? [] : [`${notInDlq} of the parked not in the DLQ: dropped, or resent and not tried yet`]),
    `${count(total.accepted, 'conversation')} in ${count(total.calls, 'call')}`,
    equationOf(total),
  ].join('\n');
}

/** `accepted 3 = delivered 2 + parked 1 + queued 0`, plus what is missing. */
export function equationOf({ accepted, delivered, parked, skipped, queued, missing }: Sums): string {
  const left = skipped === 0 ? '' : ` + skipped ${skipped}`;
  return `accepted ${accepted} = delivered ${delivered} + parked ${parked}${left} + queued ${queued}${missing === 0 ? '' : ` + missing ${missing}`}`;
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
