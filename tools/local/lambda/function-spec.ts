import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assembly } from '../template/assembly.ts';
import type { Properties } from '../template/schemas.ts';
import { UnsupportedTemplateError } from '../template/unsupported.ts';

/** A function of the template. */
export type FunctionSpec = {
  name: string;
  arn: string;
  /** The directory of its code. */
  directory: string;
  /** The file in that directory, and its export that is called. */
  file: string;
  handler: string;
  runtime: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** The most invocations at the same time, each in its own process. */
  concurrency: number;
  environment: Record<string, string>;
  logging: Properties<'AWS::Lambda::Function'>['LoggingConfig'];
};

/** The file names that Lambda tries, in this order. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];

export async function functionSpec(
  id: string,
  properties: Properties<'AWS::Lambda::Function'>,
  options: { name: string; arn: string; codeDirectory: Assembly['codeDirectory']; concurrency: number },
): Promise<FunctionSpec> {
  const { Code, Handler, Runtime, Timeout, MemorySize, Environment, LoggingConfig, ReservedConcurrentExecutions } =
    properties;
  const directory = options.codeDirectory(Code.S3Key);
  if (directory === undefined)
    throw new UnsupportedTemplateError([`${id}.Code: no asset of the assembly is ${Code.S3Key}`]);
  if (Runtime !== `nodejs${process.versions.node.split('.')[0]}.x`) {
    throw new UnsupportedTemplateError([
      `${id}.Runtime: ${Runtime} was asked for, this process is Node ${process.versions.node}`,
    ]);
  }
  const [module = '', handler = ''] = Handler.split('.');
  return {
    name: options.name,
    arn: options.arn,
    directory,
    file: await firstOf(
      EXTENSIONS.map((extension) => join(directory, `${module}${extension}`)),
      `${id}.Handler`,
    ),
    handler,
    runtime: Runtime,
    timeoutSeconds: Timeout,
    memoryMegabytes: MemorySize,
    concurrency: Math.max(1, Math.min(options.concurrency, ReservedConcurrentExecutions ?? options.concurrency)),
    environment: Environment.Variables,
    logging: LoggingConfig,
  };
}

async function firstOf(files: string[], at: string): Promise<string> {
  for (const file of files) {
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    if (exists) return file;
  }
  throw new UnsupportedTemplateError([`${at}: none of ${files.join(', ')} exists`]);
}
