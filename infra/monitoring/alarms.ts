import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Lane } from '../../shared/queue/lane.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { type BusinessHours, withinBusinessHours } from './business-hours.ts';
import { mailedAlarms } from './mailed-alarms.ts';
import type { MonitoredResources } from './monitored-resources.ts';
import { burnAlarm } from './service-level.ts';
import { HOURS_WITHOUT_TRAFFIC, objective, slowIntakeMs } from './thresholds.ts';

/** All alarms. */
export function alarmsOf(resources: MonitoredResources, businessHours?: BusinessHours): AlarmSpec[] {
  return [
    ...pagingAlarms(resources),
    ...mailedAlarms(resources),
    ...(businessHours === undefined ? [] : [trafficAlarm(resources, businessHours)]),
  ];
}

/** Alarms for conversations that cannot arrive, be accepted or be written. */
function pagingAlarms({ api, intakeTimeoutSeconds, queues, metrics }: MonitoredResources): AlarmSpec[] {
  return [
    {
      id: 'Intake5xx',
      description: 'The endpoint returns 5xx. Operators see errors, and calls that are not repeated are lost.',
      metric: api.metricServerError({ period: minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      periods: 3,
      breaching: 2,
      pages: true,
    },
    {
      id: 'IntakeSlow',
      description: 'The slowest 1 % of calls wait too long for a response.',
      metric: api.metricLatency({ period: minutes(5), statistic: Stats.p(99) }),
      threshold: slowIntakeMs(intakeTimeoutSeconds),
      periods: 3,
      pages: true,
    },
    {
      id: 'Waiting',
      description: `The oldest conversation in a queue has waited longer than the promised ${objective.seconds / 60} minutes.`,
      metric: new MathExpression({
        expression: 'MAX([FILL(interactive, 0), FILL(bulk, 0)])',
        usingMetrics: ofLanes(queues, (queue) =>
          queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
        ),
        label: 'seconds of the oldest in either lane',
        period: minutes(1),
      }),
      threshold: objective.seconds,
      periods: 5,
      pages: true,
    },
    {
      // An outage uses up three receives at once. After those, SQS no longer counts a record in the age of the oldest.
      id: 'Stuck',
      description: 'Conversations are being retried, and none reaches Lime.',
      metric: new MathExpression({
        expression: 'IF(FILL(returned, 0) > 0 AND FILL(delivered, 0) == 0, 1, 0)',
        usingMetrics: { returned: metrics.metric('Returned'), delivered: metrics.metric('Delivered') },
        label: 'records come back and none arrives',
        period: minutes(5),
      }),
      threshold: 1,
      // With back-off, a single conversation soon returns less often than every five minutes.
      periods: 6,
      breaching: 3,
      pages: true,
    },
    {
      id: 'LimeDenied',
      description: 'Lime refuses the key, or there is no usable secret.',
      metric: metrics.metric('LimeDenied', { period: minutes(5) }),
      threshold: 1,
      periods: 1,
      pages: true,
    },
    { id: 'BurnFast', ...burnAlarm('fast', metrics, { window: 'an hour', lasts: 'two days' }), pages: true },
  ];
}

/** One metric of each lane's queue, with the lane as its id. */
function ofLanes(queues: MonitoredResources['queues'], metricOf: (queue: IQueue) => IMetric): Record<Lane, IMetric> {
  return { interactive: metricOf(queues.interactive), bulk: metricOf(queues.bulk) };
}

function minutes(count: number) {
  return Duration.minutes(count);
}

/** Needs business hours: at other times no traffic is normal. */
function trafficAlarm({ queues }: MonitoredResources, hours: BusinessHours): AlarmSpec {
  return {
    id: 'NoTraffic',
    description: `No conversation has come in ${HOURS_WITHOUT_TRAFFIC} business hours.`,
    metric: new MathExpression({
      // Mappers poll the queues all day, so SQS reports them without gaps. Metric math with a clock needs that.
      expression: `IF(${withinBusinessHours('interactive', hours)}, interactive + bulk, 1)`,
      usingMetrics: ofLanes(queues, (queue) => queue.metricNumberOfMessagesSent({ statistic: Stats.SUM })),
      label: 'conversations queued, 1 outside business hours',
      period: Duration.hours(1),
    }),
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: HOURS_WITHOUT_TRAFFIC,
    pages: true,
  };
}
