import type { Outgoing } from './read-conversations.ts';

/** The endpoint takes 5 MiB. A call leaves room for the brackets. */
const LARGEST_CALL_BYTES = 5_000_000;

/** The conversations in calls of at most `size`, or fewer where a call would be too large. */
export function callsOf(conversations: readonly Outgoing[], size: number): Outgoing[][] {
  const calls: Outgoing[][] = [];
  let call: Outgoing[] = [];
  let bytes = 0;
  for (const conversation of conversations) {
    const added = Buffer.byteLength(conversation.json) + 1;
    if (call.length >= size || (call.length > 0 && bytes + added > LARGEST_CALL_BYTES)) {
      calls.push(call);
      call = [];
      bytes = 0;
    }
    call.push(conversation);
    bytes += added;
  }
  return call.length === 0 ? calls : [...calls, call];
}
