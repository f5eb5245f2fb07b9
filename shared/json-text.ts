/** A parsed text, or the reason why it cannot be read, with its place. */
export type ReadJson = { json: unknown } | { problem: string };

/** Reads JSON that people edit: UTF-8, with or without a byte order mark. The problem quotes nothing of the text. */
export function readJson(bytes: Uint8Array): ReadJson {
  const text = decode(bytes);
  if (text === undefined) return { problem: 'is not UTF-8 text: save it with the encoding UTF-8' };
  if (text.trim() === '') return { problem: 'is empty' };
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { problem: `is not JSON: ${placeOf(text, error)}` };
  }
}

/** The text of UTF-8 bytes without its byte order mark. Undefined for any other encoding. */
export function decode(bytes: Uint8Array): string | undefined {
  // UTF-16 without a byte order mark is valid UTF-8 that has NUL in every other byte.
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function placeOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [, expected, at] = /^(.*?) (?:in|after) JSON at position (\d+)/.exec(message) ?? [];
  const position = at === undefined ? unexpectedAt(text) : Number(at);
  const before = text.slice(0, position).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `line ${before.length}, column ${column}: ${expected === undefined ? unexpected(text, position) : plain(expected)}`;
}

function unexpected(text: string, position: number): string {
  return position >= text.trimEnd().length ? 'the text ends too early' : 'a value is expected';
}

/** The engine's words, without quoting a character of the text. */
function plain(message: string): string {
  if (message.startsWith('Unexpected non-whitespace')) return 'nothing may follow the value';
  const [known = 'unexpected text'] =
    /^(?:Expected .*|Bad control character|Bad escaped character|Unterminated string)/.exec(message) ?? [];
  return known.charAt(0).toLowerCase() + known.slice(1);
}

/**
 * The engine does not say where an unexpected token stands. It is the end of the shortest beginning that has one,
 * because a beginning without it only ends too early.
 */
function unexpectedAt(text: string): number {
  let [without, having] = [0, text.length + 1];
  while (having - without > 1) {
    const middle = Math.floor((without + having) / 2);
    if (hasUnexpected(text.slice(0, middle))) having = middle;
    else without = middle;
  }
  return having > text.length ? text.trimEnd().length : having - 1;
}

function hasUnexpected(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.startsWith('Unexpected token');
  }
}
