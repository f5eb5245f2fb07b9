import { describe, expect, it } from '@jest/globals';
import { backOff } from '../../shared/lime/retry.ts';
import { FUNCTION_DIMENSION, metrics, metricsNamespaceOf } from '../../shared/metrics.ts';
import { readText, tableOf } from '../docs/pages.ts';
import { alarmsIn, metricsInDashboard, type Seen } from '../support/infra/metrics-in.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const businessHours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
  timeZone: 'Europe/Stockholm',
};
const runbookUrl = 'https://wiki.example.com/operations';
const { template } = synthesize({ businessHours, alarmEmail: 'oncall@example.com', runbookUrl });
const alarms = alarmsIn(template);
const composite = resource(template, 'AWS::CloudWatch::CompositeAlarm');
const topic = resource(template, 'AWS::SNS::Topic').id;
const page = readText('docs/operations.md');

const descriptions = [
  ...alarms.map(({ id, properties }) => ({ id, description: String(properties.AlarmDescription) })),
  { id: 'CustomersHurt', description: String(composite.properties.AlarmDescription) },
];

describe('every alarm', () => {
  it.each(descriptions)(
    '$id is described by a sentence and, last, the URL of its section of the runbook',
    ({ id, description }) => {
      expect(description).toMatch(
        new RegExp(`^[A-Z].+[.:a-z] What to do: https://wiki\\.example\\.com/operations#alarm-${id.toLowerCase()}$`),
      );
      expect(page).toContain(`\n### Alarm ${id}\n`);
    },
  );

  it('has a section that says what to type, and every section has an alarm', () => {
    const sections = page.split(/^#+ /m).filter((section) => section.startsWith('Alarm '));
    const named = sections.map((section) => /^Alarm (\S+)/.exec(section)?.[1]);

    expect(named.toSorted()).toEqual(descriptions.map(({ id }) => id).toSorted());
    expect(sections.filter((section) => !/^```sh$/m.test(section))).toEqual([]);
  });

  it('stands in the table of the page, with whether it pages', () => {
    const told = tableOf('docs/operations.md', 'alarms').map(([link = '', , pages]) => [
      /\[(\w+)\]/.exec(link)?.[1],
      pages,
    ]);
    const paging = JSON.stringify(composite.properties.AlarmRule);
    const deployed = alarms.map(({ id, logicalId }) => [id, paging.includes(logicalId) ? 'yes' : 'no']);

    expect(told.toSorted()).toEqual([['CustomersHurt', 'yes'], ...deployed].toSorted());
  });

  it('notifies the topic when it starts and ends, itself or through the composite', () => {
    const paging = JSON.stringify(composite.properties.AlarmRule);
    const silent = alarms.filter(({ logicalId }) => paging.includes(logicalId));
    const telling = alarms.filter((alarm) => !silent.includes(alarm));

    expect(silent.flatMap(({ properties }) => [properties.AlarmActions, properties.OKActions])).toEqual(
      silent.flatMap(() => [undefined, undefined]),
    );
    for (const { properties } of [...telling.filter(({ id }) => id !== 'NewlyParked'), composite])
      expect(properties).toMatchObject({ AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
  });

  it('tells of each minute with a newly parked conversation, and not of its end', () => {
    const { properties } = alarms.find(({ id }) => id === 'NewlyParked') ?? {};

    expect(properties).toMatchObject({
      AlarmActions: [{ Ref: topic }],
      Metrics: [{ MetricStat: { Period: 60, Stat: 'Sum' } }],
      EvaluationPeriods: 1,
    });
    expect(properties?.OKActions).toBeUndefined();
  });

  it.each(alarms)('$id stays below the ten metrics that CloudWatch takes', ({ seen }) => {
    expect(seen.length).toBeLessThan(10);
  });
});

type Known = { unit: string; dimension?: string; values?: readonly string[]; summed?: boolean };
const KNOWN: Record<string, Known> = metrics;

/** A metric exists if the functions emit it, or AWS does for a resource of this template. */
function problemOf({ namespace, name, dimensions }: Seen): string | undefined {
  if (namespace === metricsNamespaceOf('prod')) {
    if (name === 'CallsThrottled')
      return JSON.stringify(template.findResources('AWS::Logs::MetricFilter')).includes(name) ? undefined : 'no filter';
    const known = KNOWN[name];
    if (known === undefined) return `${name} is not emitted`;
    const { [FUNCTION_DIMENSION]: service, ...others } = dimensions;
    if (!['intake', 'mapper'].includes(String(service))) return `${name} has no ${FUNCTION_DIMENSION}`;
    const [entry, ...more] = Object.entries(others);
    if (entry === undefined && known.summed === true) return undefined;
    if (more.length > 0 || entry?.[0] !== known.dimension) return `${name} has dimensions ${JSON.stringify(others)}`;
    if (entry !== undefined && !known.values?.includes(String(entry[1]))) return `${name} has no ${entry[1]}`;
    return undefined;
  }
  const of = AWS_METRICS[namespace];
  const [dimension, ...more] = Object.entries(dimensions);
  if (of === undefined || dimension === undefined || more.length > 0) return `${namespace} ${name} is not known`;
  if (!of.names.includes(name) || dimension[0] !== of.dimension)
    return `${namespace} has no ${name} by ${dimension[0]}`;
  const ids = Object.keys(template.findResources(of.type));
  return ids.some((id) => JSON.stringify(dimension[1]).includes(id)) ? undefined : `${name} is of no resource here`;
}

/** From the documentation of each service: names, and the one dimension by which they are told apart. */
const AWS_METRICS: Record<string, { names: string[]; dimension: string; type: string }> = {
  'AWS/ApiGateway': { names: ['4xx', '5xx', 'Latency'], dimension: 'ApiId', type: 'AWS::ApiGatewayV2::Api' },
  'AWS/Lambda': { names: ['Errors', 'Duration'], dimension: 'FunctionName', type: 'AWS::Lambda::Function' },
  'AWS/DynamoDB': {
    names: ['ReadThrottleEvents', 'WriteThrottleEvents'],
    dimension: 'TableName',
    type: 'AWS::DynamoDB::Table',
  },
  'AWS/SQS': {
    names: [
      'ApproximateAgeOfOldestMessage',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfMessagesNotVisible',
      'NumberOfMessagesSent',
    ],
    dimension: 'QueueName',
    type: 'AWS::SQS::Queue',
  },
};

describe('every metric', () => {
  it.each(alarms)('that $id looks at exists, with these dimensions', ({ seen }) => {
    expect(seen.map(problemOf).filter(Boolean)).toEqual([]);
    expect(seen.length).toBeGreaterThan(0);
  });

  it('on the dashboard exists, with these dimensions', () => {
    const seen = metricsInDashboard(template);

    expect(seen.map(problemOf).filter(Boolean)).toEqual([]);
    expect(seen.length).toBeGreaterThan(20);
  });

  it('that the functions emit is used by an alarm or the dashboard', () => {
    const names = [...alarms.flatMap(({ seen }) => seen), ...metricsInDashboard(template)].map(({ name }) => name);

    expect(Object.keys(metrics).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('thresholds', () => {
  const alarm = (id: string) => alarms.find((candidate) => candidate.id === id)?.properties ?? {};

  it('raise the alarm of the DLQ with the first record, at once, and keep it while SQS is silent', () => {
    expect(alarm('Parked')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'ignore',
    });
  });

  it('follow from the timeouts of the functions', () => {
    const timeout = (name: string) => resource(template, 'AWS::Lambda::Function', name).properties.Timeout * 1_000;

    expect(alarm('IntakeSlow')).toMatchObject({ ExtendedStatistic: 'p99', Threshold: timeout('Intake') / 3 });
    expect(alarm('MapperNearTimeout').Threshold).toBeLessThan(timeout('Mapper'));
    expect(alarm('MapperNearTimeout').Threshold).toBeGreaterThan(timeout('Mapper') - 12_000);
  });

  it('see a record that waits for its next try in each of their windows', () => {
    expect(alarm('Retrying')).toMatchObject({
      Metrics: [{ MetricStat: { Period: backOff.longest, Stat: 'Sum' } }],
      EvaluationPeriods: 2,
      Threshold: 1,
    });
  });

  it.each([
    { id: 'BurnFast', hours: 1, budget: 0.02 },
    { id: 'BurnSlow', hours: 6, budget: 0.05 },
  ])('of $id are reached when $hours h use up $budget of the budget of 28 days', ({ id, hours, budget }) => {
    const { Threshold, Metrics } = alarm(id);

    expect((Threshold * hours) / (28 * 24)).toBeCloseTo(budget, 10);
    expect(
      new Set(Metrics.flatMap(({ MetricStat: stat }: { MetricStat?: { Period: number } }) => stat?.Period ?? [])),
    ).toEqual(new Set([hours * 3_600]));
    expect(Metrics.length - 1).toBeLessThanOrEqual(10);
  });

  it('on the page are those that are deployed', () => {
    const told = Object.fromEntries(
      tableOf('docs/operations.md', 'alarms').map(([link = '', when = '']) => [/\[(\w+)\]/.exec(link)?.[1], when]),
    );

    expect(told.IntakeSlow).toContain(`${alarm('IntakeSlow').Threshold / 1_000} s`);
    expect(told.Waiting).toContain(`${alarm('Waiting').Threshold} s`);
    expect(told.BurnFast).toContain(`${alarm('BurnFast').Threshold} %`);
    expect(told.BurnSlow).toContain(`${alarm('BurnSlow').Threshold} %`);
    expect(told.ParkedExpiring).toContain(`${alarm('ParkedExpiring').Threshold / (24 * 3_600)} days`);
    expect(told.CallsRefused).toContain(`${alarm('CallsRefused').Threshold} calls or more`);
    expect(told.MapperNearTimeout).toContain(`${alarm('MapperNearTimeout').Threshold / 1_000} s`);
  });
});

describe('the topic', () => {
  it('mails the address of the stage, and takes what alarms of this account publish, by TLS only', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: { Ref: topic },
      Protocol: 'email',
      Endpoint: 'oncall@example.com',
    });
    expect(resource(template, 'AWS::SNS::TopicPolicy').properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });
});
