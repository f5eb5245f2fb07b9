import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const project = fileURLToPath(new URL('../..', import.meta.url));

const LogLine = z.looseObject({ message: z.string().optional() });
export type LogLine = z.infer<typeof LogLine>;

const Addresses = z.looseObject({
  message: z.literal('addresses'),
  sandboxUrl: z.url(),
  awsEndpoint: z.url(),
  queueUrl: z.url(),
  interactiveQueueUrl: z.url(),
});

/** The local run in a process of its own. */
export type LocalProcess = {
  pid: number;
  /** The add-on endpoint, organization included. */
  endpoint: string;
  /** The sandbox: `/_sandbox/…` is below it. */
  sandboxUrl: string;
  /** SQS, DynamoDB and Secrets Manager, and `/_emulator/faults`. */
  awsEndpoint: string;
  /** The queues of both lanes. */
  queueUrls: string[];
} & AsyncDisposable;

/**
 * Starts the local run in a process of its own and waits until everything listens.
 * @param assembly a synthesized cloud assembly, whose budget counts
 * @param onLog takes each JSON line that the run or a function writes
 */
export async function startLocalProcess(options: {
  assembly: string;
  timeScale: number;
  onLog: (line: LogLine) => void;
}): Promise<LocalProcess> {
  const { assembly, timeScale, onLog } = options;
  const child = spawn(
    process.execPath,
    ['--import', './cli/node24.mjs', 'tools/local/main.ts', '--assembly', assembly],
    {
      cwd: project,
      env: { PATH: process.env.PATH, PORT: '0', SANDBOX_PORT: '0', EXAMPLE: 'off', TIME_SCALE: String(timeScale) },
      // Through the channel the child notices when this process ends, and ends too.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let addresses: z.infer<typeof Addresses> | undefined;
  const otherLines: string[] = [];
  readLines(child.stderr, (line) => {
    if (!line.startsWith('{')) {
      otherLines.push(line);
      return;
    }
    const log = LogLine.parse(JSON.parse(line));
    addresses ??= Addresses.safeParse(log).data;
    onLog(log);
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    readLines(child.stdout, (line) => {
      const [, ready] = /^ready (\S+)$/.exec(line) ?? [];
      if (ready !== undefined) resolve(ready);
    });
    exited.then(() => reject(new Error(`The local run ended before it was ready:\n${otherLines.join('\n')}`)));
  });
  if (addresses === undefined) throw new Error('The local run did not log the addresses of sandbox and emulators.');
  const { sandboxUrl, awsEndpoint, queueUrl, interactiveQueueUrl } = addresses;
  return {
    pid: child.pid ?? 0,
    endpoint,
    sandboxUrl,
    awsEndpoint,
    queueUrls: [queueUrl, interactiveQueueUrl],
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function readLines(stream: Readable | null, take: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', take);
}
