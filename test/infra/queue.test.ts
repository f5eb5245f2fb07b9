import { describe, expect, it } from '@jest/globals';
import { delayAfter, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const SECONDS_OF_14_DAYS = 14 * 24 * 60 * 60;

const { template } = synthesize();
const queue = resource(template, 'AWS::SQS::Queue', 'Queue').properties;
const deadLetters = resource(template, 'AWS::SQS::Queue', 'DeadLetters');
const mapper = resource(template, 'AWS::Lambda::Function', 'Mapper');
const bulk = resource(template, 'AWS::Lambda::EventSourceMapping', 'Records');
const interactive = resource(template, 'AWS::Lambda::EventSourceMapping', 'Interactive');
const variables = mapper.properties.Environment.Variables;

describe('queues', () => {
  it.each([{ part: 'Queue' }, { part: 'Interactive' }, { part: 'DeadLetters' }])(
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
    expect(queue.VisibilityTimeout).toBe(
      6 * mapper.properties.Timeout + bulk.properties.MaximumBatchingWindowInSeconds,
    );
  });

  it('of both lanes are alike, with the same dead letters', () => {
    expect(resource(template, 'AWS::SQS::Queue', 'Interactive').properties).toEqual(queue);
  });

  it('keep the logical id of the bulk lane, because an upgrade must not replace a queue with conversations in it', () => {
    expect(resource(template, 'AWS::SQS::Queue', 'Queue').id).toBe('ChatConversationsQueueD5D3D180');
    expect(bulk.id).toBe('ChatMapperRecords55D0F737');
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
  const common = {
    FunctionName: { Ref: mapper.id },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    Tags: undefined,
  };
  const from = (part: string) => ({ 'Fn::GetAtt': [resource(template, 'AWS::SQS::Queue', part).id, 'Arn'] });

  it('of bulk calls in batches of 40 gathered for a second, by three mappers at once, and are handed back one by one', () => {
    expect({ ...bulk.properties, Tags: undefined }).toEqual({
      ...common,
      EventSourceArn: from('Queue'),
      BatchSize: 40,
      ScalingConfig: { MaximumConcurrency: 3 },
      MaximumBatchingWindowInSeconds: 1,
    });
  });

  it('of small calls at once, in batches of 10, by five further mappers', () => {
    expect({ ...interactive.properties, Tags: undefined }).toEqual({
      ...common,
      EventSourceArn: from('Interactive'),
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it.each([bulk, interactive])('only once its role may receive them: $id', ({ id }) => {
    const { DependsOn } = template.findResources('AWS::Lambda::EventSourceMapping')[id] ?? {};

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
  ])('its share of $title, so that the shares of all mappers are the budget', ({ context, budget }) => {
    const scaled = synthesize(context).template;
    const sources = ['Records', 'Interactive'].map(
      (part) => resource(scaled, 'AWS::Lambda::EventSourceMapping', part).properties,
    );
    const mappers = sources.reduce((sum, { ScalingConfig }) => sum + ScalingConfig.MaximumConcurrency, 0);
    const share = Number(
      resource(scaled, 'AWS::Lambda::Function', 'Mapper').properties.Environment.Variables.LIME_REQUESTS_PER_SECOND,
    );

    expect(share * mappers).toBeCloseTo(budget, 10);
    for (const { BatchSize, ScalingConfig } of sources) {
      const seconds = (BatchSize * 2) / (budget / ScalingConfig.MaximumConcurrency);
      expect(seconds).toBeLessThanOrEqual(mapper.properties.Timeout / 2);
    }
  });
});
