/** Resource types without a local meaning, each with the reason. A type in no list is refused. */
export const IGNORED_TYPES: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Role', 'the emulators grant everything: permissions are asserted in the tests of the stack'],
  ['AWS::IAM::Policy', 'as roles'],
  ['AWS::Lambda::Permission', 'the runner itself calls the functions'],
  ['AWS::SQS::QueuePolicy', 'the emulators are reached by this machine only, without TLS'],
  ['AWS::Logs::LogGroup', 'logs go to stderr and are not kept; functions receive its name'],
  ['AWS::Logs::QueryDefinition', 'a query that is saved for people'],
  ['AWS::Logs::MetricFilter', 'metrics are not collected'],
  ['AWS::CloudWatch::Alarm', 'metrics are not collected'],
  ['AWS::CloudWatch::CompositeAlarm', 'metrics are not collected'],
  ['AWS::CloudWatch::Dashboard', 'metrics are not collected'],
  ['AWS::SNS::Topic', 'alarms are not raised'],
  ['AWS::SNS::TopicPolicy', 'alarms are not raised'],
  ['AWS::SNS::Subscription', 'alarms are not raised'],
  ['AWS::CDK::Metadata', 'names the constructs in use'],
]);

/** Properties without a local meaning, of types that are run. */
export const IGNORED_PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::SQS::Queue': {
    SqsManagedSseEnabled: 'a local run encrypts nothing',
    KmsMasterKeyId: 'a local run encrypts nothing',
    KmsDataKeyReusePeriodSeconds: 'a local run encrypts nothing',
    RedriveAllowPolicy: 'a permission',
    Tags: 'costs and ownership',
  },
  'AWS::DynamoDB::Table': {
    TimeToLiveSpecification: 'DynamoDB deletes within days of the expiry, a run is over sooner',
    PointInTimeRecoverySpecification: 'a local run makes no backups',
    DeletionProtectionEnabled: 'a local run deletes no table',
    SSESpecification: 'a local run encrypts nothing',
    ContributorInsightsSpecification: 'metrics are not collected',
    TableClass: 'a price',
    Tags: 'costs and ownership',
  },
  'AWS::Lambda::Function': {
    Role: 'the emulators grant everything',
    Architectures: 'the bundles are JavaScript',
    Description: 'for people',
    TracingConfig: 'traces are not collected',
    RuntimeManagementConfig: 'the Node version is that of this process',
    Tags: 'costs and ownership',
  },
  'AWS::Lambda::EventSourceMapping': { MetricsConfig: 'metrics are not collected', Tags: 'costs and ownership' },
  'AWS::ApiGatewayV2::Api': { Name: 'for people', Description: 'for people', Tags: 'costs and ownership' },
  'AWS::ApiGatewayV2::Stage': {
    AutoDeploy: 'the template is deployed whole',
    Description: 'for people',
    AccessLogSettings: 'calls are not logged',
    Tags: 'costs and ownership',
  },
  'AWS::ApiGatewayV2::Integration': { Description: 'for people' },
  'AWS::ApiGatewayV2::Route': { OperationName: 'for people' },
};
