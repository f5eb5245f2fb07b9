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
import { bundle } from './bundle.ts';

/** Variables of the local run: what is deployed waits as long as it should, and asks no other hosts. */
type LocalRunVariable = 'TIME_SCALE' | 'ALLOW_ANY_LIME_URL';

/** The variables that functions read; anything else cannot be bound. */
type EnvName = Exclude<
  keyof (z.input<typeof IntakeEnv> & z.input<typeof MapperEnv> & z.input<typeof LinkEnv>),
  LocalRunVariable
>;

export type BoundFunctionProps = {
  /** File in `functions/` that exports `handler`. */
  entry: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** Invocations at once that the account keeps for this function, and the most that it gets. */
  reservedConcurrency?: number | undefined;
  /** Directories that go into the bundle, by the name that they have there. */
  directories?: Record<string, string>;
  logRetentionDays: RetentionDays;
  /** Encrypts the log; with a key of CloudWatch Logs if left out. */
  encryptionKey?: IKey | undefined;
  /** What becomes of the log when the stack is deleted. */
  removalPolicy: RemovalPolicy;
};

/**
 * One deployed function with a role and a log group of its metrics. It may do nothing but write that log until something
 * is bound to it; to bind is to set the variable and to grant exactly the named actions.
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
      // Errors then name the file and line of the source; the map is read when the first error is.
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
  }

  bindText(name: EnvName, value: string): void {
    this.lambda.addEnvironment(name, value);
  }

  bindNumber(name: EnvName, value: number): void {
    this.lambda.addEnvironment(name, String(value));
  }

  /** Where in CloudWatch the function's metrics metrics are. */
  bindMetrics(namespace: string): void {
    this.lambda.addEnvironment('POWERTOOLS_METRICS_NAMESPACE' satisfies EnvName, namespace);
  }

  bindQueue(queue: Queue, actions: `sqs:${string}`[]): void {
    this.#bind('QUEUE_URL', queue.queueUrl, actions, queue.queueArn);
  }

  bindDeadLetters(queue: Queue, actions: `sqs:${string}`[]): void {
    this.#bind('DLQ_URL', queue.queueUrl, actions, queue.queueArn);
  }

  bindLedger(table: Table, actions: `dynamodb:${string}`[]): void {
    this.#bind('LEDGER_TABLE', table.tableName, actions, table.tableArn);
  }

  /**
   * Every organization's secret of one direction, below `prefix`. Secrets are made by hand, after the deployment, so
   * they are named by a pattern; Secrets Manager appends a hyphen and six characters to each name. The bare name is
   * for an organization without a secret: only who may read it is told that there is none, others are denied.
   */
  bindSecrets(prefix: string, direction: 'addon' | 'lime'): void {
    const stack = Stack.of(this);
    const resources = [direction, `${direction}-??????`].map((name) => `secret:${prefix}/*/${name}`);
    const arns = resources.map((resource) => stack.formatArn({ service: 'secretsmanager', resource }));
    this.#bind('SECRETS_PREFIX', prefix, ['secretsmanager:GetSecretValue'], ...arns);
    // cdk-nag writes what only the deployment knows in angle brackets.
    const region = Token.isUnresolved(stack.region) ? '<AWS::Region>' : stack.region;
    const account = Token.isUnresolved(stack.account) ? '<AWS::AccountId>' : stack.account;
    const reason =
      'Organizations are connected after the deployment, so it cannot name their secrets. The pattern ends at this stage and direction, and allows only to read.';
    for (const resource of resources) {
      const finding = `Resource::arn:<AWS::Partition>:secretsmanager:${region}:${account}:${resource}`;
      Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
    }
  }

  /** Uses a key in the ways that services heading of their callers. */
  bindKey(key: IKey, actions: `kms:${string}`[]): void {
    Grant.addToPrincipal({ grantee: this.lambda, actions, resourceArns: [key.keyArn] });
  }

  /** Receives the queue's records in batches, of which single records can be handed back. */
  bindRecords(
    queue: Queue,
    batches: Pick<EventSourceMappingOptions, 'batchSize' | 'maxBatchingWindow' | 'maxConcurrency'>,
  ): void {
    const actions = [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    ];
    const grant = this.#bind('QUEUE_URL', queue.queueUrl, actions, queue.queueArn);
    const records = new EventSourceMapping(this, 'Records', {
      ...batches,
      target: this.lambda,
      eventSourceArn: queue.queueArn,
      reportBatchItemFailures: true,
    });
    // Lambda refuses the mapping while the role may not receive.
    grant.applyBefore(records);
  }

  #bind(name: EnvName, value: string, actions: string[], ...resourceArns: string[]): Grant {
    this.lambda.addEnvironment(name, value);
    return Grant.addToPrincipal({ grantee: this.lambda, actions, resourceArns });
  }
}
