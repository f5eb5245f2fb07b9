import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createLedger } from '../../shared/ledger/dynamodb.ts';
import type { Claim, Ledger } from '../../shared/ledger/ledger.ts';
import type { Starts } from '../../shared/ledger/starts.ts';
import type { Attempt, Settlement } from '../../shared/ledger/states.ts';
import { startEmulators } from '../../tools/local/emulators/emulators.ts';
import { createMemoryLedger } from './memory-ledger.ts';

/** Milliseconds a claim lasts. */
export const LEASE = 90_000;

/** `npm run conformance` names another DynamoDB. Its tables outlive a test, so each has a name of its own. */
const { CONTRACT_DYNAMODB: dynamodbEndpoint } = process.env;

/** A request that the ledger sends: its action and what it carries. */
export type Sent = { action: string; input: Record<string, unknown> };

/** A ledger with a clock of its own. */
export type ClockedLedger = {
  [Symbol.asyncDispose]: () => Promise<void>;
  ledger: Ledger & Starts;
  now: () => number;
  pass: (milliseconds: number) => void;
};

export type Table = ClockedLedger & {
  client: DynamoDBDocumentClient;
  name: string;
  /** Requests so far. */
  sent: Sent[];
  /** Lets something happen once, right before the first request that fits. */
  meanwhile: (fits: (request: Sent) => boolean, happens: () => Promise<void>) => void;
  /** The next update is carried out, but its answer gets lost once. */
  loseNextAnswer: () => Promise<void>;
  item: (conversation: string) => Promise<Record<string, unknown> | undefined>;
  put: (conversation: string, item: Record<string, unknown>) => Promise<void>;
};

/** Both ledgers: each test of one of them holds for the other. */
export const ledgers = [
  { title: 'in DynamoDB', open: aTable },
  { title: 'of the tests', open: aMemoryLedger },
];

/** A ledger in a table of an emulator. */
export async function aTable(): Promise<Table> {
  const emulators = await startEmulators({ dynamodbEndpoint });
  const table = dynamodbEndpoint === undefined ? 'ledger' : `ledger-${crypto.randomUUID()}`;
  const dynamodb = new DynamoDBClient({
    endpoint: emulators.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const sent: Sent[] = [];
  let before: ((request: Sent) => Promise<void>) | undefined;
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const request = { action: commandName, input: { ...args.input } };
        sent.push(request);
        await before?.(request);
        return next(args);
      },
    { step: 'initialize' },
  );
  const client = DynamoDBDocumentClient.from(dynamodb);
  const clock = aClock();
  const newOwner = () => crypto.randomUUID();
  const pkOf = (conversation: string) => ({ pk: `108905#${conversation}` });
  return {
    ledger: createLedger({ client, table, leaseMs: LEASE, now: clock.now, newOwner }),
    ...clock,
    client,
    name: table,
    sent,
    meanwhile: (fits, happens) => {
      before = async (request) => {
        if (!fits(request)) return;
        before = undefined;
        await happens();
      };
    },
    loseNextAnswer: async () => {
      const fault = { service: 'dynamodb', action: 'UpdateItem', afterwards: true };
      await fetch(`${emulators.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    item: async (conversation) =>
      (await client.send(new GetCommand({ TableName: table, Key: pkOf(conversation) }))).Item,
    put: async (conversation, item) => {
      await client.send(new PutCommand({ TableName: table, Item: { ...item, ...pkOf(conversation) } }));
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await emulators.close();
    },
  };
}

async function aMemoryLedger(): Promise<ClockedLedger> {
  const clock = aClock();
  const ledger = createMemoryLedger({ lease: LEASE, now: clock.now });
  return { ledger, ...clock, [Symbol.asyncDispose]: async () => {} };
}

export function aClock(time = 1_700_000_000_000) {
  return {
    now: () => time,
    pass: (milliseconds: number): void => {
      time += milliseconds;
    },
  };
}

export function keyOf(conversation: string) {
  return { organization: '108905', conversation };
}

/** Claims for this attempt. Throws where it is not had. */
export async function claimed({ ledger }: Pick<Table, 'ledger'>, id: string, attempt: Attempt): Promise<Claim> {
  const { claim } = await ledger.claim(keyOf(id), attempt);
  if (claim === undefined) throw new Error('not claimed');
  return claim;
}

/** Claims for this attempt, and settles it as delivered. */
export async function delivered(table: Pick<Table, 'ledger'>, id: string, attempt: Attempt): Promise<void> {
  await table.ledger.settle(await claimed(table, id, attempt), deliveredAs(attempt));
}

export function anAttempt(fingerprint: string, updatedAt = 1): Attempt {
  return { fingerprint, recency: { updatedAt, messages: 2 } };
}

export const object = {
  instance: 'Helpdesk',
  limetype: 'helpdesk',
  id: 1001,
  url: 'https://lime.example.com/1001',
  values: 'v',
};

export function deliveredAs({ fingerprint, recency }: Attempt): Settlement {
  return { outcome: 'delivered', object, delivered: { fingerprint, recency, writtenDigests: 'abcdefgh' } };
}
