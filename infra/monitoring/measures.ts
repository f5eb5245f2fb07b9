import {
  MathExpression,
  type MathExpressionOptions,
  Metric,
  type MetricOptions,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { functionDimension, type MetricName, metrics, metricsNamespace } from '../../shared/metrics.ts';

/** Which function emits a metric; the value of its dimension. */
const emittedBy = {
  ConversationsAccepted: 'intake',
  ConversationsRejected: 'intake',
  ConversationsIgnored: 'intake',
  CallsNotTaken: 'intake',
  Delivered: 'mapper',
  Parked: 'mapper',
  Returned: 'mapper',
  TimeToLime: 'mapper',
  LimeRequests: 'mapper',
  LimeThrottled: 'mapper',
  LimeDenied: 'mapper',
  BudgetUsed: 'mapper',
} as const satisfies Record<MetricName, 'intake' | 'mapper'>;

type Divided = {
  [Name in MetricName]: (typeof metrics)[Name] extends { dimension: string } ? Name : never;
}[MetricName];
type Whole = Exclude<MetricName, Divided>;

/** A metric of the functions; its sum unless the options say otherwise. */
export const measure = (metricName: Whole, options: MetricOptions = {}): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { [functionDimension]: emittedBy[metricName] },
    statistic: Stats.SUM,
    label: metricName,
    ...options,
  });

/** The metrics of one name, by the values of its further dimension. */
export const measures = (metricName: Divided, options: MetricOptions = {}): Record<string, Metric> => {
  const { dimension, values } = metrics[metricName];
  return Object.fromEntries(
    values.map((value) => [
      value,
      new Metric({
        namespace: metricsNamespace,
        metricName,
        dimensionsMap: { [functionDimension]: emittedBy[metricName], [dimension]: value },
        statistic: Stats.SUM,
        label: value,
        ...options,
      }),
    ]),
  );
};

/** Metrics with ids for an expression, and the expression that adds them up where some have no data. */
export const addends = (metricName: Divided): { sum: string; using: Record<string, Metric> } => {
  const using = Object.fromEntries(
    Object.values(measures(metricName)).map((metric, index) => [`${metricName.toLowerCase()}${index}`, metric]),
  );
  return {
    sum: `(${Object.keys(using)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + ')})`,
    using,
  };
};

/** All metrics of one name together. */
export const total = (metricName: Divided, options: MathExpressionOptions): MathExpression => {
  const { sum, using } = addends(metricName);
  return new MathExpression({ expression: sum, usingMetrics: using, ...options });
};
