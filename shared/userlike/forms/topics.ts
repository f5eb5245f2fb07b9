import { readableText } from './readable-text.ts';

/** A topic as Userlike documents it. Other keys are kept. */
export type Topic = { text: string; [key: string]: unknown };

/** Reads topics of any shape: texts, numbers, objects with a name, or one instead of a list. */
export function topicsIn(value: unknown): Topic[] {
  return [value]
    .flat(MAX_DEPTH)
    .flatMap((topic) => entriesIn(topic))
    .filter(({ text }) => text.trim() !== '');
}

const MAX_DEPTH = 3;

function entriesIn(topic: unknown): Topic[] {
  if (typeof topic !== 'object' || topic === null || Array.isArray(topic)) return [{ text: readableText(topic) }];
  const { text, ...others }: { text?: unknown } = topic;
  if (typeof text === 'string') return [{ ...others, text }];
  // A list that became an object: `{ "0": { text } }`.
  const isList = Object.keys(topic).every((key) => /^\d{1,4}$/.test(key));
  if (isList) return Object.values(topic).flatMap((inner) => (Array.isArray(inner) ? [] : entriesIn(inner)));
  return [{ ...topic, text: nameIn(topic) || readableText(topic) }];
}

/** The name alone identifies a topic. */
function nameIn(topic: object): string {
  const { text, name, title, label, value }: Record<string, unknown> = { ...topic };
  return [text, name, title, label, value].map(readableText).find((word) => word !== '') ?? '';
}
