import type { Message } from '../conversation.ts';
import { isTrue } from './state.ts';

/** The sender of a message. Bots are operators in Userlike's chatbot API. `other` is an unknown sender. */
export type Side = 'contact' | 'operator' | 'bot' | 'system' | 'other';

/** Names for the contact in Userlike's payloads, channels and older products. */
const contactKinds = ['contact', 'client', 'visitor', 'customer', 'user'];
const systemKinds = ['system', 'event', 'notification'];
const botWords = ['bot', 'chatbot', 'voicebot', 'ai', 'assistant', 'robot'];

/**
 * Checks the bot flag, then the sender's type, then whether an operator is named. Only a known contact type, or no
 * sender at all, is the contact: a machine's message must never appear as the contact's.
 */
export function sideOf(message: Message): Side {
  const { sender } = message;
  const kind = kindOf(message);
  const hasOperator = isFilled(message.operator_id) || isFilled(message.operator_name);
  if ([message.operator_is_bot, message.is_bot, sender?.is_bot].some(isTrue)) return 'bot';
  if (kind === 'contact') return 'contact';
  if (systemKinds.includes(kind)) return 'system';
  if (kind === 'operator') return 'operator';
  if (contactKinds.includes(kind)) return hasOperator ? 'operator' : 'contact';
  if (kind !== '') return isBotKind(kind) ? 'bot' : 'other';
  if (hasOperator) return 'operator';
  if (isOf(message.type, 'notification') || isOf(message.representation, 'system')) return 'system';
  return isOf(message.representation, 'automated') ? 'other' : 'contact';
}

/** The sender's type in lower case, such as `ai_agent`. Empty if there is none. */
export function kindOf({ sender }: Message): string {
  return (sender?.type ?? '').slice(0, MAX_KIND_LENGTH).trim().toLowerCase();
}

/** True if a message is an event or a system message, and not written by a contact or operator. */
export function isNotification(message: Message): boolean {
  return isOf(message.type, 'notification') || systemKinds.includes(kindOf(message));
}

/** Characters of a type that are read and shown. */
const MAX_KIND_LENGTH = 64;

function isBotKind(kind: string): boolean {
  return kind.split(/[^\p{L}\p{N}]/u).some((word) => botWords.includes(word));
}

function isOf(value: string | null | undefined, kind: string): boolean {
  return value?.length === kind.length && value.toLowerCase() === kind;
}

function isFilled(text: string | null | undefined): boolean {
  return text !== undefined && text !== null && text !== '';
}
