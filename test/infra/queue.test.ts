import { describe, expect, it } from '@jest/globals';
import { delayAfter, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const SECONDS_OF_14_DAYS = 14 * 24 * 60 * 60;

const { template } = synthesize();
const queue = resource(template, 'AWS::SQS::Queue', 'Queue').properties;
const deadLetters = resource(template, 'AWS::SQS::Queue', 'DeadLetters');
const mapper = resource(template, 'AWS::Lambda::Function', 'Mapper');
const { properties: source, id: sourceId } = resource(template, 'AWS::Lambda::EventSourceMapping');
const variables = mapper.properties.Environment.Variables;

describe('queues', () => {
  it.each([{ part: 'Queue' }, { part: 'DeadLetters' }])(
    '$part is encrypted, standard, and keeps records 14 days',
    ({ part }) => {
      const { properties } = resource(template, 'AWS::SQS::Queue', part);

      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: SECONDS_OF_14_DAYS });
      expect(properties).not.toHaveProperty('FifoQueue');
    },
  );

  it('outlive the stack in prod, because accepted conversations are in them', () => {
    template.allResources('AWS::SQS::Queue', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('hide a received record for six timeouts of the mapper and the batching window', () => {
    expect(queue.VisibilityTimeout).toBe(6 * mapper.properties.Timeout + source.MaximumBatchingWindowInSeconds);
  });

  it('move a record to the dead letters only after more receives than three days of outage need', () => {
    const { deadLetterTargetArn, maxReceiveCount } = queue.RedrivePolicy;
    const delays = Array.from({ length: maxReceiveCount - 1 }, (_, index) => delayAfter(index + 1, () => 0.5));
    const meanSeconds = delays.reduce((sum, delay) => sum + delay);

    expect(deadLetterTargetArn).toEqual({ 'Fn::GetAtt': [deadLetters.id, 'Arn'] });
    expect(meanSeconds).toBeGreaterThanOrEqual(OUTAGE_SECONDS);
    expect(meanSeconds).toBeLessThan(SECONDS_OF_14_DAYS / 2);
  });
});

describe('records reach the mapper', () => {
  it('in batches of 40 gathered for a second, by three mappers at once, and are handed back one by one', () => {
    expect({ ...source, Tags: undefined }).toEqual({
      EventSourceArn: { 'Fn::GetAtt': [resource(template, 'AWS::SQS::Queue', 'Queue').id, 'Arn'] },
      FunctionName: { Ref: mapper.id },
      BatchSize: 40,
      MaximumBatchingWindowInSeconds: 1,
      ScalingConfig: { MaximumConcurrency: 3 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('only once its role may receive them', () => {
    const { DependsOn } = template.findResources('AWS::Lambda::EventSourceMapping')[sourceId] ?? {};

    expect(DependsOn).toContain(resource(template, 'AWS::IAM::Policy', 'Mapper').id);
  });
});

describe('the mapper receives', () => {
  it('the receives after which SQS would park a record without a reason', () => {
    expect(variables.MAX_RECEIVES).toBe(String(queue.RedrivePolicy.maxReceiveCount));
  });

  it('its own timeout', () => {
    expect(variables.TIMEOUT_SECONDS).toBe(String(mapper.properties.Timeout));
  });

  it.each([
    { title: 'the default of 9 requests a second', context: {}, budget: 9 },
    { title: 'a budget of 25', context: { limeRequestsPerSecond: '25' }, budget: 25 },
    { title: 'a budget of 1', context: { limeRequestsPerSecond: 1 }, budget: 1 },
  ])(
    '$title, and the most mappers that may run, each with a batch that it delivers in half its time',
    ({ context, budget }) => {
      const scaled = synthesize(context).template;
      const { properties } = resource(scaled, 'AWS::Lambda::EventSourceMapping');
      const { LIME_REQUESTS_PER_SECOND, MAPPERS } = resource(scaled, 'AWS::Lambda::Function', 'Mapper').properties
        .Environment.Variables;
      const atOnce = properties.ScalingConfig.MaximumConcurrency;

      expect(LIME_REQUESTS_PER_SECOND).toBe(String(budget));
      expect(Number(MAPPERS)).toBeGreaterThanOrEqual(atOnce);
      expect((properties.BatchSize * 2) / (budget / atOnce)).toBeLessThanOrEqual(mapper.properties.Timeout / 2);
    },
  );
});
