/**
 * Every metric this software emits, by name; functions, alarms, dashboard and service level take the names from here.
 * The stage is in the namespace: two stages may share an account and region. Organization is a field of log lines, never a dimension: each combination of dimensions is a metric to be paid for.
 */
export function metricsNamespaceOf(stage: string): string {
  return `UserlikeLime/${stage}`;
}

/** The dimension all metrics have: which function emits them. */
export const FUNCTION_DIMENSION = 'service';

/** Metrics with the unit CloudWatch is told, and the one further dimension some have, with its values. */
export const metrics = {
  /** Conversations of add-on calls, as intake answered them. */
  ConversationsAccepted: { unit: 'Count' },
  ConversationsRejected: { unit: 'Count' },
  ConversationsIgnored: { unit: 'Count' },
  /** Calls that were refused whole because the queue or the secrets were out of reach, or something failed here. */
  CallsNotTaken: { unit: 'Count' },
  /** Conversations that Lime has, by what was done for it. */
  Delivered: { unit: 'Count', dimension: 'outcome', values: ['created', 'updated', 'unchanged', 'stale'] },
  /** Records given to the DLQ, by the step that could not be taken. */
  Parked: {
    unit: 'Count',
    dimension: 'step',
    values: ['decode', 'plan', 'start', 'lookup', 'object', 'row', 'document', 'note'],
  },
  /** Records given back to be tried again later. */
  Returned: { unit: 'Count' },
  /** Seconds from intake's acceptance until Lime had it. */
  TimeToLime: { unit: 'Seconds' },
  /** Requests to Lime, by class of answer. */
  LimeRequests: { unit: 'Count', dimension: 'answer', values: ['2xx', '3xx', '4xx', '5xx', 'none'] },
  /** Answers with which Lime, or a firewall before it, asks for quiet, and what was kept back in it. */
  LimeThrottled: { unit: 'Count' },
  /** Answers with which Lime refuses the key, and secrets that are missing: a human has to act. */
  LimeDenied: { unit: 'Count' },
  /** Requests of an invocation in percent of what its mapper's pace let through at most for its duration. */
  BudgetUsed: { unit: 'Percent' },
} as const;

export type MetricName = keyof typeof metrics;
