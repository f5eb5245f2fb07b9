import type { AddonCall, Rejection } from '../userlike/addon-call.ts';
import type { QueueEntry } from './batches.ts';
import { CONVERSATION_MAX_BYTES, encodeRecord, type Origin, RECORD_MAX_BYTES } from './envelope.ts';
import { type Lane, laneFor, messageGroupOf } from './lane.ts';

/** A call ready to be queued. `ids` are the accepted conversations, in the order of `entries`. */
export type PackedCall = {
  lane: Lane;
  entries: QueueEntry[];
  ids: (number | string)[];
  rejected: Rejection[];
  /** True if at least one of the rejected is too large. */
  isTooLarge: boolean;
};

export const sizeRule = `must not be larger than ${CONVERSATION_MAX_BYTES} bytes of JSON, nor than ${RECORD_MAX_BYTES} bytes compressed`;

/** Packs each conversation of a call into one record. Rejects those that no record can hold. */
export function packCall(call: AddonCall, origin: Origin): PackedCall {
  const lane = laneFor(call.conversations.length);
  const group = messageGroupOf(lane, origin);
  const entries: QueueEntry[] = [];
  const ids: (number | string)[] = [];
  const oversized: Rejection[] = [];
  for (const { index, conversation, json } of call.conversations) {
    const body = encodeRecord({ ...origin, conversation: String(conversation.id) }, json);
    if (body === undefined) {
      oversized.push({ index, id: conversation.id, errors: [{ path: '', message: sizeRule }] });
    } else {
      entries.push({ group, body });
      ids.push(conversation.id);
    }
  }
  const rejected = [...call.rejected, ...oversized].sort((one, other) => one.index - other.index);
  return { lane, entries, ids, rejected, isTooLarge: oversized.length > 0 };
}
