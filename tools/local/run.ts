import { rm } from 'node:fs/promises';
import { createClients, embeddedAccess, foreignAccess } from './aws.ts';
import { startEmulators } from './emulators/emulators.ts';
import { startGateway } from './gateway/gateway.ts';
import { onPort } from './listen.ts';
import type { Log } from './log.ts';
import type { Options } from './options.ts';
import { randomKey, storeSecrets } from './resources/secrets.ts';
import { startStack } from './stack.ts';
import { assemblyDirectory, synthesize } from './synth.ts';
import { readAssembly } from './template/assembly.ts';

/** Everything listens; `endpoint` and `limeUrl` are without a trailing slash. */
export type LocalRun = { endpoint: string; limeUrl: string } & AsyncDisposable;

/**
 * Starts the stack and all it needs on this machine.
 * @param signal gives up a start that is under way
 * @param onLine takes each JSON line that a function writes
 */
export async function startLocalRun(
  options: Options,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  log: Log,
  onLine: (line: string) => void,
): Promise<LocalRun> {
  await using cleanup = new AsyncDisposableStack();

  // Ports first: a busy one is known before anything else was done.
  const gateway = await startGateway(options.PORT, log);
  cleanup.defer(gateway.close);

  const lime = await startLime(options);
  cleanup.defer(lime.close);

  const aws = await startAws(options, environment);
  cleanup.defer(aws.close);
  const clients = createClients(aws.access);
  cleanup.defer(clients.destroy);

  const directory = options.ASSEMBLY ?? assemblyDirectory(Number(new URL(gateway.url).port));
  if (options.ASSEMBLY === undefined) {
    cleanup.defer(() => rm(directory, { recursive: true, force: true }));
    await synthesize({
      output: directory,
      limeRequestsPerSecond: options.LIME_REQUESTS_PER_SECOND,
      settingsDirectory: options.SETTINGS_DIRECTORY,
      environment,
      signal,
    });
  }
  const stack = await startStack({
    assembly: await readAssembly(directory),
    gateway,
    clients,
    access: aws.access,
    resourceSuffix: aws.resourceSuffix,
    timeScale: options.TIME_SCALE,
    environment,
    log,
    onLine,
    storeSecrets: async (prefix) => {
      await storeSecrets(clients.secretsManager, prefix, options.ORGANIZATION, {
        addon: {
          key: options.ADDON_KEY,
          ...(options.ADDON_KEY_PREVIOUS === undefined ? {} : { previousKey: options.ADDON_KEY_PREVIOUS }),
          linkKey: randomKey(),
        },
        lime: { url: lime.url, apiKey: options.LIME_API_KEY, hashKey: randomKey() },
      });
    },
  });
  cleanup.defer(stack.stop);
  const { QUEUE_URL: queueUrl, DLQ_URL: dlqUrl, LEDGER_TABLE: ledgerTable } = stack.variables;
  log('INFO', 'addresses', {
    limeUrl: lime.url,
    sandboxUrl: lime.origin,
    awsEndpoint: aws.access.endpoint,
    queueUrl,
    dlqUrl,
    ledgerTable,
  });
  signal.throwIfAborted();

  const started = cleanup.move();
  return {
    endpoint: gateway.url,
    limeUrl: lime.url.replace(/\/$/, ''),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function startLime({ LIME_URL, LIME_API_KEY, SANDBOX_PORT }: Options) {
  if (LIME_URL !== undefined) return { url: LIME_URL, origin: undefined, close: nothing };
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  return onPort('SANDBOX_PORT', SANDBOX_PORT, () =>
    startSandbox({ port: SANDBOX_PORT, settings: { apiKey: LIME_API_KEY } }),
  );
}

async function nothing(): Promise<void> {}

/** Resources of another emulator outlive the run, so each run names its own. */
async function startAws({ AWS_ENDPOINT_URL }: Options, environment: NodeJS.ProcessEnv) {
  if (AWS_ENDPOINT_URL !== undefined) {
    const resourceSuffix = `-${Date.now().toString(36)}`;
    return { access: foreignAccess(AWS_ENDPOINT_URL, environment), resourceSuffix, close: nothing };
  }
  const { url, close } = await startEmulators();
  return { access: embeddedAccess(url), resourceSuffix: '', close };
}
