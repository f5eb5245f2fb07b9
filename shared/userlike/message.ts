import type { Message } from './conversation.ts';

/** Who a message is from. Bots are a special kind of operator (Userlike's chatbot API). */
export type Side = 'contact' | 'operator' | 'bot' | 'system';

/** The sender says it where it is known; older payloads tell the sides apart by the operator alone. */
export const sideOf = (message: Message): Side => {
  const { sender, operator_id, operator_name, operator_is_bot } = message;
  if (sender?.type === 'contact' || sender?.type === 'system') return sender.type;
  const byOperator =
    sender?.type === 'operator' || sender?.type === 'bot' || isFilled(operator_id) || isFilled(operator_name);
  if (byOperator) return operator_is_bot === true || sender?.type === 'bot' ? 'bot' : 'operator';
  return message.type === 'notification' ? 'system' : 'contact';
};

/** Something that happened in the conversation, or that was said by a machine: no speech of contact or operator. */
export const isNotification = (message: Message): boolean =>
  message.type === 'notification' || message.sender?.type === 'system';

export const isDeleted = (message: Message): boolean => message.is_deleted === true;

/** What was said, as it was said; empty for a file. */
export const bodyOf = ({ body, body_plain }: Message): string => body || body_plain || '';

/** `conversation.part.message`, stable for as long as the conversation exists; undefined where it has none. */
export const messageIdOf = ({ id, msgid }: Message): string | undefined => id || msgid || undefined;

/** The add-on's chat command (`$lime`, with or without an argument), typed by an operator. */
export const isCommand = (message: Message): boolean =>
  sideOf(message) === 'operator' && !isNotification(message) && /^\$lime(?:[ \t].*)?$/.test(bodyOf(message).trim());

const isFilled = (text: string | null | undefined): boolean => text !== undefined && text !== null && text !== '';
