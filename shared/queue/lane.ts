/** The two ways of a conversation through the queues. Calls with few conversations are interactive. */
export type Lane = 'interactive' | 'bulk';

/** Conversations of the largest interactive call. An operator waits for those, and for a bulk send nobody does. */
export const MAX_INTERACTIVE_CONVERSATIONS = 10;

export function laneFor(conversations: number): Lane {
  return conversations <= MAX_INTERACTIVE_CONVERSATIONS ? 'interactive' : 'bulk';
}

/** The lane of received records: the queue that they came from has the name of one of the URLs. */
export function laneOfQueue(eventSourceArn: string, interactiveQueueUrl: string): Lane {
  const isInteractive = eventSourceArn.split(':').at(-1) === interactiveQueueUrl.split('/').at(-1);
  return isInteractive ? 'interactive' : 'bulk';
}

/** SQS's limit of a MessageGroupId, in characters of ASCII: letters, digits and punctuation. */
const MAX_GROUP_LENGTH = 128;

/**
 * The group that a fair queue counts a record for. SQS delivers records of small groups first while a large one waits.
 * In the bulk lane each call is its own group, so that it does not hold up other calls of its organization.
 */
export function messageGroupOf(lane: Lane, { organization, callId }: { organization: string; callId: string }): string {
  const group = lane === 'interactive' ? organization : `${organization}/${callId}`;
  return group.replace(/[^!-~]/g, '_').slice(0, MAX_GROUP_LENGTH);
}
