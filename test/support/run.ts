import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { sharedAssembly } from './assembly.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** Longest that a start, an awaited log line or an end may take, in milliseconds. */
const TIMEOUT_MS = 120_000;

const LogLine = z.looseObject({
  level: z.string().optional(),
  message: z.string().optional(),
  service: z.string().optional(),
});
export type LogLine = z.infer<typeof LogLine>;

const Addresses = z.looseObject({
  message: z.literal('addresses'),
  limeUrl: z.url(),
  sandboxUrl: z.url().optional(),
  awsEndpoint: z.url(),
});

export type RunOptions = {
  /** Environment variables of the local run, for example `{ TIME_SCALE: '0.02' }`. */
  variables?: Record<string, string>;
  /** Further flags, for example `['--organization', '7']`. */
  flags?: string[];
  /** Another cloud assembly than the project's own, or `synthesized`: the run makes its own, as without tests. */
  assembly?: string;
  /** Lime's budget, in the project's own assembly. */
  limeRequestsPerSecond?: number;
};

/** A program that was started; its output is kept. */
export type Started = {
  pid: number;
  stdout: () => string;
  stderr: () => string;
  /** What was logged so far: the JSON lines of stderr. */
  logs: () => LogLine[];
  /** Waits for a log line, past ones included. */
  log: (matches: (line: LogLine) => boolean) => Promise<LogLine>;
  /** Waits for a line of stdout, past ones included. */
  line: (pattern: RegExp) => Promise<RegExpExecArray>;
  signal: (signal: NodeJS.Signals) => void;
  /** Closes the channel by which it would notice that this process ended. */
  leave: () => void;
  /** The exit code, once the process has ended. */
  exited: Promise<number | null>;
};

export type Run = Started & {
  /** Where the add-on calls, organization included. */
  endpoint: string;
  /** The Lime tenant, application name included. */
  limeUrl: string;
  /** The sandbox: `/_sandbox/…` and `/client/…` are below it. */
  sandboxUrl: string;
  /** SQS, DynamoDB and Secrets Manager, and `/_emulator/faults`. */
  awsEndpoint: string;
  /** Ends the run and everything it started. */
  stop: () => Promise<void>;
} & AsyncDisposable;

/** Starts the real local run in a process of its own and waits until everything listens. */
export async function startRun(options: RunOptions = {}): Promise<Run> {
  const assembly = options.assembly ?? (await sharedAssembly(options.limeRequestsPerSecond));
  const flags = assembly === 'synthesized' ? [] : ['--assembly', assembly];
  const started = startMain({ ...options, flags: [...flags, ...(options.flags ?? [])] });
  const [, endpoint = ''] = await started.line(/^ready (\S+)$/m);
  const {
    limeUrl,
    sandboxUrl = '',
    awsEndpoint,
  } = Addresses.parse(await started.log(({ message }) => message === 'addresses'));
  const stop = async (): Promise<void> => {
    started.signal('SIGTERM');
    await started.exited;
  };
  return { ...started, endpoint, limeUrl, sandboxUrl, awsEndpoint, stop, [Symbol.asyncDispose]: stop };
}

/** Starts the local run's main module; for what comes before `ready`, or instead of it. */
export function startMain({ variables = {}, flags = [] }: RunOptions): Started {
  const child = spawn(process.execPath, ['--import', './cli/node24.mjs', 'tools/local/main.ts', ...flags], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, PORT: '0', SANDBOX_PORT: '0', EXAMPLE: 'off', ...variables },
    // By the channel it ends with this process, should a test be broken off.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  const errors: string[] = [];
  const logged: LogLine[] = [];
  const watchers = new Set<() => void>();
  const collect = (stream: NodeJS.ReadableStream | null, lines: string[]): void => {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines === errors && line.startsWith('{')) logged.push(LogLine.parse(JSON.parse(line)));
      for (const watcher of watchers) watcher();
    });
  };
  collect(child.stdout, output);
  collect(child.stderr, errors);
  const exited = endOf(child);

  const until = <T>(what: string, find: () => T | null | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === null || found === undefined) return;
        done();
        resolve(found);
      };
      const fail = (reason: string): void => {
        done();
        reject(new Error(`${reason} before ${what}\n${errors.slice(-20).join('\n')}`));
      };
      const timer = setTimeout(() => fail(`${TIMEOUT_MS / 1000} s passed`), TIMEOUT_MS);
      const done = (): void => {
        clearTimeout(timer);
        watchers.delete(look);
      };
      watchers.add(look);
      exited.then(() => fail('the run ended'));
      look();
    });

  return {
    pid: child.pid ?? 0,
    stdout: () => output.join('\n'),
    stderr: () => errors.join('\n'),
    logs: () => logged,
    log: (matches) => until('a log line', () => logged.find(matches)),
    line: (pattern) => until(String(pattern), () => pattern.exec(output.join('\n'))),
    signal: (signal) => {
      child.kill(signal);
    },
    leave: () => child.disconnect(),
    exited,
  };
}

/** `close` would do, but for a channel that was closed on this side it never comes. */
async function endOf(child: ChildProcess): Promise<number | null> {
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  const read = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'close'));
  await Promise.all(read);
  return exit;
}
