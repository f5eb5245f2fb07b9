import type { Ask } from './ask.ts';
import type { Colour } from './logs/event-line.ts';
import { escapeControls } from './printable.ts';
import type { Progress } from './progress.ts';

/** The terminal and the time, as commands use them. */
export type Io = {
  /** Writes a line of the result to stdout, in a colour if stdout shows colours. */
  out: (text: string, colour?: Colour) => void;
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
  return {
    ...io,
    out: (text, colour) => io.out(escapeControls(text), colour),
    note: (text) => io.note(escapeControls(text)),
  };
}
