import { type Conversation, Message } from '../conversation.ts';
import { readableText } from '../forms/readable-text.ts';
import { bodyOf, isCommand, messageIdOf } from '../message.ts';
import { timeOf } from '../time.ts';
import { extrasOf } from './extras.ts';
import { filesOf } from './files.ts';
import { inOrder } from './order.ts';
import { isDeleted } from './state.ts';

/** The sender's type of a last message that names no sender. */
export const LAST_MESSAGE = 'last message';

/**
 * The lines of chat and the notifications of a conversation, each once and in order. The add-on's own commands are left
 * out: that a conversation was sent to Lime is not part of what was said, and a re-send alone must change nothing.
 */
export function messagesOf(conversation: Conversation): Message[] {
  return inOrder(transcriptOf(conversation)).filter((message) => !isCommand(message));
}

/** The transcript, with the conversation's last message behind it where that is not in it. */
export function transcriptOf(conversation: Conversation): Message[] {
  const transcript = conversation.transcript ?? [];
  const last = messageIn(conversation.last_message);
  return last === undefined || isIn(last, transcript) ? transcript : [...transcript, last];
}

/** It is not checked when a call is taken: of what has another type than a message's only the rest is told. */
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

/** By id, or by text and time. That a copy is deleted is told by the copy alone. */
function isIn(last: Message, transcript: readonly Message[]): boolean {
  const id = messageIdOf(last);
  if (id !== undefined && transcript.some((message) => messageIdOf(message) === id)) return !isDeleted(last);
  const body = bodyOf(last).trim();
  const at = timeOf(last.sent_at);
  return transcript.some(
    (message) => bodyOf(message).trim() === body && (at === undefined || timeOf(message.sent_at) === at),
  );
}
