import { Duration, type RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  EventSourceMapping,
  type EventSourceMappingOptions,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { IntakeEnv, LinkEnv, MapperEnv } from '../../shared/env.ts';
import type { Lane } from '../../shared/queue/lane.ts';
import { bundle } from './bundle.ts';

/** Variables of local runs. A deployed function must not skip waits or allow other hosts. */
type LocalRunVariable = 'TIME_SCALE' | 'ALLOW_ANY_LIME_URL';

/** Variables that functions read. Others cannot be bound. */
type EnvName = Exclude<
  keyof (z.input<typeof IntakeEnv> & z.input<typeof MapperEnv> & z.input<typeof LinkEnv>),
  LocalRunVariable
>;

/** The variable with the URL of each lane's queue. */
const queueVariables = { interactive: 'INTERACTIVE_QUEUE_URL', bulk: 'QUEUE_URL' } as const satisfies Record<
  Lane,
  EnvName
>;

/** With another id, an upgrade would replace the bulk lane's event source. */
const eventSourceIds = { interactive: 'Interactive', bulk: 'Records' } as const satisfies Record<Lane, string>;

export type BoundFunctionProps = {
  /** File in `functions/` that exports `handler`. */
  entry: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** Concurrency that the account reserves for this function. It is also the limit. */
  reservedConcurrency?: number | undefined;
  /** Directories to add to the bundle, by their name there. */
  directories?: Record<string, string>;
  logRetentionDays: RetentionDays;
  /** Encrypts the log. Default: a key of CloudWatch Logs. */
  encryptionKey?: IKey | undefined;
  /** Applies to the log when the stack is deleted. */
  removalPolicy: RemovalPolicy;
};

/**
 * A Lambda function with its own role and log group. It may only write that log until something is bound. Binding sets
 * the variable and grants exactly the named actions.
 */
export class BoundFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly logs: LogGroup;
  readonly timeoutSeconds: number;

  constructor(scope: Construct, id: string, props: BoundFunctionProps) {
    super(scope, id);
    this.timeoutSeconds = props.timeoutSeconds;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logs = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays,
      ...(props.encryptionKey && { encryptionKey: props.encryptionKey }),
      removalPolicy: props.removalPolicy,
    });
    this.logs.grantWrite(role);
    this.lambda = new NodejsFunction(this, 'Function', {
      ...bundle(props.entry, props.directories),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMegabytes,
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      role,
      logGroup: this.logs,
      loggingFormat: LoggingFormat.JSON,
      // Errors name the source's file and line. Node reads the map at the first error.
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
  }

  bindText(name: EnvName, value: string): void {
    this.lambda.addEnvironment(name, value);
  }

  bindNumber(name: EnvName, value: number): void {
    this.lambda.addEnvironment(name, String(value));
  }

  /** The CloudWatch namespace of the function's metrics. */
  bindMetrics(namespace: string): void {
    this.lambda.addEnvironment('METRICS_NAMESPACE' satisfies EnvName, namespace);
  }

  bindQueues(queues: Record<Lane, Queue>, actions: `sqs:${string}`[]): void {
    this.#bind(queueVariables.interactive, queues.interactive.queueUrl, actions, queues.interactive.queueArn);
    this.#bind(queueVariables.bulk, queues.bulk.queueUrl, actions, queues.bulk.queueArn);
  }

  bindDeadLetters(queue: Queue, actions: `sqs:${string}`[]): void {
    this.#bind('DLQ_URL', queue.queueUrl, actions, queue.queueArn);
  }

  bindLedger(table: Table, actions: `dynamodb:${string}`[]): void {
    this.#bind('LEDGER_TABLE', table.tableName, actions, table.tableArn);
  }

  /**
   * Secrets of one direction for every organization, below `prefix`. Secrets are created after the deployment, so a
   * pattern names them. Secrets Manager appends a hyphen and six characters to each name. The bare name covers
   * organizations without a secret: without the permission, Secrets Manager denies access instead of reporting that
   * there is none.
   */
  bindSecrets(prefix: string, direction: 'addon' | 'lime'): void {
    const stack = Stack.of(this);
    const resources = [direction, `${direction}-??????`].map((name) => `secret:${prefix}/*/${name}`);
    const arns = resources.map((resource) => stack.formatArn({ service: 'secretsmanager', resource }));
    this.#bind('SECRETS_PREFIX', prefix, ['secretsmanager:GetSecretValue'], ...arns);
    // cdk-nag writes unresolved values in angle brackets.
    const partition = Token.isUnresolved(stack.partition) ? '<AWS::Partition>' : stack.partition;
    const region = Token.isUnresolved(stack.region) ? '<AWS::Region>' : stack.region;
    const account = Token.isUnresolved(stack.account) ? '<AWS::AccountId>' : stack.account;
    const reason =
      'Organizations are connected after the deployment, so it cannot name their secrets. The pattern ends at this stage and direction, and allows only to read.';
    for (const resource of resources) {
      const finding = `Resource::arn:${partition}:secretsmanager:${region}:${account}:${resource}`;
      Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
    }
  }

  /** Grants actions on a key. */
  bindKey(key: IKey, actions: `kms:${string}`[]): void {
    Grant.addToPrincipal({ grantee: this.lambda, actions, resourceArns: [key.keyArn] });
  }

  /** Receives the records of a lane's queue in batches and returns single records. */
  bindRecords(
    lane: Lane,
    queue: Queue,
    batches: Pick<EventSourceMappingOptions, 'batchSize' | 'maxBatchingWindow' | 'maxConcurrency'>,
  ): void {
    const actions = [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    ];
    const grant = this.#bind(queueVariables[lane], queue.queueUrl, actions, queue.queueArn);
    const records = new EventSourceMapping(this, eventSourceIds[lane], {
      ...batches,
      target: this.lambda,
      eventSourceArn: queue.queueArn,
      reportBatchItemFailures: true,
    });
    // Lambda rejects the mapping until the role may receive.
    grant.applyBefore(records);
  }

  #bind(name: EnvName, value: string, actions: string[], ...resourceArns: string[]): Grant {
    this.lambda.addEnvironment(name, value);
    return Grant.addToPrincipal({ grantee: this.lambda, actions, resourceArns });
  }
}
