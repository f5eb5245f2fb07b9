import type { Conversation, Message } from './conversation.ts';
import { bodyOf } from './message.ts';
import { messagesOf } from './messages/messages-of.ts';
import { isNotification, type Side, sideOf } from './messages/sender.ts';
import { timeOf } from './time.ts';
import { isEmpty } from './value-at.ts';

const NANOSECONDS = 1_000_000_000n;

/** Statuses of a conversation in which nobody writes any more. */
const endedStatuses = ['ended', 'closed'];

/** What people and bots wrote: no events, no chat commands. */
export function spokenIn(conversation: Conversation): Message[] {
  return messagesOf(conversation).filter((message) => !isNotification(message));
}

export function messagesBy(side: Side, spoken: readonly Message[]): number {
  return spoken.filter((message) => sideOf(message) === side).length;
}

/** The texts that the contact wrote. */
export function questionsIn(spoken: readonly Message[]): string[] {
  return spoken
    .filter((message) => sideOf(message) === 'contact')
    .map(bodyOf)
    .filter((body) => !isEmpty(body));
}

/** Whole seconds from the contact's first message to the first operator's after it. A bot's answer does not count. */
export function secondsToFirstAnswer(spoken: readonly Message[]): number | undefined {
  const first = spoken.findIndex((message) => sideOf(message) === 'contact');
  const answer = spoken.slice(first + 1).find((message) => sideOf(message) === 'operator');
  return first === -1 ? undefined : secondsBetween(spoken[first], answer);
}

/** Whole seconds from the first message to the last. */
export function durationSeconds(spoken: readonly Message[]): number | undefined {
  const dated = spoken.filter(({ sent_at }) => timeOf(sent_at) !== undefined);
  return secondsBetween(dated[0], dated.at(-1));
}

function secondsBetween(one: Message | undefined, other: Message | undefined): number | undefined {
  const [from, to] = [timeOf(one?.sent_at), timeOf(other?.sent_at)];
  return from === undefined || to === undefined || to < from ? undefined : Number((to - from) / NANOSECONDS);
}

export function isEnded({ ended_at, status }: Conversation): boolean {
  return !isEmpty(ended_at) || (typeof status === 'string' && endedStatuses.includes(status.trim().toLowerCase()));
}

/** The kind of a conversation. If neither an operator nor a bot has written, Userlike's `interaction_type` says it. */
export function kindOf({ interaction_type }: Conversation, spoken: readonly Message[]): 'human' | 'bot' {
  if (messagesBy('operator', spoken) > 0) return 'human';
  if (messagesBy('bot', spoken) > 0) return 'bot';
  return typeof interaction_type === 'string' && interaction_type.trim().toLowerCase() === 'bot' ? 'bot' : 'human';
}
