import type { Conversation, Message } from '../../userlike/conversation.ts';
import {
  durationSeconds,
  isEnded,
  kindOf,
  messagesBy,
  questionsIn,
  secondsToFirstAnswer,
  spokenIn,
} from '../../userlike/figures.ts';
import { isEmpty } from '../../userlike/value-at.ts';
import type { RatingScale } from '../settings/rating.ts';

const LOWEST_RATE = 1;
const HIGHEST_RATE = 5;

/** The fields of a conversation that are computed here. Each is computed when a path or template reads it. */
export function computedFields(conversation: Conversation, scale: RatingScale): Record<string, () => unknown> {
  let messages: Message[] | undefined;
  const spoken = () => {
    messages ??= spokenIn(conversation);
    return messages;
  };
  return {
    first_question: () => questionsIn(spoken())[0],
    last_question: () => questionsIn(spoken()).at(-1),
    seconds_to_first_answer: () => secondsToFirstAnswer(spoken()),
    duration_seconds: () => durationSeconds(spoken()),
    contact_messages: () => messagesBy('contact', spoken()),
    operator_messages: () => messagesBy('operator', spoken()),
    bot_messages: () => messagesBy('bot', spoken()),
    is_ended: () => isEnded(conversation),
    is_bot_handled: () => kindOf(conversation, spoken()) === 'bot',
    rating: () => ratingOn(scale, conversation.rate),
  };
}

/** Userlike's rating on the tenant's scale. Undefined for anything but 1 to 5. */
function ratingOn({ lowest, highest, decimals }: RatingScale, value: unknown): number | undefined {
  const rate = typeof value === 'string' && !isEmpty(value) ? Number(value) : value;
  if (typeof rate !== 'number' || !(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)) return undefined;
  const part = (rate - LOWEST_RATE) / (HIGHEST_RATE - LOWEST_RATE);
  return Number((lowest + part * (highest - lowest)).toFixed(decimals));
}
