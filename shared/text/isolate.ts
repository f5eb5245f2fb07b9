import { oneLine } from './one-line.ts';

/**
 * Puts foreign text into a line: no line breaks, no direction controls. Right-to-left text is isolated (UAX #9), so
 * that a number next to it keeps its order.
 */
export function isolated(value: string): string {
  return isolatedLines(plain(value));
}

/** The same with line breaks. Text that needs no isolation stays unchanged. */
export function isolatedLines(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text.replace(/\p{Bidi_C}+/gu, '')}\u2069` : text;
}

/** The same without isolation. */
export function plain(value: string): string {
  return oneLine(value.replace(/\p{Bidi_C}+/gu, ''));
}

/** Blocks of right-to-left scripts, with their digits and presentation forms. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
