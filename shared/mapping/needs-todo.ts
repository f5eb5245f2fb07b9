import { type Conversation, topicsOf } from '../userlike/conversation.ts';
import { valueAt } from '../userlike/value-at.ts';
import { topicKey } from './settings/settings.ts';
import type { Todo } from './settings/todo.ts';
import { textOf } from './values/source.ts';

/** True if the conversation has one of the topics or answers, or if the settings name none. */
export function needsTodo({ topics, answers }: Todo, conversation: Conversation): boolean {
  if (topics === undefined && answers === undefined) return true;
  const keys = topicsOf(conversation).map(topicKey);
  return (
    topics?.some((topic) => keys.includes(topicKey(topic))) === true ||
    Object.entries(answers ?? {}).some(([path, wanted]) => {
      const given = [valueAt(conversation, path)].flat().map((one) => topicKey(textOf(one ?? '')));
      return wanted.some((answer) => given.includes(topicKey(answer)));
    })
  );
}
