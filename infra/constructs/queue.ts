import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { backOff, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';
import { QUEUE_RETENTION_DAYS, receivesFor } from '../limits.ts';

export type ConversationQueueProps = {
  /** Time that a received record stays invisible. */
  visibilityTimeoutSeconds: number;
  /** Applies to both queues and their conversations when the stack is deleted. */
  removalPolicy: RemovalPolicy;
  /** Encrypts both queues. Default: SQS's own key. */
  encryptionKey?: IKey | undefined;
};

/** The queue of accepted conversations, and the dead-letter queue of parked ones. */
export class ConversationQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** At this receive the mapper parks a record with its reason. At the next one SQS would move it without a reason. */
  readonly maxReceives = receivesFor(OUTAGE_SECONDS, backOff);

  constructor(scope: Construct, id: string, props: ConversationQueueProps) {
    super(scope, id);
    const { visibilityTimeoutSeconds, removalPolicy, encryptionKey } = props;
    const common = {
      ...(encryptionKey === undefined
        ? { encryption: QueueEncryption.SQS_MANAGED }
        : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
      enforceSSL: true,
      retentionPeriod: Duration.days(QUEUE_RETENTION_DAYS),
      removalPolicy,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: this.maxReceives },
    });
  }
}
