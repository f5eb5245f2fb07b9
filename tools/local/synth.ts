import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashInputs, withCache } from './synthesis-cache.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** The maximum. The only caller may be a load test. */
const CALLS_PER_SECOND = 500;

/** The synthesis failed. The message contains the CDK's output. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/** The synthesis needs no AWS account and must not call one. */
const offline = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
};

export type SynthesisOptions = {
  /** The directory for the cloud assembly. */
  output: string;
  limeRequestsPerSecond: number;
  settingsDirectory?: string | undefined;
  environment: NodeJS.ProcessEnv;
  /** Ends the CDK and the processes it started. */
  signal?: AbortSignal;
};

/** Everything in the project that can change the assembly. */
const sources = [
  ...['functions', 'shared', 'infra', 'cli/node24.mjs', 'tools/local/synth.ts'],
  ...['cdk.json', 'cdk.context.json', 'package.json', 'package-lock.json', 'tsconfig.json'],
];

/**
 * As `synthesize`, but reuses an earlier assembly if nothing that it depends on has changed.
 * @param progress takes a line that says what happens, before it does
 */
export async function synthesizeOnce(options: SynthesisOptions, progress: (line: string) => void): Promise<void> {
  const { output, settingsDirectory } = options;
  const paths = [
    ...sources.map((path) => join(project, path)),
    settingsDirectory === undefined ? join(project, 'settings') : resolve(settingsDirectory),
  ];
  const origin = await withCache({
    cache: join(project, 'cdk.out', 'local-cache'),
    hash: () => hashInputs(paths, [process.version, ...contextOf({ ...options, settingsDirectory: undefined })]),
    output,
    synthesize: (directory) => {
      progress('synthesizing the stack, which takes a while after a change');
      return synthesize({ ...options, output: directory });
    },
  });
  if (origin === 'reused') progress('reusing the last synthesis, because nothing has changed');
}

/** Synthesizes the stack for the stage `local` with the project's own CDK, as `npx cdk deploy` does. */
export async function synthesize(options: SynthesisOptions): Promise<void> {
  const { output, environment, signal } = options;
  const cdk = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const quiet = ['--quiet', '--no-color', '--no-notices', '--no-lookups', '--no-version-reporting'];
  const context = contextOf(options).flatMap((value) => ['-c', value]);
  const child = spawn(process.execPath, [cdk, 'synth', ...quiet, ...context, '--output', output], {
    cwd: project,
    // A process group, so that the signal also ends the app and the bundler that the CDK starts.
    detached: true,
    // The `node …` in cdk.json must be this Node, not an older one of the machine.
    env: {
      ...withoutAws(environment),
      ...offline,
      PATH: `${dirname(process.execPath)}${delimiter}${environment.PATH ?? ''}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  signal?.addEventListener('abort', endGroup);
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  signal?.removeEventListener('abort', endGroup);
  signal?.throwIfAborted();
  if (code !== 0)
    throw new SynthesisError(`The stack could not be synthesized:\n${Buffer.concat(written).toString().trimEnd()}`);
}

function contextOf({ limeRequestsPerSecond, settingsDirectory }: SynthesisOptions): string[] {
  return [
    'stage=local',
    `limeRequestsPerSecond=${limeRequestsPerSecond}`,
    `callsPerSecond=${CALLS_PER_SECOND}`,
    // An absolute path, because the CDK runs in the project's directory.
    ...(settingsDirectory === undefined ? [] : [`settingsDirectory=${resolve(settingsDirectory)}`]),
  ];
}

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}

/** The directory of a run's assembly, named by its port, which no other run can have at the same time. */
export function assemblyDirectory(port: number): string {
  return join(project, 'cdk.out', `local-${port}`);
}
