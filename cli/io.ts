import type { Ask } from './ask.ts';
import type { Progress } from './progress.ts';

/** What a command sees of the terminal and of time. */
export type Io = {
  /** What was asked for, on stdout; ends the line. */
  out: (text: string) => void;
  /** What else there is to say, on stderr. */
  note: (text: string) => void;
  progress: Progress;
  /** Undefined where nobody sits at a terminal. */
  ask?: Ask | undefined;
  /** Aborts at Ctrl-C: what is in hand is put back first. */
  signal: AbortSignal;
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** The same, and nothing that a command prints is obeyed by the terminal: chats and Lime may hold anything. */
export function escaping(io: Io): Io {
  return { ...io, out: (text) => io.out(escapeControls(text)), note: (text) => io.note(escapeControls(text)) };
}

/**
 * Writes as `\u009b` what a terminal obeys or nobody sees: C0 and C1 control characters but the end of a line, what
 * turns the direction of text, and other format characters but those that join letters and emoji. JSON stays the same
 * JSON.
 */
export function escapeControls(text: string): string {
  return text.replace(/[[\p{Cc}\p{Cf}\u2028\u2029]--[\n\u200c\u200d]]/gv, asEscape);
}

/** An escape for each UTF-16 code unit, as JSON has it. */
function asEscape(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
