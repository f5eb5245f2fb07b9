import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type FunctionName, functionNames, optionsFor } from '../../sizes/bundles.ts';
import { median } from '../measure.ts';
import type { Measured } from '../rows.ts';

const run = promisify(execFile);

const RUNS = 15;

/** The SDK's clients and commands of each function, as its source imports them, and nothing else. */
const clients = {
  intake: `
    import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
    import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
    export const handler = [new SecretsManagerClient({}), new SQSClient({}), GetSecretValueCommand, SendMessageBatchCommand];`,
  mapper: `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
    import { SQSClient, SendMessageCommand, ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
    import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
    export const handler = [new SecretsManagerClient({}), new SQSClient({}),
      DynamoDBDocumentClient.from(new DynamoDBClient({})),
      GetSecretValueCommand, SendMessageCommand, ChangeMessageVisibilityCommand, GetCommand, UpdateCommand];`,
  link: `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
    import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
    export const handler = [new SecretsManagerClient({}), DynamoDBDocumentClient.from(new DynamoDBClient({})),
      GetSecretValueCommand, GetCommand];`,
} satisfies Record<FunctionName, string>;

/** Prints the milliseconds of CPU of an import. Node's start does not count. */
const PROGRAM =
  'const from = process.cpuUsage(); await import(process.argv[1]); const { user, system } = process.cpuUsage(from); console.log((user + system) / 1_000)';

/** Variables without which a function does not load. No request is sent. */
const environment = {
  ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
  ...{ SECRETS_PREFIX: 'userlike-lime/bench', METRICS_NAMESPACE: 'bench', LEDGER_TABLE: 'ledger' },
  ...{ QUEUE_URL: 'https://sqs.example/q', INTERACTIVE_QUEUE_URL: 'https://sqs.example/i' },
  ...{ DLQ_URL: 'https://sqs.example/d', LIME_HOSTS: 'lime-crm.com', LIME_REQUESTS_PER_SECOND: '9' },
  ...{ MAPPERS: '8', MAX_RECEIVES: '346', TIMEOUT_SECONDS: '60', NODE_OPTIONS: '--enable-source-maps' },
};

/** Measures how much longer each bundle takes to load than one with only its SDK clients, in pairs. */
export async function measureImports(print: (line: string) => void): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'userlike-lime-'));
  try {
    return await measureIn(directory, print);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measureIn(directory: string, print: (line: string) => void): Promise<Measured> {
  const ratios = new Map<FunctionName, number>();
  for (const name of functionNames) {
    print(`importing ${name} ${RUNS} times`);
    const whole = join(directory, name, 'whole.mjs');
    const bare = join(directory, name, 'clients.mjs');
    const { entryPoints, ...options } = optionsFor(name);
    const shared = { ...options, write: true, sourcemap: true, sourcesContent: false };
    await build({ ...shared, entryPoints, outfile: whole });
    await build({
      ...shared,
      outfile: bare,
      stdin: { contents: clients[name], resolveDir: options.absWorkingDir },
    });
    cpSync(join(options.absWorkingDir, 'settings'), join(directory, name, 'settings'), { recursive: true });
    const pairs: number[] = [];
    for (let time = 0; time < RUNS; time += 1) pairs.push((await milliseconds(whole)) / (await milliseconds(bare)));
    ratios.set(name, median(pairs));
  }
  return {
    importOfMapper: ratios.get('mapper') ?? Number.NaN,
    importOfIntake: ratios.get('intake') ?? Number.NaN,
    importOfLink: ratios.get('link') ?? Number.NaN,
  };
}

async function milliseconds(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', PROGRAM, file], {
    env: environment,
  });
  return Number(stdout);
}
