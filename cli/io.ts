import type { Ask } from './ask.ts';
import { escapeControls } from './printable.ts';
import type { Progress } from './progress.ts';

/** Terminal, signals and clock of a command. */
export type Io = {
  /** Prints a line of the result on stdout. */
  out: (text: string) => void;
  /** Prints a line of remarks on stderr. */
  note: (text: string) => void;
  progress: Progress;
  /** Undefined if no engineer is at the terminal. */
  ask?: Ask | undefined;
  /** Aborts at Ctrl-C. Held records are put back first. */
  signal: AbortSignal;
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** Replaces control characters in everything that is printed, because chats and Lime may contain any. */
export function escaping(io: Io): Io {
  return { ...io, out: (text) => io.out(escapeControls(text)), note: (text) => io.note(escapeControls(text)) };
}
