import type { Ask } from './ask.ts';
import { escapeControls } from './printable.ts';
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
