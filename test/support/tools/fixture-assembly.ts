import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Resource = { Type: string; Properties?: Record<string, unknown> };

/** Answers HTTP calls as their body says, and shows the event it was called with. */
const API = `
export const handler = async (event, context) => {
  const { say, crash, fail, hang, answer, environment } = JSON.parse(event.body ?? '{}');
  if (say) console.log(JSON.stringify({ message: say }));
  if (crash) process.kill(process.pid, 'SIGKILL');
  if (fail) throw new RangeError('as asked');
  if (hang) await new Promise((resolve) => setTimeout(resolve, hang));
  if (environment) return process.env;
  return answer === undefined ? { event, context: { ...context, remaining: context.getRemainingTimeInMillis() }, pid: process.pid } : answer;
};
`;

/** Takes batches; a record's body says what becomes of it. */
const WORKER = `
export const handler = async ({ Records }) => {
  const bodies = Records.map(({ body }) => JSON.parse(body));
  console.log(JSON.stringify({ message: 'batch', pid: process.pid, bodies, records: Records }));
  if (bodies.some(({ fail }) => fail === 'batch')) throw new Error('as asked');
  return { batchItemFailures: Records.filter((_, at) => bodies[at].fail === 'record').map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
`;

function zipOf(name: string) {
  return { S3Bucket: { 'Fn::Sub': `assets-\${AWS::AccountId}` }, S3Key: `${name}.zip` };
}

/** A small stack of the same shape as the project's: an HTTP API with a function, a queue with another, a table. */
export function fixtureResources(): Record<string, Resource> {
  return {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 360,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
      },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    ApiFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: zipOf('api'),
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: 60,
        MemorySize: 256,
        Environment: {
          Variables: { QUEUE_URL: { Ref: 'Queue' }, TABLE: { Ref: 'Table' }, SECRETS_PREFIX: 'fixture/local' },
        },
      },
    },
    WorkerFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: zipOf('worker'), Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 60 },
    },
    Records: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionName: { Ref: 'WorkerFunction' },
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'fixture', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'Api' },
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 1000 },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['ApiFunction', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'POST /{proxy+}',
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
  };
}

export type FixtureAssembly = { directory: string } & AsyncDisposable;

/**
 * A cloud assembly in a temporary directory, as `cdk synth` would write it.
 * @param change alters the resources before they are written
 * @param code bundles by name, `api` and `worker` unless they are given
 */
export async function fixtureAssembly(
  change: (resources: Record<string, Resource>) => void = () => {},
  code: Record<string, string> = {},
): Promise<FixtureAssembly> {
  const directory = await mkdtemp(join(tmpdir(), 'userlike-lime-fixture-'));
  const write = (file: string, value: unknown) => writeFile(join(directory, file), JSON.stringify(value));
  const resources = fixtureResources();
  change(resources);
  const bundles = Object.entries({ api: API, worker: WORKER, ...code });
  for (const [name, text] of bundles) {
    await mkdir(join(directory, `asset.${name}`));
    await writeFile(join(directory, `asset.${name}`, 'index.mjs'), text);
  }
  const files = bundles.map(([name]) => [
    name,
    { source: { path: `asset.${name}`, packaging: 'zip' }, destinations: { here: { objectKey: `${name}.zip` } } },
  ]);
  await write('fixture.template.json', { Resources: resources });
  await write('fixture.assets.json', { version: '55.0.0', files: Object.fromEntries(files) });
  await write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'fixture.assets': { type: 'cdk:asset-manifest', properties: { file: 'fixture.assets.json' } },
      fixture: { type: 'aws:cloudformation:stack', properties: { templateFile: 'fixture.template.json' } },
    },
  });
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
