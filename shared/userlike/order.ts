import type { Message } from './conversation.ts';
import { isDeleted, messageIdOf } from './message.ts';
import { timeOf } from './time.ts';

/**
 * Each message once, in the order of their ids, whatever order they came in. Messages without an id of the documented
 * form come where their time puts them; where that does not tell them apart they stay as they came.
 */
export const inOrder = (messages: readonly Message[]): Message[] => {
  const unique = new Map<string | Message, Message>();
  for (const message of messages) {
    const key = messageIdOf(message) ?? message;
    unique.set(key, preferred(message, unique.get(key)));
  }
  const numbered: Numbered[] = [];
  const timed: Message[] = [];
  for (const [key, message] of unique) {
    if (typeof key === 'string' && isNumbered(key)) numbered.push({ id: key, message });
    else timed.push(message);
  }
  numbered.sort((one, other) => compareIds(one.id, other.id));
  timed.sort(compareTimes);
  return merge(
    numbered.map(({ message }) => message),
    timed,
  );
};

type Numbered = { id: string; message: Message };

/** Of two forms of one message the deleted one is the later; else any, as long as it is always the same. */
const preferred = (message: Message, other: Message | undefined): Message => {
  if (other === undefined) return message;
  if (isDeleted(message) !== isDeleted(other)) return isDeleted(message) ? message : other;
  return JSON.stringify(message) > JSON.stringify(other) ? message : other;
};

/** `conversation.part.message`, the documented form of an id. */
const isNumbered = (id: string): boolean => {
  const parts = id.split('.', 4);
  return parts.length === 3 && parts.every((part) => /^\d+$/.test(part));
};

/** Part by part as numbers of any size: without leading zeros the longer one is the greater. */
const compareIds = (one: string, other: string): number => {
  const ones = one.split('.').map(withoutZeros);
  const others = other.split('.').map(withoutZeros);
  for (const [index, part] of ones.entries()) {
    const against = others[index] ?? '';
    const order = part.length - against.length || compareTexts(part, against);
    if (order !== 0) return order;
  }
  return compareTexts(one, other);
};

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');

const compareTexts = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/** Messages without a time come last. */
const compareTimes = (one: Message, other: Message): number => {
  const [at, against] = [timeOf(one.sent_at), timeOf(other.sent_at)];
  if (at === against) return 0;
  if (at === undefined) return 1;
  return against === undefined || at < against ? -1 : 1;
};

/** Puts each of `timed` before the first of `numbered` that is later; neither list changes its own order. */
const merge = (numbered: Message[], timed: Message[]): Message[] => {
  const merged: Message[] = [];
  let next = 0;
  for (const message of numbered) {
    for (let other = timed[next]; other !== undefined && isBefore(other, message); other = timed[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(message);
  }
  return [...merged, ...timed.slice(next)];
};

const isBefore = (one: Message, other: Message): boolean => {
  const [at, against] = [timeOf(one.sent_at), timeOf(other.sent_at)];
  return at !== undefined && against !== undefined && at < against;
};
