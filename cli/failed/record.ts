import type { Message } from '@aws-sdk/client-sqs';
import { decodeRecord } from '../../shared/queue/envelope.ts';

/** The DLQ's data about a parked conversation, without its content. */
export type FailedRecord = {
  /** SQS's id of the record. */
  id: string;
  /** When SQS received it, in milliseconds. It expires 14 days later. */
  sentAt: number;
  organization: string | undefined;
  conversation: string | undefined;
  callId: string | undefined;
  reason: string;
  step: string | undefined;
  /** Lime's HTTP status. */
  status: number | undefined;
  limetype: string | undefined;
  /** The lane from which it was parked. */
  lane: string | undefined;
  /** How often SQS had handed it out before. */
  receives: number;
  /** The size of the body. */
  bytes: number;
};

/** The reason of a record that SQS moved itself, because no mapper parked it after its last receive. */
const RECEIVED_TOO_OFTEN = 'received too often';

/** Reads a received message by the attributes that the mapper parked it with, or by its body if it has none. */
export function readFailed({ MessageId, Body = '', Attributes, MessageAttributes }: Message): FailedRecord {
  const attribute = (name: string): string | undefined => MessageAttributes?.[name]?.StringValue;
  const status = attribute('status');
  const reason = attribute('reason');
  return {
    id: MessageId ?? '',
    sentAt: Number(Attributes?.SentTimestamp),
    ...(reason === undefined
      ? readBody(Body)
      : {
          organization: attribute('organization'),
          conversation: attribute('conversation'),
          callId: attribute('callId'),
          reason,
        }),
    step: attribute('step'),
    status: status === undefined ? undefined : Number(status),
    limetype: attribute('limetype'),
    lane: attribute('lane'),
    receives: Number(Attributes?.ApproximateReceiveCount) - 1,
    bytes: Buffer.byteLength(Body),
  };
}

function readBody(body: string): Pick<FailedRecord, 'organization' | 'conversation' | 'callId' | 'reason'> {
  const decoded = decodeRecord(body);
  return {
    organization: decoded.origin?.organization,
    conversation: decoded.ok ? String(decoded.conversation.id) : undefined,
    callId: decoded.origin?.callId,
    reason: decoded.ok ? RECEIVED_TOO_OFTEN : `${RECEIVED_TOO_OFTEN}; ${decoded.reason}`,
  };
}
