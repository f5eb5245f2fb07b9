import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Claim, createLedger, type Ledger } from '../../../shared/ledger/dynamodb.ts';
import type { Attempt, Settlement } from '../../../shared/ledger/states.ts';
import { startEmulators } from '../../../tools/local/emulators/emulators.ts';

export const lease = 90_000;

/** A request that the ledger sends: its action and what it carries. */
export type Sent = { action: string; input: Record<string, unknown> };

/** A ledger's table in an emulator, with a clock of its own. */
export const aTable = async () => {
  const emulators = await startEmulators();
  const dynamodb = new DynamoDBClient({
    endpoint: emulators.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' as const }];
  const AttributeDefinitions = [{ AttributeName: 'pk', AttributeType: 'S' as const }];
  await dynamodb.send(
    new CreateTableCommand({ TableName: 'ledger', KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' }),
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
  let clock = 1_700_000_000_000;
  const now = () => clock;
  const ledger: Ledger = createLedger({ client, table: 'ledger', lease, now, newOwner: () => crypto.randomUUID() });
  return {
    ledger,
    now,
    /** Requests so far. */
    sent,
    pass: (milliseconds: number): void => {
      clock += milliseconds;
    },
    /** Lets something happen once, right before the first request that fits. */
    meanwhile: (fits: (request: Sent) => boolean, happens: () => Promise<void>): void => {
      before = async (request) => {
        if (!fits(request)) return;
        before = undefined;
        await happens();
      };
    },
    item: async (conversation: string): Promise<Record<string, unknown> | undefined> => {
      const Key = { pk: `108905#${conversation}` };
      return (await client.send(new GetCommand({ TableName: 'ledger', Key }))).Item;
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await emulators.close();
    },
  };
};
export type Table = Awaited<ReturnType<typeof aTable>>;

export const keyOf = (conversation: string) => ({ organization: '108905', conversation });

/** Claims for this attempt. @throws where it is not had */
export const claimed = async ({ ledger }: Pick<Table, 'ledger'>, id: string, attempt: Attempt): Promise<Claim> => {
  const { claim } = await ledger.claim(keyOf(id), attempt);
  if (claim === undefined) throw new Error('not claimed');
  return claim;
};

export const anAttempt = (fingerprint: string, updatedAt = 1): Attempt => ({
  fingerprint,
  recency: { updatedAt, messages: 2 },
});

export const object = {
  instance: 'Helpdesk',
  limetype: 'helpdesk',
  id: 1001,
  url: 'https://lime.example.com/1001',
  values: 'v',
};

export const deliveredAs = ({ fingerprint, recency }: Attempt): Settlement => ({
  outcome: 'delivered',
  object,
  delivered: { fingerprint, recency, written: 'abcdefgh' },
});
