/** Zero-width characters, soft hyphens, byte order marks and direction marks, which come with pasted text. */
const invisible = /[\p{DI}\p{Bidi_C}]/gu;

/** Every kind of blank, including the Braille blank and control characters. */
const blank = /[\s\p{Z}\p{Cc}\u2800]/gu;

/** Removes invisible characters and outer blanks. */
export function visible(text: string): string {
  return text.replace(invisible, '').replace(blank, ' ').trim();
}

/** Also replaces full-width and other compatibility forms (`＠`, `ａ`, `０`). */
export function plain(text: string): string {
  return visible(visible(text).normalize('NFKC'));
}

/** Also ignores case. Lower-case letters may compose differently from capitals. */
export function folded(text: string): string {
  return plain(text.toLowerCase());
}

export function withoutFinalDots(text: string): string {
  let end = text.length;
  while (text[end - 1] === '.') end -= 1;
  return text.slice(0, end);
}

/** Splits a field with several values. */
export function listedIn(text: string): string[] {
  return text.slice(0, MAX_FIELD_LENGTH).split(/[\s,;|]/u);
}

export const MAX_FIELD_LENGTH = 5_000;
