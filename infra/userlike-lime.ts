import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { timeoutSeconds } from '../shared/aws.ts';
import { loadSettings } from '../shared/load-settings.ts';
import { limeCloudHosts } from '../shared/outgoing/hosts.ts';
import { allowLogs, bindKey } from './constructs/encryption.ts';
import { Endpoint } from './constructs/endpoint.ts';
import { BoundFunction } from './constructs/function.ts';
import { Ledger } from './constructs/ledger.ts';
import { ConversationQueue } from './constructs/queue.ts';
import { batchSizeFor, CALLS_PER_SECOND, INTAKE_CONCURRENCY, shareOf, visibilitySecondsFor } from './limits.ts';
import { createBridgeMetrics } from './monitoring/bridge-metrics.ts';
import type { BusinessHours } from './monitoring/business-hours.ts';
import type { MonitoredResources } from './monitoring/monitored-resources.ts';
import { Monitoring } from './monitoring/monitoring.ts';

export type UserlikeLimeProps = {
  /** First part of every secret's name: `<prefix>/<organization>/addon` and `<prefix>/<organization>/lime`. */
  secretsPrefix: string;
  /** Of the functions' metrics metrics: one for each bridge in an account and region, or they are added up. */
  metricsNamespace: string;
  /** Requests a second that all mappers together may send to Lime. */
  limeRequestsPerSecond: number;
  /** Hosts that a Lime URL may have, with everything below them. Those of Lime's cloud if left out. */
  limeHosts?: readonly string[];
  /** Calls a second that each organization may make; those that are not named share as many, and so do links. 100 if left out. */
  callsPerSecond?: number;
  /** Organizations with a share of their metrics. Those that have settings of their metrics if left out. */
  organizations?: readonly string[] | undefined;
  /** Calls that intake answers at once, reserved for it: 100 if left out, none with `off`. */
  intakeConcurrency?: number | 'off';
  /** Days that the log groups keep a line. */
  logRetentionDays: RetentionDays;
  /** Days after which a link leads nowhere any more; links last if left out. */
  linkLifetimeDays?: number | undefined;
  /** Keep ledger, queues and logs when the stack is deleted, and refuse the deletion of the ledger. */
  keepData: boolean;
  /** The settings that are deployed: `default.json` and one file per organization. The project's `settings/` if left out. */
  settingsDirectory?: string | undefined;
  /** A key of yours for queues, ledger and logs; its policy has to let CloudWatch Logs of this account use it. */
  encryptionKey?: IKey | undefined;
  /** Who is mailed when an alarm is raised; further subscribers can be added to the alarms' topic. */
  alarmEmail?: string | undefined;
  /** When conversations are expected: an alarm tells when none comes. */
  businessHours?: BusinessHours | undefined;
};

/** Mappers at once. Two is the least that the event source takes; more would only share the same budget. */
const MAPPERS = 2;

/** Seconds in which a batch is gathered: a single `$lime` waits this long at most, a bulk call fills a batch at once. */
const BATCHING_WINDOW_SECONDS = 1;

/**
 * The bridge: an endpoint for Userlike's add-on, a queue, and a mapper that writes to Lime CRM.
 * Settings that cannot be used are refused here, with every problem, so that they are never deployed.
 */
export class UserlikeLime extends Construct {
  readonly endpoint: Endpoint;
  readonly conversations: ConversationQueue;
  readonly ledger: Ledger;
  readonly monitoring: Monitoring;
  readonly logs: MonitoredResources['logs'];

  constructor(scope: Construct, id: string, props: UserlikeLimeProps) {
    super(scope, id);
    const { secretsPrefix, metricsNamespace, limeRequestsPerSecond, logRetentionDays, keepData, encryptionKey } = props;
    const settings = props.settingsDirectory ?? join(import.meta.dirname, '../settings');
    const named = [...loadSettings(settings).keys()].filter((name) => name !== 'default');
    const { intakeConcurrency = INTAKE_CONCURRENCY } = props;
    const removalPolicy = keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const common = { logRetentionDays, removalPolicy, encryptionKey };

    // The operator waits for intake, and CPU comes with memory: 5 MiB must be parsed and compressed in a moment.
    const intake = new BoundFunction(this, 'Intake', {
      ...common,
      entry: 'intake.ts',
      timeoutSeconds: timeoutSeconds.intake,
      memoryMegabytes: 1024,
      reservedConcurrency: intakeConcurrency === 'off' ? undefined : intakeConcurrency,
    });
    // A batch of 6 MB, the most that Lambda carries, can decompress to twenty times that and is held at once.
    const mapper = new BoundFunction(this, 'Mapper', {
      ...common,
      entry: 'mapper.ts',
      timeoutSeconds: timeoutSeconds.mapper,
      memoryMegabytes: 1024,
      directories: { settings },
    });
    // One item of the ledger and a page of a few lines: less memory would only make its cold start slower.
    const link = new BoundFunction(this, 'Link', {
      ...common,
      entry: 'link.ts',
      timeoutSeconds: timeoutSeconds.link,
      memoryMegabytes: 512,
    });

    this.ledger = new Ledger(this, 'Ledger', { removalPolicy, encryptionKey });
    this.conversations = new ConversationQueue(this, 'Conversations', {
      visibilityTimeoutSeconds: visibilitySecondsFor(mapper.timeoutSeconds, BATCHING_WINDOW_SECONDS),
      removalPolicy,
      encryptionKey,
    });
    const { queue, deadLetters, maxReceives } = this.conversations;
    const limeShare = shareOf(limeRequestsPerSecond, MAPPERS);

    intake.bindMetrics(metricsNamespace);
    intake.bindSecrets(secretsPrefix, 'addon');
    intake.bindQueue(queue, ['sqs:SendMessage']);
    if (props.linkLifetimeDays !== undefined) intake.bindNumber('LINK_LIFETIME_DAYS', props.linkLifetimeDays);

    mapper.bindMetrics(metricsNamespace);
    mapper.bindSecrets(secretsPrefix, 'lime');
    mapper.bindDeadLetters(deadLetters, ['sqs:SendMessage']);
    mapper.bindLedger(this.ledger.table, ['dynamodb:GetItem', 'dynamodb:UpdateItem']);
    mapper.bindText('LIME_HOSTS', (props.limeHosts ?? limeCloudHosts).join(','));
    mapper.bindNumber('LIME_REQUESTS_PER_SECOND', limeShare);
    mapper.bindNumber('MAX_RECEIVES', maxReceives);
    mapper.bindNumber('TIMEOUT_SECONDS', mapper.timeoutSeconds);
    mapper.bindRecords(queue, {
      batchSize: batchSizeFor(limeShare, mapper.timeoutSeconds),
      maxBatchingWindow: Duration.seconds(BATCHING_WINDOW_SECONDS),
      maxConcurrency: MAPPERS,
    });

    link.bindSecrets(secretsPrefix, 'addon');
    link.bindLedger(this.ledger.table, ['dynamodb:GetItem']);

    if (encryptionKey !== undefined) {
      bindKey(encryptionKey, { intake, mapper, link });
      allowLogs(this, encryptionKey);
    }

    this.endpoint = new Endpoint(this, 'Endpoint', {
      ...common,
      intake: intake.lambda,
      link: link.lambda,
      organizations: props.organizations ?? named,
      callsPerSecond: props.callsPerSecond ?? CALLS_PER_SECOND,
    });
    this.logs = { intake: intake.logs, mapper: mapper.logs, link: link.logs };
    this.monitoring = new Monitoring(this, 'Monitoring', {
      api: this.endpoint.api,
      mapper: mapper.lambda,
      metrics: createBridgeMetrics(metricsNamespace),
      intakeTimeoutSeconds: intake.timeoutSeconds,
      mapperTimeoutSeconds: mapper.timeoutSeconds,
      queue,
      deadLetters,
      logs: this.logs,
      alarmEmail: props.alarmEmail,
      businessHours: props.businessHours,
    });
  }
}
