/**
 * The namespace contains the stage, because stages may share an account and region. Organization is a log field and not
 * a dimension: every combination of dimensions is a metric to pay for.
 */
export function metricsNamespaceOf(stage: string): string {
  return `UserlikeLime/${stage}`;
}

/** The dimension of every metric: the function that emits it. */
export const FUNCTION_DIMENSION = 'service';

/**
 * All metrics by name, with their unit and, for some, one further dimension with its values. A `summed` metric also
 * exists without that dimension. One with `zeroFrom` is 0 in each invocation of that function without a value: an alarm
 * cannot calculate with a metric that never had data.
 */
export const metrics = {
  /** Conversations of add-on calls. */
  ConversationsAccepted: { unit: 'Count' },
  ConversationsRejected: { unit: 'Count' },
  ConversationsIgnored: { unit: 'Count' },
  /** Calls refused as a whole because the queue or the secrets were out of reach, or because of an internal error. */
  CallsNotTaken: { unit: 'Count', zeroFrom: 'intake' },
  /** Conversations that are in Lime, by what was done. */
  Delivered: {
    unit: 'Count',
    dimension: 'outcome',
    values: ['created', 'updated', 'unchanged', 'stale'],
    summed: true,
    zeroFrom: 'mapper',
  },
  /** Conversations that the settings do not accept, by the rule. */
  Skipped: {
    unit: 'Count',
    dimension: 'rule',
    values: ['topic', 'channel', 'kind', 'open', 'messages'],
    summed: true,
  },
  /** Records sent to the DLQ, by the failed step. */
  Parked: {
    unit: 'Count',
    dimension: 'step',
    values: ['decode', 'plan', 'start', 'lookup', 'object', 'row', 'document', 'note'],
    summed: true,
    zeroFrom: 'mapper',
  },
  /** Records returned to be retried. */
  Returned: { unit: 'Count', zeroFrom: 'mapper' },
  /** Seconds from intake's acceptance until the conversation was in Lime. */
  TimeToLime: { unit: 'Seconds' },
  /** The same by lane. The alarms of the service level need one metric: with more, they would exceed CloudWatch's ten. */
  TimeToLimeByLane: { unit: 'Seconds', dimension: 'lane', values: ['interactive', 'bulk'] },
  /** Requests to Lime, by class of status. */
  LimeRequests: { unit: 'Count', dimension: 'answer', values: ['2xx', '3xx', '4xx', '5xx', 'none'] },
  /** Responses in which Lime or its firewall asks for a pause, and requests held back during one. */
  LimeThrottled: { unit: 'Count', zeroFrom: 'mapper' },
  /** Responses that refuse the key, and missing secrets. Somebody has to act. */
  LimeDenied: { unit: 'Count', zeroFrom: 'mapper' },
  /** Requests of an invocation as a percentage of what its rate limiter allows for its duration. */
  BudgetUsed: { unit: 'Percent' },
} as const;

export type MetricName = keyof typeof metrics;
