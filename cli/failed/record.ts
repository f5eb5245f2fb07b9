import type { Message } from '@aws-sdk/client-sqs';
import { decodeRecord } from '../../shared/queue/envelope.ts';

/** What the DLQ tells of a conversation that was parked or given up, without anything of its content. */
export type FailedRecord = {
  /** SQS's id of the record. */
  id: string;
  /** When SQS took it, milliseconds: its 14 days run from here. */
  sentAt: number;
  organization: string | undefined;
  conversation: string | undefined;
  callId: string | undefined;
  reason: string;
  step: string | undefined;
  /** Lime's HTTP status. */
  status: number | undefined;
  limetype: string | undefined;
  /** How often SQS has handed it out before this time. */
  receives: number;
  /** Of the body. */
  bytes: number;
};

/** The reason of a record that SQS moved itself: after its last receive nobody came to park it. */
const RECEIVED_TOO_OFTEN = 'received too often';

/** Reads a received message: by the attributes it was parked with, or by its body where it has none. */
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
