import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { DataDirectory } from '../data-directory.ts';
import { listen } from '../listen.ts';
import { createDynamodb } from './dynamodb.ts';
import { createFaults, Fault } from './faults.ts';
import { createForward } from './forward.ts';
import { injectFault } from './inject-fault.ts';
import { createSecretsManager } from './secrets-manager.ts';
import { type AwsAnswer, awsError } from './service.ts';
import { createSqs } from './sqs.ts';

/** The path for faults: POST one, GET the pending ones, DELETE all. */
const FAULTS_PATH = '/_emulator/faults';

/** DynamoDB takes the largest requests of all services, 16 MiB. */
const LARGEST_REQUEST_BYTES = 16 * 1024 * 1024;

/** The service that a request was signed for: `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
const CREDENTIAL_SCOPE = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

export type Emulators = { url: string; close: () => Promise<void> };

export type EmulatorOptions = {
  /** False if an empty queue responds at once, even to a long poll. */
  longPolls?: boolean;
  /** Keeps the state. Default: it is in memory and ends with the process. */
  data?: Pick<DataDirectory, 'sqs' | 'dynamodb' | 'secrets'> | undefined;
  /** Another DynamoDB, which answers behind the faults. Default: dynalite. */
  dynamodbEndpoint?: string | undefined;
};

/** SQS, DynamoDB and Secrets Manager behind one address. */
export async function startEmulators({
  longPolls = true,
  data,
  dynamodbEndpoint,
}: EmulatorOptions = {}): Promise<Emulators> {
  // A busy process leaves connections idle for longer than Node's default of 5 seconds. A reset would fail its next
  // request.
  const server = createServer({ keepAliveTimeout: 60_000 });
  const { url, close } = await listen(server, 0);
  const services = new Map([
    ['sqs', await createSqs(url, longPolls, data?.sqs)],
    ['dynamodb', dynamodbEndpoint === undefined ? createDynamodb(data?.dynamodb) : createForward(dynamodbEndpoint)],
    ['secretsmanager', createSecretsManager({ file: data?.secrets })],
  ]);
  const faults = createFaults();

  const answer = async (request: IncomingMessage): Promise<AwsAnswer> => {
    const body = await readBody(request);
    if (body === undefined) return awsError(413, 'RequestEntityTooLarge', `more than ${LARGEST_REQUEST_BYTES} bytes`);
    const { headers, url: path = '/' } = request;
    if (path === FAULTS_PATH) return controlFaults(request.method, body);
    const name = CREDENTIAL_SCOPE.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
    const service = services.get(name);
    if (service === undefined)
      return awsError(400, 'UnknownService', `this emulator does not know the service "${name}"`);
    const call = { path, headers, body };
    const fault = faults.take(name, String(headers['x-amz-target']).split('.').at(-1) ?? '');
    return fault === undefined ? service.answer(call) : injectFault(fault, service, call);
  };

  const controlFaults = (method: string | undefined, body: Buffer): AwsAnswer => {
    if (method === 'POST') {
      const parsed = Fault.safeParse(JSON.parse(body.toString()));
      if (!parsed.success) return awsError(400, 'ValidationException', z.prettifyError(parsed.error));
      faults.add(parsed.data);
    }
    if (method === 'DELETE') faults.clear();
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults.pending()) };
  };

  server.on('request', (request, response) => {
    answer(request)
      .catch((error: unknown) => awsError(500, 'InternalFailure', String(error)))
      .then((answered) => send(response, answered));
  });

  return {
    url,
    close: async () => {
      await close();
      await Promise.all([...services.values()].map((service) => service.close()));
    },
  };
}

/** The body of a request. Undefined if it is larger than any service takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= LARGEST_REQUEST_BYTES) chunks.push(chunk);
  }
  return bytes <= LARGEST_REQUEST_BYTES ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, { status, headers, body }: AwsAnswer): void {
  const { 'transfer-encoding': _, connection: __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(body) }).end(body);
}
