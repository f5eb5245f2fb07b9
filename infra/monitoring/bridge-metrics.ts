import {
  MathExpression,
  type MathExpressionOptions,
  Metric,
  type MetricOptions,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
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
type PlainMetric = Exclude<MetricName, DimensionedMetric>;

/** The functions' own metrics for alarms and dashboard. */
export type BridgeMetrics = {
  /** A metric without further dimensions. Default statistic: sum. */
  metric: (metricName: PlainMetric, options?: MetricOptions) => Metric;
  /** The metrics of one name, by value of their dimension. */
  metricsByValue: (metricName: DimensionedMetric, options?: MetricOptions) => Record<string, Metric>;
  /** Metrics with ids, and an expression that adds them up even if some have no data. */
  addends: (metricName: DimensionedMetric) => { sum: string; using: Record<string, Metric> };
  /** The sum of all metrics of one name. */
  total: (metricName: DimensionedMetric, options: MathExpressionOptions) => MathExpression;
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

  const addends: BridgeMetrics['addends'] = (metricName) => {
    const using = Object.fromEntries(
      Object.values(metricsByValue(metricName)).map((one, index) => [`${metricName.toLowerCase()}${index}`, one]),
    );
    const filled = Object.keys(using).map((id) => `FILL(${id}, 0)`);
    return { sum: `(${filled.join(' + ')})`, using };
  };

  return {
    metric: (metricName, options = {}) => newMetric(metricName, {}, { label: metricName, ...options }),
    metricsByValue,
    addends,
    total: (metricName, options) => {
      const { sum, using } = addends(metricName);
      return new MathExpression({ expression: sum, usingMetrics: using, ...options });
    },
  };
}
