import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FUNCTION_DIMENSION, type MetricName, metrics } from '../../shared/metrics.ts';

/** The function that emits each metric. Value of its dimension. */
const emittedBy = {
  ConversationsAccepted: 'intake',
  ConversationsRejected: 'intake',
  ConversationsIgnored: 'intake',
  CallsNotTaken: 'intake',
  Delivered: 'mapper',
  Parked: 'mapper',
  Returned: 'mapper',
  TimeToLime: 'mapper',
  TimeToLimeByLane: 'mapper',
  LimeRequests: 'mapper',
  LimeThrottled: 'mapper',
  LimeDenied: 'mapper',
  BudgetUsed: 'mapper',
  Skipped: 'mapper',
} as const satisfies Record<MetricName, 'intake' | 'mapper'>;

type DimensionedMetric = {
  [Name in MetricName]: (typeof metrics)[Name] extends { dimension: string } ? Name : never;
}[MetricName];
type SummedMetric = {
  [Name in MetricName]: (typeof metrics)[Name] extends { summed: true } ? Name : never;
}[MetricName];
type PlainMetric = Exclude<MetricName, DimensionedMetric> | SummedMetric;

/** The functions' own metrics for alarms and dashboard. */
export type BridgeMetrics = {
  /** A metric without further dimensions, or the sum over them. Default statistic: sum. */
  metric: (metricName: PlainMetric, options?: MetricOptions) => Metric;
  /** The metrics of one name, by value of their dimension. */
  metricsByValue: (metricName: DimensionedMetric, options?: MetricOptions) => Record<string, Metric>;
};

export function createBridgeMetrics(namespace: string): BridgeMetrics {
  const newMetric = (metricName: MetricName, further: Record<string, string>, options: MetricOptions): Metric =>
    new Metric({
      namespace,
      metricName,
      dimensionsMap: { [FUNCTION_DIMENSION]: emittedBy[metricName], ...further },
      statistic: Stats.SUM,
      ...options,
    });

  const metricsByValue: BridgeMetrics['metricsByValue'] = (metricName, options = {}) => {
    const { dimension, values } = metrics[metricName];
    return Object.fromEntries(
      values.map((value) => [value, newMetric(metricName, { [dimension]: value }, { label: value, ...options })]),
    );
  };

  return {
    metric: (metricName, options = {}) => newMetric(metricName, {}, { label: metricName, ...options }),
    metricsByValue,
  };
}
