import { type Conversation, topicsOf } from '../userlike/conversation.ts';
import { isEnded, kindOf, messagesBy, spokenIn } from '../userlike/figures.ts';
import { withoutDeleted } from '../userlike/message.ts';
import { valueAt } from '../userlike/value-at.ts';
import { type Settings, topicKey } from './settings/settings.ts';

/** The rules by which a conversation is not taken. */
export const skipRules = ['topic', 'channel', 'kind', 'open', 'messages'] as const;

/** Why a conversation is not taken. The reason holds nothing that a person wrote. */
export type Skip = { rule: (typeof skipRules)[number]; reason: string };

/** Undefined if the settings accept the conversation. A rule whose value is unknown does not count. */
export function skipOf(conversation: Conversation, { accept }: Pick<Settings, 'accept'>): Skip | undefined {
  if (accept === undefined) return undefined;
  const { contactMessages, kinds, channels, exceptTopics, whileOpen } = accept;
  const keys = topicsOf(conversation).map(topicKey);
  const topic = exceptTopics.find((one) => keys.includes(topicKey(one)));
  if (topic !== undefined) return { rule: 'topic', reason: `the topic ${topic} is left out` };

  const channel = valueAt(conversation, 'contact_channel.type');
  if (channels !== undefined && typeof channel === 'string' && channel.trim() !== '') {
    const isTaken = channels.some((one) => topicKey(one) === topicKey(channel));
    if (!isTaken) return { rule: 'channel', reason: `only the channels ${channels.join(', ')} are taken` };
  }
  const spoken = spokenIn(withoutDeleted(conversation));
  const kind = kindOf(conversation, spoken);
  if (!kinds.includes(kind)) return { rule: 'kind', reason: `conversations of the kind ${kind} are left out` };
  if (whileOpen === 'skip' && !isEnded(conversation)) return { rule: 'open', reason: 'the conversation has not ended' };
  const messages = messagesBy('contact', spoken);
  if (messages >= contactMessages) return undefined;
  return { rule: 'messages', reason: `${messages} of ${contactMessages} messages of the contact` };
}
