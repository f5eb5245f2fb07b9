import type { Ask } from './ask.ts';
import type { Progress } from './progress.ts';

/** The terminal and the time, as commands use them. */
export type Io = {
  /** Writes a line of the result to stdout. */
  out: (text: string) => void;
  /** Writes any other line to stderr. */
  note: (text: string) => void;
  progress: Progress;
  /** Undefined without a terminal. */
  ask?: Ask | undefined;
  /** Aborts at Ctrl-C, so that a command can put records back before it ends. */
  signal: AbortSignal;
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** Escapes everything that commands print, because a chat or Lime may hold control sequences. */
export function escaping(io: Io): Io {
  return { ...io, out: (text) => io.out(escapeControls(text)), note: (text) => io.note(escapeControls(text)) };
}

/**
 * Escapes characters that control a terminal or are invisible, such as `\u009b`: control characters except line breaks,
 * and format characters (among them those that change the direction of text) except those that join letters and emoji.
 * JSON stays the same JSON.
 */
export function escapeControls(text: string): string {
  return text.replace(/[[\p{Cc}\p{Cf}\u2028\u2029]--[\n\u200c\u200d]]/gv, asEscape);
}

/** An escape for each UTF-16 code unit, as JSON has it. */
function asEscape(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
