import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Io } from '../../../cli/io.ts';
import { runCli as runProgram } from '../../../cli/program.ts';

const BIN = fileURLToPath(new URL('../../../cli/userlike-lime.mjs', import.meta.url));

export type Ended = { code: number | null; stdout: string; stderr: string };

/** A command line under way. */
export type Running = { signal: (signal: NodeJS.Signals) => void; ended: Promise<Ended> };

/** Starts the real program, with nothing of this process's environment but what it cannot do without. */
export function startCli(args: readonly string[], variables: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
    code,
    stdout: stdout.trimEnd(),
    stderr: stderr.trimEnd(),
  }));
  return {
    signal: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}

export function runCli(args: readonly string[], variables: Record<string, string> = {}): Promise<Ended> {
  return startCli(args, variables).ended;
}

/** Runs a command line in this process. */
export async function runHere(
  args: readonly string[],
  variables: Record<string, string> = {},
  overrides: Partial<Io> = {},
): Promise<Ended> {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await runProgram(args, variables, {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    progress: { show: () => {}, clear: () => {} },
    signal: new AbortController().signal,
    now: () => Date.parse('2026-11-22T10:00:00Z'),
    sleep: async () => {},
    ...overrides,
  });
  return { code, stdout: out.join('\n'), stderr: notes.join('\n') };
}
