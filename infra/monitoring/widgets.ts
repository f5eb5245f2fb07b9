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
import type { Measures } from './measures.ts';
import type { Watched } from './monitored-resources.ts';
import { inTime } from './service-level.ts';
import { promise } from './thresholds.ts';

const FIVE_MINUTES = Duration.minutes(5);

export function hurting({ api, deadLetters, queue, own }: Watched): IWidget {
  return new Column(
    new Row(
      number(
        `In Lime within ${promise.seconds / 60} minutes, promised ${promise.share * 100} %`,
        inTime(FIVE_MINUTES, own),
        true,
      ),
      number('Calls answered 5xx', api.metricServerError({ statistic: Stats.SUM, label: 'calls' }), true),
    ),
    new Row(
      number(
        'Parked now',
        deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label: 'conversations' }),
        false,
      ),
      number(
        'The oldest waits now',
        queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label: 'seconds' }),
        false,
      ),
    ),
  );
}

function number(title: string, metric: IMetric, ofTheWholeTime: boolean): IWidget {
  return new SingleValueWidget({ title, metrics: [metric], width: 7, height: 3, setPeriodToTimeRange: ofTheWholeTime });
}

export function flowing({ own }: Watched): IWidget[] {
  return [
    graph('Conversations from Userlike', 12, 'in 5 minutes', [
      own.measure('ConversationsAccepted', { label: 'accepted', color: Color.GREEN }),
      own.measure('ConversationsRejected', { label: 'rejected', color: Color.RED }),
      own.measure('ConversationsIgnored', { label: 'ignored', color: Color.GREY }),
      own.measure('CallsNotTaken', { label: 'calls not taken', color: Color.ORANGE }),
    ]),
    graph(
      'Conversations that are in Lime',
      12,
      'in 5 minutes',
      [...inLime(own), own.total('Parked', { label: 'parked', color: Color.RED, period: FIVE_MINUTES })],
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

/** By outcome; nothing was done for what is stale. */
function inLime({ measures }: Measures): IMetric[] {
  return Object.entries(measures('Delivered')).map(([outcome, metric]) =>
    outcome === 'stale' ? metric.with({ color: Color.GREY }) : metric,
  );
}

export function waiting({ api, queue, mapper, own }: Watched): IWidget[] {
  return [
    graph(
      'From intake to Lime',
      8,
      'seconds',
      [
        own.measure('TimeToLime', { statistic: Stats.p(50), label: 'half of them' }),
        own.measure('TimeToLime', { statistic: Stats.p(99), label: '99 %' }),
      ],
      { leftAnnotations: [{ value: promise.seconds, label: 'promised', color: Color.RED }] },
    ),
    graph('In the queue', 8, 'records', [
      queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label: 'waiting' }),
      queue.metricApproximateNumberOfMessagesNotVisible({
        statistic: Stats.MAXIMUM,
        label: 'with a mapper, or to be tried again',
      }),
      own.measure('Returned', { label: 'given back', color: Color.PURPLE }),
    ]),
    graph('Time of an answer and of a batch', 8, 'milliseconds', [
      api.metricLatency({ statistic: Stats.p(99), label: 'answer to a call, 99 %' }),
      mapper.metricDuration({ statistic: Stats.p(99), label: 'batch of the mapper, 99 %' }),
    ]),
  ];
}

export function lime({ own }: Watched): IWidget[] {
  return [
    graph('Requests to Lime, by answer', 12, 'in 5 minutes', Object.values(own.measures('LimeRequests')), {
      stacked: true,
    }),
    graph('Lime asks for quiet, or refuses', 6, 'answers', [
      own.measure('LimeThrottled', { label: 'asks for quiet', color: Color.ORANGE }),
      own.measure('LimeDenied', { label: 'refuses the key', color: Color.RED }),
    ]),
    graph("Of Lime's budget", 6, '%', [
      own.measure('BudgetUsed', { statistic: Stats.AVERAGE, label: 'on average' }),
      own.measure('BudgetUsed', { statistic: Stats.MAXIMUM, label: 'at most' }),
    ]),
  ];
}
