import type { Words } from '../words.ts';

/** What entries of a note begin with that are no messages. */
export const labelsOf = ({ surveyBefore, surveyAfter, rating, feedback, internalNote, colon }: Words): string[] =>
  [surveyBefore, surveyAfter, rating, feedback, internalNote].map((label) => label + colon.trimEnd());

/**
 * Indents further lines that begin with a bracket, as each message of the transcript does, or with one of these labels,
 * be it behind blanks or characters that nobody sees. Between two line breaks each character is looked at once.
 */
export const indented = (text: string, labels: readonly string[] = []): string => {
  const beginnings = ['\\[', ...labels.map(RegExp.escape)].join('|');
  const unseen = '[[\\p{DI}\\p{Zs}\\p{Cc}]--[\\n\\v\\f\\r\\u0085]]*';
  const pattern = new RegExp(`(\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])(?=${unseen}(?:${beginnings}))`, 'giv');
  return text.replace(pattern, '$1    ');
};
