import { Duration } from 'aws-cdk-lib';
import {
  Color,
  Column,
  GraphWidget,
  type IMetric,
  type IWidget,
  LegendPosition,
  Row,
  SingleValueWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { BridgeMetrics } from './bridge-metrics.ts';
import type { MonitoredResources } from './monitored-resources.ts';
import { deliveredInTime } from './service-level.ts';
import { objective } from './thresholds.ts';

const FIVE_MINUTES = Duration.minutes(5);

export function customerImpact({ api, deadLetters, queues, metrics }: MonitoredResources): IWidget {
  return new Column(
    new Row(
      number(
        `In Lime within ${objective.seconds / 60} minutes, promised ${objective.share * 100} %`,
        [deliveredInTime(FIVE_MINUTES, metrics)],
        true,
      ),
      number('Calls answered 5xx', [api.metricServerError({ statistic: Stats.SUM, label: 'calls' })], true),
    ),
    new Row(
      number(
        'Parked now',
        [deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label: 'conversations' })],
        false,
      ),
      number(
        'The oldest waits now',
        [
          queues.interactive.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label: 's, interactive' }),
          queues.bulk.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label: 's, bulk' }),
        ],
        false,
      ),
    ),
  );
}

function number(title: string, metrics: IMetric[], ofTheWholeTime: boolean): IWidget {
  return new SingleValueWidget({ title, metrics, width: 7, height: 3, setPeriodToTimeRange: ofTheWholeTime });
}

export function throughput({ metrics }: MonitoredResources): IWidget[] {
  return [
    graph('Conversations from Userlike', 12, 'in 5 minutes', [
      metrics.metric('ConversationsAccepted', { label: 'accepted', color: Color.GREEN }),
      metrics.metric('ConversationsRejected', { label: 'rejected', color: Color.RED }),
      metrics.metric('ConversationsIgnored', { label: 'ignored', color: Color.GREY }),
      metrics.metric('CallsNotTaken', { label: 'calls not taken', color: Color.ORANGE }),
    ]),
    graph(
      'Conversations that are in Lime',
      12,
      'in 5 minutes',
      [
        ...deliveredByOutcome(metrics),
        metrics.metric('Skipped', { label: 'skipped', color: Color.GREY }),
        metrics.metric('Parked', { label: 'parked', color: Color.RED }),
      ],
      { stacked: true },
    ),
  ];
}

function graph(title: string, width: number, axis: string, lines: IMetric[], more: object = {}): IWidget {
  return new GraphWidget({
    title,
    width,
    height: 6,
    left: lines,
    leftYAxis: { label: axis, showUnits: false, min: 0 },
    legendPosition: LegendPosition.BOTTOM,
    ...more,
  });
}

/** Grey for stale conversations, which need no delivery. */
function deliveredByOutcome({ metricsByValue }: BridgeMetrics): IMetric[] {
  return Object.entries(metricsByValue('Delivered')).map(([outcome, metric]) =>
    outcome === 'stale' ? metric.with({ color: Color.GREY }) : metric,
  );
}

export function latency({ api, queues, mapper, metrics }: MonitoredResources): IWidget[] {
  return [
    graph(
      'From intake to Lime',
      8,
      'seconds',
      [...byLane(metrics, Stats.p(50), 'half of them'), ...byLane(metrics, Stats.p(99), '99 %')],
      { leftAnnotations: [{ value: objective.seconds, label: 'promised', color: Color.RED }] },
    ),
    graph('In the queues', 8, 'records', [
      ...Object.entries(queues).flatMap(([lane, queue]) => [
        queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label: `${lane}, waiting` }),
        queue.metricApproximateNumberOfMessagesNotVisible({
          statistic: Stats.MAXIMUM,
          label: `${lane}, with a mapper or to be tried again`,
        }),
      ]),
      metrics.metric('Returned', { label: 'given back', color: Color.PURPLE }),
    ]),
    graph('Time of an answer and of a batch', 8, 'milliseconds', [
      api.metricLatency({ statistic: Stats.p(99), label: 'answer to a call, 99 %' }),
      mapper.metricDuration({ statistic: Stats.p(99), label: 'batch of the mapper, 99 %' }),
    ]),
  ];
}

function byLane({ metricsByValue }: BridgeMetrics, statistic: string, label: string): IMetric[] {
  return Object.entries(metricsByValue('TimeToLimeByLane')).map(([lane, metric]) =>
    metric.with({ statistic, label: `${lane}, ${label}` }),
  );
}

export function limeResponses({ metrics }: MonitoredResources): IWidget[] {
  return [
    graph('Requests to Lime, by answer', 12, 'in 5 minutes', Object.values(metrics.metricsByValue('LimeRequests')), {
      stacked: true,
    }),
    graph('Lime throttles or refuses', 6, 'answers', [
      metrics.metric('LimeThrottled', { label: 'throttles', color: Color.ORANGE }),
      metrics.metric('LimeDenied', { label: 'refuses the key', color: Color.RED }),
    ]),
    graph("Of Lime's budget", 6, '%', [
      metrics.metric('BudgetUsed', { statistic: Stats.AVERAGE, label: 'on average' }),
      metrics.metric('BudgetUsed', { statistic: Stats.MAXIMUM, label: 'at most' }),
    ]),
  ];
}
