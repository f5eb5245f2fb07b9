/** Zero-width blanks, soft hyphens, byte order marks and marks of direction: nobody sees them, and pasted texts hold them. */
const invisible = /[\p{DI}\p{Bidi_C}]/gu;

/** Blanks of every kind, the braille one and control characters included. */
const blank = /[\s\p{Z}\p{Cc}\u2800]/gu;

/** The text as people see it: without invisible characters and outer blanks. */
export function visible(text: string): string {
  return text.replace(invisible, '').replace(blank, ' ').trim();
}

/** The same with full-width and other compatibility mobileForms (`＠`, `ａ`, `０`) as the usual characters. */
export function plain(text: string): string {
  return visible(visible(text).normalize('NFKC'));
}

/** Without case as well; a lower-case letter may have another composed form than its capital. */
export function folded(text: string): string {
  return plain(text.toLowerCase());
}

export function withoutFinalDots(text: string): string {
  let end = text.length;
  while (text[end - 1] === '.') end -= 1;
  return text.slice(0, end);
}

/** The parts of a field that holds several values; more than that no field holds. */
export function listedIn(text: string): string[] {
  return text.slice(0, MAX_FIELD_LENGTH).split(/[\s,;|]/u);
}

export const MAX_FIELD_LENGTH = 5_000;
