import { type Conversation, Message } from '../conversation.ts';
import { readableText } from '../forms/readable-text.ts';
import { bodyOf, isCommand, messageIdOf } from '../message.ts';
import { timeOf } from '../time.ts';
import { extrasOf } from './extras.ts';
import { filesOf } from './files.ts';
import { inOrder } from './order.ts';
import { isDeleted } from './state.ts';

/** Sender type of a last message without a sender. */
export const LAST_MESSAGE = 'last message';

/**
 * The messages and notifications of a conversation, each once and in order. Chat commands of the add-on are left out,
 * so that sending a conversation again changes nothing.
 */
export function messagesOf(conversation: Conversation): Message[] {
  return inOrder(transcriptOf(conversation)).filter((message) => !isCommand(message));
}

/** The transcript, followed by the last message if the transcript does not contain it. */
export function transcriptOf(conversation: Conversation): Message[] {
  const transcript = conversation.transcript ?? [];
  const last = messageIn(conversation.last_message);
  return last === undefined || isIn(last, transcript) ? transcript : [...transcript, last];
}

/** The last message is not validated on arrival. Properties of a wrong type are ignored. */
function messageIn(value: unknown): Message | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const body = readableText(value);
    return body === '' ? undefined : Message.parse({ body, sender: { type: LAST_MESSAGE } });
  }
  const parsed = Message.safeParse(value);
  const broken = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
  const message =
    parsed.data ??
    Message.safeParse(Object.fromEntries(Object.entries(value).filter(([key]) => !broken.includes(key)))).data;
  return message === undefined || isEmptyMessage(message) ? undefined : message;
}

function isEmptyMessage(message: Message): boolean {
  if (bodyOf(message).trim() !== '' || message.event || isDeleted(message)) return false;
  const files = filesOf(message);
  return files.length === 0 && extrasOf(message, false).length === 0;
}

/** Compares ids, or text and time. Only the copy may be marked as deleted. */
function isIn(last: Message, transcript: readonly Message[]): boolean {
  const id = messageIdOf(last);
  if (id !== undefined && transcript.some((message) => messageIdOf(message) === id)) return !isDeleted(last);
  const body = bodyOf(last).trim();
  const at = timeOf(last.sent_at);
  return transcript.some(
    (message) => bodyOf(message).trim() === body && (at === undefined || timeOf(message.sent_at) === at),
  );
}
