import { Fn, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  CfnRoute,
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { MAX_NAMED_ORGANIZATIONS, throttleOf } from '../limits.ts';

/**
 * Fields of the access log. None comes from the caller: headers contain the key, the query string contains the
 * signature, and the path may contain anything. The functions log the same `requestId`.
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

/** A domain with its certificate, which ACM holds in the stack's region. */
export type EndpointDomain = { name: string; certificate: ICertificate };

export type EndpointProps = {
  /** Handles the add-on's calls. */
  intake: IFunction;
  /** Handles the links that intake hands out. */
  link: IFunction;
  /** Organizations with their own throttle, which no other caller can use up. */
  organizations: readonly string[];
  /** Throttle of each organization, and of all other callers together. API Gateway responds 429 above it. */
  callsPerSecond: number;
  /** Answers under this domain too. Its CNAME has to point to `domainTarget`. */
  domain?: EndpointDomain | undefined;
  logRetentionDays: RetentionDays;
  /** Encrypts the access log. Default: a key of CloudWatch Logs. */
  encryptionKey?: IKey | undefined;
  /** Applies to the access log when the stack is deleted. */
  removalPolicy: RemovalPolicy;
};

/** The HTTP API in front of intake and link, which both authenticate callers themselves. */
export class Endpoint extends Construct {
  /** Without a trailing slash. */
  readonly url: string;
  readonly api: HttpApi;
  /** The host that the domain's CNAME has to name. */
  readonly domainTarget: string | undefined;
  readonly #accessLog: LogGroup;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    const { organizations, callsPerSecond, logRetentionDays, encryptionKey, removalPolicy } = props;
    if (organizations.length > MAX_NAMED_ORGANIZATIONS) throw new RangeError(tooMany(organizations.length));
    this.api = new HttpApi(this, 'Api', {
      // The console shows this name. Every stage has its own API.
      apiName: Stack.of(this).stackName,
      description: 'Userlike add-on calls and conversation links',
      createDefaultStage: false,
    });
    // One permission for all routes: a function's policy has room for about 50.
    const intake = new HttpLambdaIntegration('Intake', props.intake, { scopePermissionToRoute: false });
    const calls = [
      // Userlike does not document the path below the configured URL, so one greedy route accepts them all.
      '/{proxy+}',
      ...organizations.flatMap((organization) => [`/${organization}`, `/${organization}/{proxy+}`]),
    ].flatMap((path) => this.api.addRoutes({ path, methods: [HttpMethod.POST], integration: intake }));
    const links = this.api.addRoutes({
      path: '/{organization}/conversations/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('Link', props.link),
    });
    acknowledgeOpenRoutes(
      calls,
      'The add-on of Userlike can send a key and nothing else, neither IAM signatures nor JWTs. intake compares that key, in constant time, before it reads anything else of the call.',
    );
    acknowledgeOpenRoutes(
      links,
      'Links are opened from a timeline, in a browser that has no credentials. Each carries an HMAC of organization and conversation, without which link answers 404.',
    );
    this.#accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogName(Stack.of(this)),
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
        destination: new LogGroupLogDestination(this.#accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    throttleEach(stage, [...calls, ...links], callsPerSecond);
    const domain = props.domain && this.#serve(props.domain, stage);
    this.domainTarget = domain?.regionalDomainName;
    this.url = props.domain === undefined ? this.api.apiEndpoint : `https://${props.domain.name}`;
  }

  /** Counts the calls that API Gateway answered 429 into a metric of its own: its 4xx holds all others as well. */
  throttledCalls(metricNamespace: string): Metric {
    const filter = new MetricFilter(this, 'Throttled', {
      logGroup: this.#accessLog,
      metricNamespace,
      metricName: 'CallsThrottled',
      // The access log writes every field as a text.
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricValue: '1',
      defaultValue: 0,
    });
    return filter.metric();
  }

  #serve({ name, certificate }: EndpointDomain, stage: HttpStage): DomainName {
    const domain = new DomainName(this, 'Domain', { domainName: name, certificate });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName: domain, stage });
    return domain;
  }
}

/**
 * Below `/aws/vendedlogs/`, because API Gateway adds any other group to one resource policy of the account, which has
 * room for few. The last part is that of the stack's id, so that a group that a deleted stack leaves is in nobody's way.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
function accessLogName(stack: Stack): string {
  return `/aws/vendedlogs/${stack.stackName}/${Fn.select(2, Fn.split('/', stack.stackId))}`;
}

/** Gives each route a token bucket of its own. */
function throttleEach(stage: HttpStage, routes: readonly HttpRoute[], callsPerSecond: number): void {
  const { rateLimit, burstLimit } = throttleOf(callsPerSecond);
  const throttle = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
  const settings = Object.fromEntries(routes.map((route) => [keyOf(route), throttle]));
  // HttpStage has no settings for routes. API Gateway rejects settings of a route that does not exist yet.
  if (stage.node.defaultChild instanceof CfnStage) stage.node.defaultChild.routeSettings = settings;
  stage.node.addDependency(...routes);
}

function keyOf(route: HttpRoute): string {
  return route.node.defaultChild instanceof CfnRoute ? route.node.defaultChild.routeKey : '';
}

function tooMany(given: number): string {
  return `${given} organizations have settings of their own, but only ${MAX_NAMED_ORGANIZATIONS} can have their own limit; name those under organizations in the stage's file`;
}

/** Acknowledges routes without an authorizer, with the reason. */
function acknowledgeOpenRoutes(routes: readonly IConstruct[], reason: string): void {
  for (const route of routes) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
}
