import { Duration } from 'aws-cdk-lib';
import { MathExpression, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Measures } from './measures.ts';
import { type Burn, burnRate, FEWEST_LATE, promise } from './thresholds.ts';

/** How many times faster than the promise allows its error budget was used up in the burn's window. */
export function burned(burn: Burn, own: Measures): MathExpression {
  const { late, all, using } = outcomes(own);
  const budget = (1 - promise.share).toFixed(4);
  return new MathExpression({
    expression: `IF(${late} >= ${FEWEST_LATE}, ${late} / ${all} / ${budget}, 0)`,
    usingMetrics: using,
    label: `error budget, times too fast (${burn})`,
    period: Duration.seconds(burnRate(burn).windowSeconds),
  });
}

/**
 * Conversations that left the queue, and those of them that broke the promise: in Lime too late, or parked. What is
 * still queued is in neither; see docs/decisions/0008-service-level-by-metric-math.md.
 */
function outcomes({ addends, measure }: Measures): { late: string; all: string; using: Record<string, Metric> } {
  const parked = addends('Parked');
  return {
    late: `(FILL(delivered, 0) - FILL(intime, 0) + ${parked.sum})`,
    all: `(FILL(delivered, 0) + ${parked.sum})`,
    using: {
      delivered: measure('TimeToLime', { statistic: Stats.SAMPLE_COUNT }),
      // CloudWatch's trimmed count with an absolute bound: data points of at most so many seconds.
      intime: measure('TimeToLime', { statistic: `TC(:${promise.seconds})` }),
      ...parked.using,
    },
  };
}

/** Percent of the conversations that were in Lime in time. */
export function inTime(period: Duration, own: Measures): MathExpression {
  const { late, all, using } = outcomes(own);
  return new MathExpression({
    expression: `100 * (1 - ${late} / ${all})`,
    usingMetrics: using,
    label: `% in Lime within ${promise.seconds / 60} min`,
    period,
  });
}
