import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LARGEST_ANSWER_BYTES } from './batch.ts';
import type { FunctionSpec } from './function-spec.ts';
import { type Invocation, Message, type Outcome } from './protocol.ts';

const CHILD = new URL('function-child.mjs', import.meta.url);

/** Longer than Lambda's 10 s for loading a function, because several start at once on a machine that may be busy. */
const INIT_TIMEOUT_MS = 60_000;

/** One execution environment, which takes one invocation at a time. */
export type FunctionProcess = {
  pid: number | undefined;
  invoke: (event: unknown) => Promise<Outcome>;
  /** Resolves when the process has ended, for any reason. */
  exited: Promise<void>;
  kill: () => void;
};

/**
 * Starts a process and waits until its bundle is loaded.
 * @param onLine takes each line that the function writes
 */
export async function startProcess(
  spec: Pick<FunctionSpec, 'arn' | 'directory' | 'file' | 'handler' | 'memoryMegabytes' | 'name' | 'timeoutSeconds'>,
  environment: Record<string, string>,
  onLine: (line: string) => void,
): Promise<FunctionProcess> {
  const child = fork(CHILD, [spec.file, spec.handler, spec.arn], {
    cwd: spec.directory,
    env: environment,
    execArgv: heapFlags(spec.memoryMegabytes),
    serialization: 'json',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, onLine);
  // After an `error` event (a failed start, a message to an ended process), no other event matters.
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  await ready(child, spec.name);

  return {
    pid: child.pid,
    exited,
    kill: () => {
      child.kill('SIGKILL');
    },
    invoke: async (event) => {
      const outcome = withinLimit(await invoke(child, spec.timeoutSeconds, event));
      if (outcome === tooLarge) onLine(JSON.stringify({ level: 'ERROR', function: spec.name, ...tooLarge }));
      return outcome;
    },
  };
}

/**
 * Of Lambda's young generation, so that eight mappers fit beside a browser: a process grows it to three times this before
 * it collects anything.
 */
const MAX_SEMI_SPACE_MEGABYTES = 8;

/** Limits the heap as Lambda does: what needs more memory than the function has ends here as it does there. */
function heapFlags(memoryMegabytes: number): string[] {
  const young = Math.floor(memoryMegabytes / 10);
  const semiSpace = Math.min(MAX_SEMI_SPACE_MEGABYTES, Math.floor(young / 2));
  return [`--max-semi-space-size=${semiSpace}`, `--max-old-space-size=${memoryMegabytes - young}`];
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

function ready(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} was not loaded within ${INIT_TIMEOUT_MS / 1000} s`));
    }, INIT_TIMEOUT_MS);
    const ended = (): void => {
      clearTimeout(timer);
      reject(new Error(`${name} could not be loaded`));
    };
    child.once('exit', ended);
    child.on('error', ended);
    child.once('message', () => {
      clearTimeout(timer);
      child.off('exit', ended);
      resolve();
    });
  });
}

function invoke(child: ChildProcess, timeoutSeconds: number, event: unknown): Promise<Outcome> {
  return new Promise((resolve) => {
    const requestId = randomUUID();
    const invocation: Invocation = {
      requestId,
      event,
      deadline: Date.now() + timeoutSeconds * 1000,
      traceId: traceId(),
    };

    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      child.off('message', answered);
      child.off('exit', crashed);
      resolve(outcome);
    };
    const answered = (received: unknown): void => {
      const message = Message.parse(received);
      if (message.type === 'ready' || message.requestId !== requestId) return;
      const { requestId: _, ...outcome } = message;
      settle(outcome);
    };
    const crashed = (): void => {
      settle({ type: 'error', errorType: 'Runtime.ExitError', errorMessage: 'the process ended before it answered' });
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      settle({
        type: 'error',
        errorType: 'Sandbox.Timedout',
        errorMessage: `Task timed out after ${timeoutSeconds} seconds`,
      });
    }, timeoutSeconds * 1000);

    child.on('message', answered);
    child.on('exit', crashed);
    if (child.connected) child.send(invocation);
    else crashed();
  });
}

const tooLarge: Outcome = {
  type: 'error',
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${LARGEST_ANSWER_BYTES} bytes).`,
};

function withinLimit(outcome: Outcome): Outcome {
  return outcome.type === 'result' && Buffer.byteLength(outcome.payload) > LARGEST_ANSWER_BYTES ? tooLarge : outcome;
}

/** An X-Ray header of a trace that is not sampled. */
export function traceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
