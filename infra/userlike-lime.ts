import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { timeoutSeconds } from '../shared/aws.ts';
import { loadSettings } from '../shared/load-settings.ts';
import { limeCloudHosts } from '../shared/outgoing/hosts.ts';
import { MAX_INTERACTIVE_CONVERSATIONS } from '../shared/queue/lane.ts';
import { allowLogs, bindFormerKey, bindKey } from './constructs/encryption.ts';
import { Endpoint, type EndpointDomain } from './constructs/endpoint.ts';
import { BoundFunction } from './constructs/function.ts';
import { Ledger } from './constructs/ledger.ts';
import { ConversationQueue } from './constructs/queue.ts';
import {
  batchSizeFor,
  CALLS_PER_SECOND,
  INTAKE_CONCURRENCY,
  mappersAtOnce,
  shareOf,
  visibilitySecondsFor,
} from './limits.ts';
import { createBridgeMetrics } from './monitoring/bridge-metrics.ts';
import type { BusinessHours } from './monitoring/business-hours.ts';
import type { MonitoredResources } from './monitoring/monitored-resources.ts';
import { Monitoring } from './monitoring/monitoring.ts';

export type UserlikeLimeProps = {
  /** First part of every secret's name: `<prefix>/<organization>/addon` and `<prefix>/<organization>/lime`. */
  secretsPrefix: string;
  /** Namespace of the functions' metrics. Bridges in the same account and region need different ones. */
  metricsNamespace: string;
  /** Requests a second that all mappers together may send to one Lime. All of Lime's cloud counts as one. */
  limeRequestsPerSecond: number;
  /** Hosts that a Lime URL may have, each with its sub-domains. Default: Lime's cloud. */
  limeHosts?: readonly string[];
  /** Calls a second for each organization. Unnamed organizations share one limit, and so do links. Default: 100. */
  callsPerSecond?: number;
  /** Organizations with their own limit. Default: those with their own settings. */
  organizations?: readonly string[] | undefined;
  /** Reserved concurrency of intake. Default: 100. `off` reserves none. */
  intakeConcurrency?: number | 'off';
  /** Days that log groups keep a line. */
  logRetentionDays: RetentionDays;
  /** Days that links stay valid. Default: forever. */
  linkLifetimeDays?: number | undefined;
  /** Retains ledger, queues and logs when the stack is deleted, and protects the ledger from deletion. */
  keepData: boolean;
  /** Settings to deploy: `default.json` and one file per organization. Default: the project's `settings/`. */
  settingsDirectory?: string | undefined;
  /** Your own key for queues, ledger and logs. Its policy has to allow this account's CloudWatch Logs. */
  encryptionKey?: IKey | undefined;
  /** Former values of `encryptionKey`. The functions may still decrypt what these have encrypted. */
  formerEncryptionKeys?: readonly IKey[] | undefined;
  /** A domain of your own for the endpoint and its links. */
  domain?: EndpointDomain | undefined;
  /** Recipient of the alarms. You can add subscribers to the topic. */
  alarmEmail?: string | undefined;
  /** URL of the page with a section for each alarm. Default: its path in the project. */
  runbookUrl?: string | undefined;
  /** When conversations are expected. An alarm reports missing traffic. */
  businessHours?: BusinessHours | undefined;
};

/** Batching window of the bulk lane. A bulk call fills a batch at once. The interactive lane has no window. */
const BATCHING_WINDOW_SECONDS = 1;

/** An interactive call at most. Its operator waits for no other records of the batch. */
const INTERACTIVE_BATCH_SIZE = MAX_INTERACTIVE_CONVERSATIONS;

/**
 * The bridge: an endpoint for Userlike's add-on, a queue for each lane, and a mapper that writes to Lime CRM. Throws for
 * invalid settings, so that they are never deployed.
 */
export class UserlikeLime extends Construct {
  readonly endpoint: Endpoint;
  readonly conversations: ConversationQueue;
  readonly ledger: Ledger;
  readonly monitoring: Monitoring;
  readonly logs: MonitoredResources['logs'];
  readonly settingsDirectory: string;

  constructor(scope: Construct, id: string, props: UserlikeLimeProps) {
    super(scope, id);
    const { secretsPrefix, metricsNamespace, limeRequestsPerSecond, logRetentionDays, keepData, encryptionKey } = props;
    const settings = props.settingsDirectory ?? join(import.meta.dirname, '../settings');
    this.settingsDirectory = settings;
    const named = [...loadSettings(settings).keys()].filter((name) => name !== 'default');
    const { intakeConcurrency = INTAKE_CONCURRENCY } = props;
    const removalPolicy = keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const common = { logRetentionDays, removalPolicy, encryptionKey };

    // Operators wait for intake. CPU grows with memory, and 5 MiB must be parsed and compressed quickly.
    const intake = new BoundFunction(this, 'Intake', {
      ...common,
      entry: 'intake.ts',
      timeoutSeconds: timeoutSeconds.intake,
      memoryMegabytes: 1024,
      reservedConcurrency: intakeConcurrency === 'off' ? undefined : intakeConcurrency,
    });
    // A batch has at most 6 MB. It can decompress to twenty times that in memory.
    const mapper = new BoundFunction(this, 'Mapper', {
      ...common,
      entry: 'mapper.ts',
      timeoutSeconds: timeoutSeconds.mapper,
      memoryMegabytes: 1024,
      directories: { settings },
    });
    // Link reads one item and renders a small page. Less memory would only slow its cold start.
    const link = new BoundFunction(this, 'Link', {
      ...common,
      entry: 'link.ts',
      timeoutSeconds: timeoutSeconds.link,
      memoryMegabytes: 512,
      directories: { settings },
    });

    this.ledger = new Ledger(this, 'Ledger', { removalPolicy, encryptionKey });
    this.conversations = new ConversationQueue(this, 'Conversations', {
      visibilityTimeoutSeconds: visibilitySecondsFor(mapper.timeoutSeconds, BATCHING_WINDOW_SECONDS),
      removalPolicy,
      encryptionKey,
    });
    const { queues, deadLetters, maxReceives } = this.conversations;

    intake.bindMetrics(metricsNamespace);
    intake.bindSecrets(secretsPrefix, 'addon');
    intake.bindQueues(queues, ['sqs:SendMessage']);
    if (props.linkLifetimeDays !== undefined) intake.bindNumber('LINK_LIFETIME_DAYS', props.linkLifetimeDays);

    mapper.bindMetrics(metricsNamespace);
    mapper.bindSecrets(secretsPrefix, 'lime');
    mapper.bindDeadLetters(deadLetters, ['sqs:SendMessage']);
    mapper.bindLedger(this.ledger.table, ['dynamodb:GetItem', 'dynamodb:UpdateItem']);
    mapper.bindText('LIME_HOSTS', (props.limeHosts ?? limeCloudHosts).join(','));
    mapper.bindNumber('LIME_REQUESTS_PER_SECOND', limeRequestsPerSecond);
    mapper.bindNumber('MAPPERS', mappersAtOnce.interactive + mappersAtOnce.bulk);
    mapper.bindNumber('MAX_RECEIVES', maxReceives);
    mapper.bindNumber('TIMEOUT_SECONDS', mapper.timeoutSeconds);
    mapper.bindRecords('interactive', queues.interactive, {
      batchSize: Math.min(
        INTERACTIVE_BATCH_SIZE,
        batchSizeFor(shareOf(limeRequestsPerSecond, mappersAtOnce.interactive), mapper.timeoutSeconds),
      ),
      maxConcurrency: mappersAtOnce.interactive,
    });
    mapper.bindRecords('bulk', queues.bulk, {
      batchSize: batchSizeFor(shareOf(limeRequestsPerSecond, mappersAtOnce.bulk), mapper.timeoutSeconds),
      maxBatchingWindow: Duration.seconds(BATCHING_WINDOW_SECONDS),
      maxConcurrency: mappersAtOnce.bulk,
    });

    link.bindSecrets(secretsPrefix, 'addon');
    link.bindLedger(this.ledger.table, ['dynamodb:GetItem']);

    if (encryptionKey !== undefined) {
      bindKey(encryptionKey, { intake, mapper, link });
      allowLogs(this, encryptionKey);
    }
    for (const key of props.formerEncryptionKeys ?? []) bindFormerKey(key, [intake, mapper, link]);

    this.endpoint = new Endpoint(this, 'Endpoint', {
      ...common,
      intake: intake.lambda,
      link: link.lambda,
      organizations: props.organizations ?? named,
      callsPerSecond: props.callsPerSecond ?? CALLS_PER_SECOND,
      domain: props.domain,
    });
    this.logs = { intake: intake.logs, mapper: mapper.logs, link: link.logs };
    this.monitoring = new Monitoring(this, 'Monitoring', {
      api: this.endpoint.api,
      callsThrottled: this.endpoint.throttledCalls(metricsNamespace),
      ledger: this.ledger.table,
      mapper: mapper.lambda,
      metrics: createBridgeMetrics(metricsNamespace),
      intakeTimeoutSeconds: intake.timeoutSeconds,
      mapperTimeoutSeconds: mapper.timeoutSeconds,
      queues,
      deadLetters,
      logs: this.logs,
      alarmEmail: props.alarmEmail,
      runbookUrl: props.runbookUrl,
      businessHours: props.businessHours,
    });
  }
}
