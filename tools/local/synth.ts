import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A machine has one caller, which may be a load test: as much as it can take. */
const CALLS_PER_SECOND = 500;

/** The stack could not be synthesized; the message is what the CDK wrote. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/** Nothing of the user's AWS account is needed, and nothing may be asked of it. */
const OFFLINE = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
};

/**
 * Synthesizes the project's stack for a local stage with the project's own CDK, as `npx cdk deploy` would.
 * @param output directory for the cloud assembly
 * @param signal ends the CDK and the processes it started
 */
export async function synthesize(options: {
  output: string;
  limeRequestsPerSecond: number;
  settingsDirectory?: string | undefined;
  environment: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}): Promise<void> {
  const { output, limeRequestsPerSecond, settingsDirectory, environment, signal } = options;
  const cdk = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const quiet = ['--quiet', '--no-color', '--no-notices', '--no-lookups', '--no-version-reporting'];
  const context = ['-c', 'stage=local', '-c', `limeRequestsPerSecond=${limeRequestsPerSecond}`];
  context.push('-c', `callsPerSecond=${CALLS_PER_SECOND}`);
  // The CDK runs in the project's directory, wherever this one does.
  if (settingsDirectory !== undefined) context.push('-c', `settingsDirectory=${resolve(settingsDirectory)}`);
  const child = spawn(process.execPath, [cdk, 'synth', ...quiet, ...context, '--output', output], {
    cwd: PROJECT,
    // A group of its own, so that the app and the bundler which the CDK starts can be ended with it.
    detached: true,
    // The app's command in cdk.json is `node …`: this Node, not an older one of the machine.
    env: {
      ...withoutAws(environment),
      ...OFFLINE,
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

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}

/** Where a run has its assembly: below `cdk.out`, and by its port, which no other run can have at the same time. */
export function assemblyDirectory(port: number): string {
  return join(PROJECT, 'cdk.out', `local-${port}`);
}
