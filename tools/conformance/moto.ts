import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { SynthesizedStage } from './stages.ts';

const Keys = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
const Session = Keys.extend({ sessionToken: z.string() });

const CreatedStack = z.object({
  region: z.string(),
  /** Physical ids by logical id. */
  physicalIds: z.record(z.string(), z.string()),
  /** Resource types that moto's CloudFormation does not know. */
  unknownTypes: z.array(z.string()),
  functions: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      /** The environment as CloudFormation resolved it. */
      variables: z.record(z.string(), z.string()),
      /** A session of the function's role. */
      credentials: Session,
    }),
  ),
  /** Keys of a user that may do everything. */
  admin: Keys,
});
export type CreatedStack = z.infer<typeof CreatedStack>;

const Call = z.object({ principal: z.string(), action: z.string(), resource: z.string(), allowed: z.boolean() });
/** A call that IAM decided. */
export type Call = z.infer<typeof Call>;

const Line = z.union([z.object({ endpoint: z.url() }), z.object({ stack: CreatedStack }), z.object({ call: Call })]);

/** moto, where everything is allowed. */
export type Moto = { endpoint: string } & AsyncDisposable;

/** moto with a stack in it. IAM is enforced. */
export type MotoWithStack = Moto & { stack: CreatedStack; calls: Call[] };

/** Starts moto. @param programs directory of the Python environment's programs */
export async function startMoto(programs: string): Promise<Moto> {
  const { endpoint, dispose } = launch(programs, []);
  return { endpoint: await endpoint, [Symbol.asyncDispose]: dispose };
}

/** Starts moto and lets its CloudFormation create the stack of a stage. */
export async function startMotoWithStack(
  programs: string,
  { directory, stackName }: SynthesizedStage,
): Promise<MotoWithStack> {
  const { endpoint, stack, calls, dispose } = launch(programs, [directory, stackName]);
  return { endpoint: await endpoint, stack: await stack, calls, [Symbol.asyncDispose]: dispose };
}

function launch(programs: string, args: string[]) {
  const child = spawn(join(programs, 'python'), [join(import.meta.dirname, 'moto_server.py'), ...args], {
    // boto3 must not find the user's own keys.
    env: { PATH: process.env.PATH, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const calls: Call[] = [];
  const endpoint = Promise.withResolvers<string>();
  const stack = Promise.withResolvers<CreatedStack>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = Line.parse(JSON.parse(text));
    if ('endpoint' in line) endpoint.resolve(line.endpoint);
    else if ('stack' in line) stack.resolve(line.stack);
    else calls.push(line.call);
  });
  const fail = (cause?: unknown): void => {
    const error = new Error(`moto ended:\n${errors.join('').slice(-4_000)}`, { cause });
    for (const { reject } of [endpoint, stack]) reject(error);
  };
  // Nobody waits for the stack of a moto without one.
  stack.promise.catch(() => {});
  child.once('error', fail);
  exited.then(() => fail());
  return {
    endpoint: endpoint.promise,
    stack: stack.promise,
    calls,
    dispose: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
