import { type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';

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
  /** Encrypts the access log; with a key of CloudWatch Logs if left out. */
  encryptionKey?: IKey | undefined;
  /** What becomes of the access log when the stack is deleted. */
  removalPolicy: RemovalPolicy;
};

/** The HTTP API in front of intake and link; both authenticate for themselves. */
export class Endpoint extends Construct {
  /** Without a trailing slash. */
  readonly url: string;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    const { intake, link, logRetentionDays, encryptionKey, removalPolicy } = props;
    this.api = new HttpApi(this, 'Api', {
      // Shown in the console, where every stage has one.
      apiName: Stack.of(this).stackName,
      description: 'Userlike add-on calls and conversation links',
      createDefaultStage: false,
    });
    const [calls] = this.api.addRoutes({
      // The path that Userlike calls below the configured URL is not documented, so one greedy route takes them all.
      path: '/{proxy+}',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Intake', intake),
    });
    const [links] = this.api.addRoutes({
      path: '/{organization}/conversations/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('Link', link),
    });
    acknowledgeOpen(
      calls,
      'The add-on of Userlike can send a key and nothing else, neither IAM signatures nor JWTs. intake compares that key, in constant time, before it reads anything else of the call.',
    );
    acknowledgeOpen(
      links,
      'Links are opened from a timeline, in a browser that has no credentials. Each carries an HMAC of organization and conversation, without which link answers 404.',
    );
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: logRetentionDays,
      ...(encryptionKey && { encryptionKey }),
      removalPolicy,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    this.url = this.api.apiEndpoint;
  }
}

/** A route that API Gateway lets everybody call, and why that is right. */
const acknowledgeOpen = (route: IConstruct | undefined, reason: string): void => {
  if (route !== undefined) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
};
