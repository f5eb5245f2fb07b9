import { type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnRoute,
  CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { MAX_NAMED_ORGANIZATIONS, throttleOf } from '../limits.ts';

/**
 * What is logged of a call. Nothing the caller wrote: headers carry the key, the query string carries the signature,
 * and the path may carry anything. `requestId` is the one that the functions log.
 */
const accessLogFields = {
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
  /** Those that have a share of their metrics, so that no other caller can use it up. */
  organizations: readonly string[];
  /** Share of each of them, and of all other callers together; above it API Gateway itself answers 429. */
  callsPerSecond: number;
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
    const { organizations, callsPerSecond, logRetentionDays, encryptionKey, removalPolicy } = props;
    if (organizations.length > MAX_NAMED_ORGANIZATIONS) throw new RangeError(tooMany(organizations.length));
    this.api = new HttpApi(this, 'Api', {
      // Shown in the console, where every stage has one.
      apiName: Stack.of(this).stackName,
      description: 'Userlike add-on calls and conversation links',
      createDefaultStage: false,
    });
    // One permission for all routes: a function's policy has room for some fifty only.
    const intake = new HttpLambdaIntegration('Intake', props.intake, { scopePermissionToRoute: false });
    const calls = [
      // The path that Userlike calls below the configured URL is not documented, so one greedy route takes them all.
      '/{proxy+}',
      ...organizations.flatMap((organization) => [`/${organization}`, `/${organization}/{proxy+}`]),
    ].flatMap((path) => this.api.addRoutes({ path, methods: [HttpMethod.POST], integration: intake }));
    const links = this.api.addRoutes({
      path: '/{organization}/conversations/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('Link', props.link),
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
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: throttleOf(callsPerSecond),
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    throttleEach(stage, [...calls, ...links], callsPerSecond);
    this.url = this.api.apiEndpoint;
  }
}

/** Gives each route a bucket of its metrics, which calls of no other route empty. */
function throttleEach(stage: HttpStage, routes: readonly HttpRoute[], callsPerSecond: number): void {
  const { rateLimit, burstLimit } = throttleOf(callsPerSecond);
  const throttle = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
  const settings = Object.fromEntries(routes.map((route) => [keyOf(route), throttle]));
  // The construct for stages knows nothing of routes, and API Gateway refuses settings of a route that is not there yet.
  if (stage.node.defaultChild instanceof CfnStage) stage.node.defaultChild.routeSettings = settings;
  stage.node.addDependency(...routes);
}

function keyOf(route: HttpRoute): string {
  return route.node.defaultChild instanceof CfnRoute ? route.node.defaultChild.routeKey : '';
}

function tooMany(given: number): string {
  return `${given} organizations have settings of their own, and ${MAX_NAMED_ORGANIZATIONS} can have a share of the endpoint: name those that shall, with -c organizations=…`;
}

/** Routes that API Gateway lets everybody call, and why that is right. */
function acknowledgeOpen(routes: readonly IConstruct[], reason: string): void {
  for (const route of routes) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
}
