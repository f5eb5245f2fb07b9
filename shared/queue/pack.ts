import { HttpError, type Rejection } from '../errors.ts';
import type { AddonCall } from '../userlike/addon-call.ts';
import type { QueueEntry } from './batches.ts';
import { conversationMaxBytes, encodeRecord, type Origin, recordMaxBytes } from './envelope.ts';

/** A call ready to be queued: `ids` are the accepted conversations, in the order of `entries`. */
export type PackedCall = { entries: QueueEntry[]; ids: (number | string)[]; rejected: Rejection[] };

const tooLarge = `must not be larger than ${conversationMaxBytes} bytes of JSON, nor than ${recordMaxBytes} bytes compressed`;

/**
 * One record for each conversation of a call. Throws HttpError when it has conversations and none can be taken: 413
 * where that is for the size of at least one, else 422.
 */
export const packCall = (call: AddonCall, origin: Origin): PackedCall => {
  const packed: PackedCall = { entries: [], ids: [], rejected: [] };
  const oversized: Rejection[] = [];
  for (const { index, conversation, json } of call.conversations) {
    const body = encodeRecord({ ...origin, conversation: String(conversation.id) }, json);
    if (body === undefined) {
      oversized.push({ index, id: conversation.id, errors: [{ path: '', message: tooLarge }] });
    } else {
      packed.entries.push({ organization: origin.organization, body });
      packed.ids.push(conversation.id);
    }
  }
  packed.rejected = [...call.rejected, ...oversized].sort((one, other) => one.index - other.index);
  if (packed.ids.length > 0 || packed.rejected.length === 0) return packed;
  const { rejected } = packed;
  throw oversized.length > 0
    ? new HttpError(413, `A conversation ${tooLarge}.`, { rejected })
    : new HttpError(422, 'None of the conversations can be taken.', { rejected });
};
