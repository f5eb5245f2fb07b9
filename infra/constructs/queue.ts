import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { backOff, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';
import { QUEUE_RETENTION_DAYS, receivesFor } from '../limits.ts';

export type ConversationQueueProps = {
  /** Seconds that a record stays invisible after a mapper received it. */
  visibilityTimeoutSeconds: number;
  /** What becomes of both queues, and of the accepted conversations in them, when the stack is deleted. */
  removalPolicy: RemovalPolicy;
  /** Encrypts both queues; with SQS's metrics key if left out. */
  encryptionKey?: IKey | undefined;
};

/** Conversations on their way to Lime, and beside them those that were parked. */
export class ConversationQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** At this receive the mapper parks a record itself, with its reason; SQS would at the next one, without. */
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
