import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientPage } from './control/client-page.ts';
import type { FaultInput, FaultState } from './control/faults.ts';
import type { Entry, Stats } from './control/journal.ts';
import { seededRandom } from './control/random.ts';
import { controlAnswer, objectsOf, type TenantHolder } from './control/routes.ts';
import { openDisk } from './data/disk.ts';
import type { SchemaName } from './data/schema.ts';
import { HttpError, ValidationError } from './http/errors.ts';
import { readBody, send } from './http/exchange.ts';
import { message, type Reply } from './http/reply.ts';
import { serveLime, type Wait } from './lime/serve.ts';
import { Settings, type SettingsInput } from './settings.ts';
import { createTenant } from './tenant.ts';

export type SandboxOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** The name of the Lime application, the first segment of every path. It may contain blanks. */
  application?: string;
  schema?: SchemaName;
  /** The settings at the start and after a reset. */
  settings?: SettingsInput;
  faults?: readonly FaultInput[];
  /** How many requests are kept. */
  logSize?: number;
  /** A file that keeps limeobjects and files over restarts. Faults, settings and requests are always fresh. */
  file?: string | undefined;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Random numbers in [0, 1) for faults that happen by chance. */
  random?: () => number;
  /** Waits before a slow response. */
  wait?: Wait;
};

export type Sandbox = {
  /** The address of the Lime application, without a trailing slash. */
  url: string;
  /** The address of the server: `/client/…` and `/_sandbox/…` are below it. */
  origin: string;
  port: number;
  requests: () => readonly Entry[];
  stats: () => Stats;
  /** All limeobjects of a limetype as Lime shows them, without links. */
  objects: (limetype: string) => Record<string, unknown>[];
  /** Replaces all faults. */
  setFaults: (faults: readonly FaultInput[]) => readonly FaultState[];
  changeSettings: (changes: SettingsInput) => void;
  /** Restores the state of the start. */
  reset: () => void;
  close: () => Promise<void>;
};

export type { FaultInput };

/** Starts a Lime CRM over HTTP on the loopback interface. @throws if the port is in use */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { application = 'lime', schema = 'core', settings = {}, faults = [], logSize = 5000, now = Date.now } = options;
  const disk = options.file === undefined ? undefined : openDisk(options.file);
  const closing = new AbortController();
  const { signal } = closing;
  const wait: Wait = options.wait ?? ((ms) => sleep(ms, undefined, { signal }));
  let random = options.random ?? Math.random;

  const fresh = () =>
    createTenant({
      application,
      schema,
      settings,
      faults,
      logSize,
      disk,
      now,
      random: () => random(),
    });
  const holder: TenantHolder = {
    tenant: fresh(),
    reset: () => {
      random = options.random ?? Math.random;
      disk?.clear();
      holder.tenant = fresh();
    },
    seedRandom: (seed) => {
      random = seededRandom(seed);
    },
  };

  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 60_000 }, (request, response) => {
    serve(holder, wait, request, response).catch((error: unknown) => {
      if (!signal.aborted && !isHangUp(error)) console.error(error);
      response.destroy();
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port ?? 0, '127.0.0.1', resolve);
  await promise;
  const { port } = addressOf(server.address());
  const origin = `http://127.0.0.1:${port}`;

  return {
    url: `${origin}/${encodeURIComponent(application)}`,
    origin,
    port,
    requests: () => holder.tenant.journal.entries(),
    stats: () => holder.tenant.journal.stats(),
    objects: (limetype) => objectsOf(holder.tenant, limetype),
    setFaults: (next) => {
      holder.tenant.faults.clear();
      holder.tenant.faults.add(next);
      return holder.tenant.faults.list();
    },
    changeSettings: (changes) => {
      holder.tenant.settings = Settings.parse({ ...holder.tenant.settings, ...changes });
    },
    reset: holder.reset,
    close: async () => {
      closing.abort();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
      disk?.close();
    },
  };
}

/** True if the caller closed the connection before its request was read. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address;
}

async function serve(
  holder: TenantHolder,
  wait: Wait,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  const [, first = ''] = pathname.split('/');
  if (first === '_sandbox') {
    const body = await readBody(request);
    const json = () => JSON.parse(new TextDecoder().decode(body));
    send(
      response,
      refusable(() => controlAnswer({ holder, search: searchParams, body: json }, method, pathname)),
    );
  } else if (first === 'client') {
    send(
      response,
      refusable(() => clientPage(holder.tenant, pathname)),
    );
  } else if (decodedSegment(first) === holder.tenant.application) {
    await serveLime(holder.tenant, wait, request, response, first);
  } else {
    send(response, message(404, `There is no application '${first}' here, only '${holder.tenant.application}'`));
  }
}

function decodedSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** The response of the sandbox's own addresses, which refuse with 400 or 404. */
function refusable(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof HttpError) return message(error.status, error.message);
    if (error instanceof ValidationError || error instanceof SyntaxError) return message(400, error.message);
    throw error;
  }
}
