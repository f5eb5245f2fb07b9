import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foreignAccess } from '../../cli/aws/access.ts';
import { removeRunFiles, writeRunFile } from '../../cli/local/run-file.ts';
import { createClients, embeddedAccess } from './aws.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { startEmulators } from './emulators/emulators.ts';
import { startGateway } from './gateway/gateway.ts';
import { keepLog } from './kept-log.ts';
import { onPort } from './listen.ts';
import type { Log } from './log.ts';
import type { Options } from './options.ts';
import { keptKeys, storeSecrets } from './resources/secrets.ts';
import { startStack } from './stack.ts';
import { assemblyDirectory, synthesizeOnce } from './synth.ts';
import { readAssembly } from './template/assembly.ts';
import { watchSettings } from './watch-settings.ts';

/** A running stack. `endpoint` and `limeUrl` have no trailing slash. */
export type LocalRun = { endpoint: string; limeUrl: string } & AsyncDisposable;

/** Starts the stack and everything it needs on this machine. */
export async function startLocalRun(run: {
  options: Options;
  environment: NodeJS.ProcessEnv;
  /** Aborts the start. */
  signal: AbortSignal;
  log: Log;
  /** Takes each JSON line that a function writes, and lines about the progress of the start. */
  print: (line: string) => void;
}): Promise<LocalRun> {
  const { options, environment, signal, log, print } = run;
  await using cleanup = new AsyncDisposableStack();

  // Opens ports first, so that a busy one is reported at once.
  const gateway = await startGateway(options.PORT, log);
  cleanup.defer(gateway.close);

  const data = options.DATA === undefined ? undefined : openDataDirectory(options.DATA);
  if (data !== undefined) cleanup.defer(data.close);

  const lime = await startLime(options, data);
  cleanup.defer(lime.close);

  const aws = await startAws(options, environment, data);
  cleanup.defer(aws.close);
  const clients = createClients(aws.access);
  cleanup.defer(clients.destroy);

  const port = Number(new URL(gateway.url).port);
  const keep = keepLog(port);
  cleanup.defer(() => removeRunFiles(port));
  const directory = options.ASSEMBLY ?? assemblyDirectory(port);
  if (options.ASSEMBLY === undefined) {
    cleanup.defer(() => rm(directory, { recursive: true, force: true }));
    const synthesis = {
      output: directory,
      limeRequestsPerSecond: options.LIME_REQUESTS_PER_SECOND,
      settingsDirectory: options.SETTINGS_DIRECTORY,
      environment,
      signal,
    };
    await synthesizeOnce(synthesis, print);
  }
  print('starting the functions');
  const stack = await startStack({
    assembly: await readAssembly(directory),
    gateway,
    clients,
    access: aws.access,
    resourceSuffix: aws.resourceSuffix,
    timeScale: options.TIME_SCALE,
    environment,
    log,
    onLine: (line) => {
      keep(line);
      print(line);
    },
    storeSecrets: async (prefix) => {
      const { linkKey, hashKey } = await keptKeys(clients.secretsManager, prefix, options.ORGANIZATION);
      await storeSecrets(clients.secretsManager, prefix, options.ORGANIZATION, {
        addon: {
          key: options.ADDON_KEY,
          ...(options.ADDON_KEY_PREVIOUS === undefined ? {} : { previousKey: options.ADDON_KEY_PREVIOUS }),
          linkKey,
        },
        lime: { url: lime.url, apiKey: options.LIME_API_KEY, hashKey },
      });
    },
  });
  cleanup.defer(stack.stop);
  if (options.WATCH === 'on') cleanup.defer(watchSettings(settingsDirectoryOf(options), stack.functions, log));
  const {
    QUEUE_URL: queueUrl,
    INTERACTIVE_QUEUE_URL: interactiveQueueUrl,
    DLQ_URL: dlqUrl,
    LEDGER_TABLE: ledgerTable,
  } = stack.variables;
  log('INFO', 'addresses', {
    limeUrl: lime.url,
    sandboxUrl: lime.origin,
    awsEndpoint: aws.access.endpoint,
    queueUrl,
    interactiveQueueUrl,
    dlqUrl,
    ledgerTable,
  });
  const { SECRETS_PREFIX: prefix = '' } = stack.variables;
  writeRunFile(port, {
    pid: process.pid,
    endpoint: `${gateway.url}/${options.ORGANIZATION}`,
    organization: options.ORGANIZATION,
    limeUrl: lime.url,
    awsEndpoint: aws.access.endpoint,
    ...{ queueUrl, interactiveQueueUrl, dlqUrl, ledgerTable },
    stage: prefix.split('/').at(-1),
    limeRequestsPerSecond: options.LIME_REQUESTS_PER_SECOND,
    settingsDirectory: stack.functions
      .map(({ spec }) => join(spec.directory, 'settings'))
      .find((path) => existsSync(path)),
  });
  signal.throwIfAborted();

  const started = cleanup.move();
  return {
    endpoint: gateway.url,
    limeUrl: lime.url.replace(/\/$/, ''),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function startLime({ LIME_URL, LIME_API_KEY, SANDBOX_PORT }: Options, data: DataDirectory | undefined) {
  if (LIME_URL !== undefined) return { url: LIME_URL, origin: undefined, close: nothing };
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  return onPort('SANDBOX_PORT', SANDBOX_PORT, () =>
    startSandbox({ port: SANDBOX_PORT, settings: { apiKey: LIME_API_KEY }, file: data?.sandbox }),
  );
}

/** The directory that the synthesis takes settings from. */
function settingsDirectoryOf({ SETTINGS_DIRECTORY }: Options): string {
  return resolve(SETTINGS_DIRECTORY ?? fileURLToPath(new URL('../../settings', import.meta.url)));
}

async function nothing(): Promise<void> {}

/** Resources in another emulator outlive the run, so each run uses its own names. */
async function startAws(
  { AWS_ENDPOINT_URL }: Options,
  environment: NodeJS.ProcessEnv,
  data: DataDirectory | undefined,
) {
  if (AWS_ENDPOINT_URL !== undefined) {
    const resourceSuffix = `-${Date.now().toString(36)}`;
    return { access: foreignAccess(AWS_ENDPOINT_URL, environment), resourceSuffix, close: nothing };
  }
  const { url, close } = await startEmulators({ data });
  return { access: embeddedAccess(url), resourceSuffix: '', close };
}
