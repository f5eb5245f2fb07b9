import { Duration } from 'aws-cdk-lib';
import { MathExpression, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { BridgeMetrics } from './bridge-metrics.ts';
import { type Burn, burnRate, MIN_LATE, objective } from './thresholds.ts';

/** Breaches of the objective: at this rate the error budget of 28 days lasts for the given time. */
export function burnAlarm(burn: Burn, metrics: BridgeMetrics, { window, lasts }: { window: string; lasts: string }) {
  return {
    description: `At least ${MIN_LATE} conversations were late or parked within ${window}, and at this rate the error budget is gone in ${lasts}.`,
    metric: errorBudgetBurn(burn, metrics),
    threshold: burnRate(burn).rate,
    periods: 1,
  };
}

/** How many times faster than allowed the error budget was used up in the burn's window. */
export function errorBudgetBurn(burn: Burn, metrics: BridgeMetrics): MathExpression {
  const { late, all, using } = outcomes(metrics);
  const budget = (1 - objective.share).toFixed(4);
  return new MathExpression({
    expression: `IF(${late} >= ${MIN_LATE}, ${late} / ${all} / ${budget}, 0)`,
    usingMetrics: using,
    label: `error budget, times too fast (${burn})`,
    period: Duration.seconds(burnRate(burn).windowSeconds),
  });
}

/**
 * Conversations that left the queue, and those of them that missed the objective: late or parked. Queued ones count as
 * neither, see docs/decisions/0008-service-level-by-metric-math.md.
 */
function outcomes({ metric }: BridgeMetrics): { late: string; all: string; using: Record<string, Metric> } {
  return {
    late: '(FILL(delivered, 0) - FILL(intime, 0) + FILL(parked, 0))',
    all: '(FILL(delivered, 0) + FILL(parked, 0))',
    using: {
      delivered: metric('TimeToLime', { statistic: Stats.SAMPLE_COUNT }),
      // A trimmed count with an absolute bound counts data points up to so many seconds.
      intime: metric('TimeToLime', { statistic: `TC(:${objective.seconds})` }),
      parked: metric('Parked'),
    },
  };
}

/** Percentage of conversations that reached Lime in time. */
export function deliveredInTime(period: Duration, metrics: BridgeMetrics): MathExpression {
  const { late, all, using } = outcomes(metrics);
  return new MathExpression({
    expression: `100 * (1 - ${late} / ${all})`,
    usingMetrics: using,
    label: `% in Lime within ${objective.seconds / 60} min`,
    period,
  });
}
