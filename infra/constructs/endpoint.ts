import type { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Calls a second and calls at once, of all organizations together; above it API Gateway itself answers 429. */
const THROTTLE = { rateLimit: 500, burstLimit: 1_000 };

/**
 * What is logged of a call. Nothing the caller wrote: headers carry the key, the query string carries the signature,
 * and the path may carry anything. `requestId` is the one that the functions log.
 */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationError: '$context.integration.error',
};

export type EndpointProps = {
  /** Answers the add-on's calls. */
  intake: IFunction;
  /** Answers whoever opens a link that intake handed out. */
  link: IFunction;
  logRetentionDays: RetentionDays;
  /** What becomes of the access log when the stack is deleted. */
  removalPolicy: RemovalPolicy;
};

/** The HTTP API in front of intake and link; both authenticate for themselves. */
export class Endpoint extends Construct {
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { intake, link, logRetentionDays, removalPolicy }: EndpointProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      description: 'Userlike add-on calls and conversation links',
      createDefaultStage: false,
    });
    api.addRoutes({
      // The path that Userlike calls below the configured URL is not documented, so one greedy route takes them all.
      path: '/{proxy+}',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Intake', intake),
    });
    api.addRoutes({
      path: '/{organization}/conversations/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('Link', link),
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: logRetentionDays,
      removalPolicy,
    });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    this.url = api.apiEndpoint;
  }
}
