import { Duration } from 'aws-cdk-lib';
import { Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpec } from './alarm-spec.ts';
import type { MonitoredResources } from './monitored-resources.ts';
import { burnAlarm } from './service-level.ts';
import {
  DAYS_BEFORE_EXPIRY,
  expiringSeconds,
  nearTimeoutMs,
  REFUSED_CALLS,
  RETRY_WINDOW_SECONDS,
} from './thresholds.ts';

/** Alarms that need attention but harm nobody before morning. */
export function mailedAlarms({
  api,
  callsThrottled,
  deadLetters,
  ledger,
  mapper,
  mapperTimeoutSeconds,
  metrics,
}: MonitoredResources): AlarmSpec[] {
  return [
    {
      id: 'Parked',
      description: 'Conversations are parked in the DLQ, which keeps them for 14 days.',
      // The number sent would miss records that SQS moves itself.
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: minutes(1), statistic: Stats.MAXIMUM }),
      threshold: 1,
      periods: 1,
      // SQS stops reporting unused queues, which may still contain records.
      missing: TreatMissingData.IGNORE,
      pages: false,
    },
    {
      // Parked stays raised until the DLQ is empty. This one is raised by each minute in which a conversation is parked.
      id: 'NewlyParked',
      description: 'Another conversation has been parked.',
      metric: metrics.metric('Parked', { period: minutes(1) }),
      threshold: 1,
      periods: 1,
      pages: false,
      endsSilently: true,
    },
    {
      id: 'ParkedExpiring',
      description: `A parked conversation is deleted in ${DAYS_BEFORE_EXPIRY} days or sooner.`,
      metric: deadLetters.metricApproximateAgeOfOldestMessage({ period: minutes(5), statistic: Stats.MAXIMUM }),
      threshold: expiringSeconds(),
      periods: 1,
      missing: TreatMissingData.IGNORE,
      pages: false,
    },
    {
      id: 'CallsRefused',
      description: `Calls are refused: ${REFUSED_CALLS} or more were answered 4xx within an hour. After a wrong key, all of an organization are.`,
      metric: api.metricClientError({ period: Duration.hours(1), statistic: Stats.SUM }),
      threshold: REFUSED_CALLS,
      periods: 1,
      pages: false,
    },
    {
      id: 'CallsThrottled',
      description: 'The endpoint has throttled calls for 10 minutes. Operators see errors.',
      metric: callsThrottled.with({ period: minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      periods: 3,
      breaching: 2,
      pages: false,
    },
    ...(['Read', 'Write'] as const).map((kind) => ({
      id: `Ledger${kind}sThrottled`,
      description: `DynamoDB has throttled ${kind.toLowerCase()}s of the ledger for 10 minutes.`,
      metric: ledger.metric(`${kind}ThrottleEvents`, { period: minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      periods: 3,
      breaching: 2,
      pages: false,
    })),
    {
      id: 'Retrying',
      description: 'Conversations have been retried for an hour.',
      metric: metrics.metric('Returned', { period: Duration.seconds(RETRY_WINDOW_SECONDS) }),
      threshold: 1,
      periods: 2,
      pages: false,
    },
    { id: 'BurnSlow', ...burnAlarm('slow', metrics, { window: 'six hours', lasts: 'five days' }), pages: false },
    {
      id: 'MapperErrors',
      description: 'The mapper fails as a whole. Its batches return after the visibility timeout.',
      metric: mapper.metricErrors({ period: minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      periods: 3,
      breaching: 2,
      pages: false,
    },
    {
      id: 'MapperNearTimeout',
      description: 'The mapper nearly reaches its timeout.',
      metric: mapper.metricDuration({ period: minutes(5), statistic: Stats.MAXIMUM }),
      threshold: nearTimeoutMs(mapperTimeoutSeconds),
      periods: 3,
      pages: false,
    },
    {
      id: 'LimeThrottled',
      description: 'Lime or its firewall has throttled requests for 15 minutes.',
      metric: metrics.metric('LimeThrottled', { period: minutes(5) }),
      threshold: 1,
      periods: 3,
      pages: false,
    },
  ];
}

function minutes(count: number) {
  return Duration.minutes(count);
}
