import { describe, expect, it } from '@jest/globals';
import { metrics } from '../../shared/metrics.ts';
import { tableOf } from '../docs/pages.ts';
import { alarmsIn, type Seen } from '../support/infra/metrics-in.ts';
import { synthesize } from '../support/infra/synthesize.ts';

const declared: Record<string, { unit: string; values?: readonly string[]; summed?: boolean }> = metrics;

describe('a stack without business hours and address', () => {
  const { template: plain } = synthesize();

  it('there is no alarm for missing traffic and no subscriber', () => {
    expect(alarmsIn(plain).map(({ id }) => id)).not.toContain('NoTraffic');
    plain.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('costs what the page says: so many metrics of the functions, and so many that alarms look at', () => {
    const ofFunctions = Object.values(declared).reduce(
      (count, { values = [''], summed = false }) => count + values.length + (summed ? 1 : 0),
      0,
    );
    const own = ofFunctions + Object.keys(plain.findResources('AWS::Logs::MetricFilter')).length;
    const told = tableOf('docs/operations.md', 'fixed').map(([what, count, dollars]) => [what, count, Number(dollars)]);

    expect(told).toEqual(
      expect.arrayContaining([
        ['Metrics of the functions and of the access log', String(own), Number((own * 0.3).toFixed(2))],
        ['Metrics that alarms look at', ...countOf(alarmsIn(plain).flatMap(({ seen }) => seen))],
      ]),
    );
    const variable = tableOf('docs/operations.md', 'costs').map(([, , dollars]) => Number(dollars));
    expect(variable.slice(0, -1).reduce((sum, dollars) => sum + dollars)).toBeCloseTo(variable.at(-1) ?? 0, 2);
  });
});

function countOf(seen: Seen[]): [string, number] {
  return [String(seen.length), Number((seen.length * 0.1).toFixed(2))];
}
