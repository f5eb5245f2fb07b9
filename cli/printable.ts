/** Text from chats or Lime must not move the cursor or break a table. */
export function printable(text: string): string {
  return escapeControls(text).replaceAll('\n', '\\u000a');
}

/**
 * Escapes characters that control a terminal or are invisible, such as `\u009b`: control characters except line breaks,
 * and format characters (among them those that change the direction of text) except those that join letters and emoji.
 * JSON stays the same JSON.
 */
export function escapeControls(text: string): string {
  return text.replace(/[[\p{Cc}\p{Cf}\u2028\u2029]--[\n\u200c\u200d]]/gv, asEscape);
}

/** An escape for each UTF-16 code unit, as in JSON. */
function asEscape(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
