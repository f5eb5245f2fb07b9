import * as z from 'zod';

/** CloudFormation also takes numbers and booleans as text. */
const int = z.coerce.number().pipe(z.int().min(0));
const number = z.coerce.number().pipe(z.number().min(0));
const flag = z.union([z.boolean(), z.stringbool()]);
const variable = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Index = z.strictObject({
  IndexName: z.string(),
  KeySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const RouteSettings = z.strictObject({
  ThrottlingRateLimit: number.optional(),
  ThrottlingBurstLimit: int.optional(),
  /** Ignored, because metrics are not collected. */
  DetailedMetricsEnabled: z.unknown().optional(),
});

/**
 * The resolved properties that the local run supports. Strict at every level: a property that is neither here nor in
 * the list of ignored ones is refused. Defaults are CloudFormation's.
 */
export const schemas = {
  'AWS::SQS::Queue': z.strictObject({
    QueueName: z.string().optional(),
    VisibilityTimeout: int.default(30),
    DelaySeconds: int.optional(),
    MaximumMessageSize: int.optional(),
    MessageRetentionPeriod: int.optional(),
    ReceiveMessageWaitTimeSeconds: int.optional(),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: int }).optional(),
  }),
  'AWS::DynamoDB::Table': z.strictObject({
    TableName: z.string().optional(),
    AttributeDefinitions: z.array(
      z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    KeySchema,
    BillingMode: z.literal('PAY_PER_REQUEST', 'only PAY_PER_REQUEST is known to the local run'),
    GlobalSecondaryIndexes: z.array(Index).optional(),
  }),
  'AWS::Lambda::Function': z.strictObject({
    FunctionName: z.string().optional(),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Handler: z.string().regex(/^[\w/-]+\.\w+$/, 'must be <file>.<export>'),
    Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node.js is known to the local run'),
    PackageType: z.literal('Zip').optional(),
    Timeout: int.default(3),
    MemorySize: int.default(128),
    ReservedConcurrentExecutions: int.optional(),
    LoggingConfig: z
      .strictObject({
        LogGroup: z.string().optional(),
        LogFormat: z.enum(['JSON', 'Text']).default('Text'),
        ApplicationLogLevel: z.string().optional(),
        /** Ignored, because nothing writes the platform's log lines here. */
        SystemLogLevel: z.unknown().optional(),
      })
      .default({ LogFormat: 'Text' }),
    Environment: z.strictObject({ Variables: z.record(z.string(), variable).default({}) }).default({ Variables: {} }),
  }),
  'AWS::Lambda::EventSourceMapping': z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    Enabled: flag.default(true),
    BatchSize: int.default(10),
    MaximumBatchingWindowInSeconds: int.default(0),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    ScalingConfig: z.strictObject({ MaximumConcurrency: int.optional() }).default({}),
  }),
  'AWS::ApiGatewayV2::Api': z.strictObject({
    ProtocolType: z.literal('HTTP', 'only HTTP APIs are known to the local run'),
  }),
  'AWS::ApiGatewayV2::Stage': z.strictObject({
    ApiId: z.string(),
    StageName: z.literal('$default', 'only the $default stage is known to the local run'),
    DefaultRouteSettings: RouteSettings.default({}),
    RouteSettings: z.record(z.string(), RouteSettings).default({}),
  }),
  'AWS::ApiGatewayV2::Route': z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    AuthorizationType: z.literal('NONE', 'authorizers are not known to the local run').optional(),
    Target: z.string(),
  }),
  'AWS::ApiGatewayV2::Integration': z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 is known to the local run'),
    TimeoutInMillis: int.default(30_000),
  }),
};

export type KnownType = keyof typeof schemas;
export type Properties<T extends KnownType> = z.infer<(typeof schemas)[T]>;

export function isKnownType(type: string): type is KnownType {
  return Object.hasOwn(schemas, type);
}
