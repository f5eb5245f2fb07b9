/** Text from chats or Lime must not move the cursor or break a table. */
export function printable(text: string): string {
  return escapeControls(text).replaceAll('\n', '\\u000a');
}

/**
 * Escapes invisible characters (such as `\u009b`) and those that control a terminal: C0 and C1 control characters
 * except line breaks, characters that change the direction of text, and format characters except those that join
 * letters and emoji. JSON keeps its meaning.
 */
export function escapeControls(text: string): string {
  return text.replace(/[[\p{Cc}\p{Cf}\u2028\u2029]--[\n\u200c\u200d]]/gv, asEscape);
}

/** An escape for each UTF-16 code unit, as in JSON. */
function asEscape(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
