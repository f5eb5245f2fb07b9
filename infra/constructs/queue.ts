import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { backOff, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';
import type { Lane } from '../../shared/queue/lane.ts';
import { QUEUE_RETENTION_DAYS, receivesFor } from '../limits.ts';

export type ConversationQueueProps = {
  /** Time that a received record stays invisible. */
  visibilityTimeoutSeconds: number;
  /** Applies to the queues and their conversations when the stack is deleted. */
  removalPolicy: RemovalPolicy;
  /** Encrypts the queues. Default: SQS's own key. */
  encryptionKey?: IKey | undefined;
};

/**
 * The queues of accepted conversations, one for each lane, and the dead-letter queue of parked ones. A standard queue
 * has no priorities, so two keep single conversations from waiting behind a bulk call.
 */
export class ConversationQueue extends Construct {
  readonly queues: Record<Lane, Queue>;
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
    const forLane = {
      ...common,
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: this.maxReceives },
    };
    this.queues = {
      interactive: new Queue(this, 'Interactive', forLane),
      // With another id, an upgrade would replace the queue and the conversations in it.
      bulk: new Queue(this, 'Queue', forLane),
    };
  }
}
