import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { backOff, outageSeconds } from '../../shared/lime/retry.ts';
import { QUEUE_RETENTION_DAYS, receivesFor } from '../limits.ts';

export type ConversationQueueProps = {
  /** Seconds that a record stays invisible after a mapper received it. */
  visibilityTimeoutSeconds: number;
  /** What becomes of both queues, and of the accepted conversations in them, when the stack is deleted. */
  removalPolicy: RemovalPolicy;
};

/** Conversations on their way to Lime, and beside them those that were parked. */
export class ConversationQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** At this receive the mapper parks a record itself, with its reason; SQS would at the next one, without. */
  readonly maxReceives = receivesFor(outageSeconds, backOff);

  constructor(scope: Construct, id: string, { visibilityTimeoutSeconds, removalPolicy }: ConversationQueueProps) {
    super(scope, id);
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
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
