import { describe, expect, it } from '@jest/globals';
import { readAssembly } from '../../../../tools/local/template/assembly.ts';
import { IGNORED_PROPERTIES } from '../../../../tools/local/template/ignored.ts';
import { readResources, resolveAll } from '../../../../tools/local/template/resources.ts';
import { isKnownType, schemas } from '../../../../tools/local/template/schemas.ts';
import { Template } from '../../../../tools/local/template/template.ts';
import { sharedAssembly } from '../../../support/assembly.ts';
import { fixtureResources } from '../../../support/tools/fixture-assembly.ts';

type Resources = ReturnType<typeof fixtureResources>;

function read(change: (resources: Resources) => void = () => {}) {
  const resources = fixtureResources();
  change(resources);
  return readResources(Template.parse({ Resources: resources }));
}
function set(id: string, property: string, value: unknown) {
  return (resources: Resources) => {
    Object.assign(resources[id]?.Properties ?? {}, { [property]: value });
  };
}

describe('a template', () => {
  it('knows the stack of the project', async () => {
    const { template } = await readAssembly(await sharedAssembly());
    const types = readResources(template).map(({ type }) => type);

    expect(types).toEqual(expect.arrayContaining(['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::DynamoDB::Table']));
  });

  it('leaves out resources without a local meaning', () => {
    expect(read().map(({ id }) => id)).not.toContain('Role');
    expect(read().find(({ id }) => id === 'ApiFunction')?.properties).not.toHaveProperty('Role');
  });

  it('lists every unknown type and property', () => {
    const change = (resources: Resources): void => {
      resources.Topic = { Type: 'AWS::Events::Rule' };
      set('Queue', 'FifoQueue', true)(resources);
      set('Records', 'FilterCriteria', {})(resources);
      set('Stage', 'ClientCertificateId', 'id')(resources);
    };

    expect(() => read(change)).toThrow(
      expect.objectContaining({
        name: 'UnsupportedTemplateError',
        message: expect.stringMatching(
          /Queue\.FifoQueue: property of AWS::SQS::Queue .*\n.*Records\.FilterCriteria: .*\n.*Stage\.ClientCertificateId: .*\n.*Topic: resource type AWS::Events::Rule is not known/,
        ),
      }),
    );
  });

  it.each([
    { title: 'conditions', part: { Conditions: { IsProd: {} } } },
    { title: 'mappings', part: { Mappings: { Regions: {} } } },
    { title: 'a transform', part: { Transform: 'AWS::Serverless-2016-10-31' } },
    {
      title: 'a resource under a condition',
      part: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' } } },
    },
  ])('is refused with $title', ({ part }) => {
    expect(Template.safeParse({ Resources: {}, ...part }).success).toBe(false);
  });

  it.each([
    {
      type: 'AWS::DynamoDB::Table',
      id: 'Table',
      property: 'BillingMode',
      value: 'PROVISIONED',
      problem: 'Table.BillingMode: only PAY_PER_REQUEST',
    },
    {
      type: 'AWS::ApiGatewayV2::Integration',
      id: 'Integration',
      property: 'PayloadFormatVersion',
      value: '1.0',
      problem: 'Integration.PayloadFormatVersion: only payload format 2.0',
    },
    {
      type: 'AWS::ApiGatewayV2::Route',
      id: 'Route',
      property: 'AuthorizationType',
      value: 'JWT',
      problem: 'Route.AuthorizationType: authorizers',
    },
    {
      type: 'AWS::ApiGatewayV2::Stage',
      id: 'Stage',
      property: 'StageName',
      value: 'v1',
      problem: 'Stage.StageName: only the $default stage',
    },
    {
      type: 'AWS::Lambda::EventSourceMapping',
      id: 'Records',
      property: 'ScalingConfig',
      value: { MinimumConcurrency: 1 },
      problem: 'Records.ScalingConfig: Unrecognized key: "MinimumConcurrency"',
    },
    {
      type: 'AWS::SQS::Queue',
      id: 'Queue',
      property: 'VisibilityTimeout',
      value: 'soon',
      problem: 'Queue.VisibilityTimeout',
    },
  ] as const)('is refused with $property of $value', ({ type, id, property, value, problem }) => {
    const resources = read(set(id, property, value)).filter((resource) => resource.id === id);

    expect(() => resolveAll(type, resources, (unresolved) => unresolved)).toThrow(problem);
  });

  it('takes numbers and booleans that are written as text, as CloudFormation does', () => {
    const type = 'AWS::Lambda::EventSourceMapping';
    const properties = { EventSourceArn: 'queue', FunctionName: 'mapper', BatchSize: '40', Enabled: 'false' };
    const [resolved] = resolveAll(type, [{ id: 'Records', type, properties }], (value) => value);

    expect(resolved?.properties).toMatchObject({ BatchSize: 40, Enabled: false });
  });

  it.each([
    { type: 'AWS::SQS::Queue', properties: {}, defaults: { VisibilityTimeout: 30 } },
    {
      type: 'AWS::Lambda::Function',
      properties: { Code: { S3Bucket: 'b', S3Key: 'k' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
      defaults: { Timeout: 3, MemorySize: 128, LoggingConfig: { LogFormat: 'Text' } },
    },
    {
      type: 'AWS::Lambda::EventSourceMapping',
      properties: { EventSourceArn: 'queue', FunctionName: 'mapper' },
      defaults: { Enabled: true, BatchSize: 10, MaximumBatchingWindowInSeconds: 0, FunctionResponseTypes: [] },
    },
  ] as const)('has the defaults of CloudFormation for $type', ({ type, properties, defaults }) => {
    const [resolved] = resolveAll(type, [{ id: 'It', type, properties }], (value) => value);

    expect(resolved?.properties).toMatchObject(defaults);
  });

  it('never both honours and ignores a property', () => {
    const both = Object.entries(IGNORED_PROPERTIES).flatMap(([type, ignored]) =>
      Object.keys(ignored).filter((name) => isKnownType(type) && name in schemas[type].shape),
    );

    expect(both).toEqual([]);
    expect(Object.keys(IGNORED_PROPERTIES).filter((type) => !isKnownType(type))).toEqual([]);
  });
});
