import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { metricsNamespaceOf } from '../../shared/metrics.ts';
import { alarmsIn, metricsInDashboard } from '../support/infra/metrics-in.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const Synthesized = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.unknown().optional() })),
});

const stages = ['prod', 'test'].map((stage) => ({
  stage,
  other: stage === 'prod' ? 'test' : 'prod',
  template: synthesize({ stage }, `userlike-lime-${stage}`).template,
}));

/** Properties that name something inside of their resource, or of AWS, rather than the resource in its account. */
const inner = new Set(['MetricName', 'StageName', 'PolicyName']);

/** What a stack names in its account and region by itself, rather than leaving it to CloudFormation. */
function namesIn(template: Template): string[] {
  const { Resources, Outputs } = Synthesized.parse(template.toJSON());
  return [
    ...Object.values(Resources).flatMap(({ Type, Properties }) =>
      Object.entries(Properties).flatMap(([key, value]) =>
        /Name$/.test(key) && !inner.has(key) && typeof value === 'string' ? [`${Type} ${value}`] : [],
      ),
    ),
    ...Object.values(Outputs).flatMap(({ Export }) =>
      Export === undefined ? [] : [`export ${JSON.stringify(Export)}`],
    ),
  ];
}

describe('two stages in one account and region', () => {
  it('give no name to two things', () => {
    const names = stages.flatMap(({ template }) => namesIn(template));

    // Saved queries, the alarm of alarms and the API have names of their own in each stage.
    expect(names.length).toBeGreaterThanOrEqual(2 * 6);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(stages)('$stage has metrics and secrets of its own', ({ stage, other, template }) => {
    const seen = [...alarmsIn(template).flatMap((alarm) => alarm.seen), ...metricsInDashboard(template)];
    const namespace = metricsNamespaceOf(stage);

    expect(new Set(seen.map((metric) => metric.namespace).filter((one) => !one.startsWith('AWS/')))).toEqual(
      new Set([namespace]),
    );
    for (const name of ['Intake', 'Mapper'])
      expect(resource(template, 'AWS::Lambda::Function', name).properties.Environment.Variables).toMatchObject({
        METRICS_NAMESPACE: namespace,
        SECRETS_PREFIX: `userlike-lime/${stage}`,
      });
    expect(JSON.stringify(template.toJSON())).not.toMatch(
      new RegExp(`userlike-lime[/-]${other}|${metricsNamespaceOf(other)}`),
    );
  });
});
