import { oneLine } from './one-line.ts';

/**
 * A value of somebody else's as a part of a line: without line breaks and characters that turn the direction of text.
 * One that is written from right to left is isolated (UAX #9), else a number beside it would be read in another order.
 */
export function isolated(value: string): string {
  return isolatedLines(plain(value));
}

/** The same with its line breaks. One that needs no isolation stays as it is. */
export function isolatedLines(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text.replace(/\p{Bidi_C}+/gu, '')}\u2069` : text;
}

/** The same, not isolated. */
export function plain(value: string): string {
  return oneLine(value.replace(/\p{Bidi_C}+/gu, ''));
}

/** Blocks of scripts that are written from right to left, with their numbers and presentation forms. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
