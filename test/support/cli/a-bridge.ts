import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { countsOf } from '../../../cli/aws/queue.ts';
import { versionOf } from '../../../cli/failed/delivered.ts';
import type { LimeSecret } from '../../../shared/credentials.ts';
import { createLedger } from '../../../shared/ledger/dynamodb.ts';
import type { Settlement } from '../../../shared/ledger/states.ts';
import { writtenWith } from '../../../shared/notes/written/new-entries.ts';
import { encodeRecord } from '../../../shared/queue/envelope.ts';
import { createParkRecord } from '../../../shared/queue/sqs.ts';
import { createClients, embeddedAccess } from '../../../tools/local/aws.ts';
import { startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { aDirectory } from '../a-directory.ts';
import { aConversation } from '../conversations.ts';
import { type Ended, type Running, runHere, startCli } from './run-cli.ts';

/** When intake took the conversations of these tests. */
const acceptedAt = '2026-11-22T10:00:00.000Z';

/** A conversation's record as intake makes it. */
export function aRecord(
  conversation: number | string,
  organization = '108905',
  callId = `call-${conversation}`,
  overrides: Record<string, unknown> = {},
): string {
  return (
    encodeRecord(
      { organization, callId, acceptedAt },
      JSON.stringify(aConversation({ id: conversation, organization_id: organization, ...overrides })),
    ) ?? ''
  );
}

/** Queues, DLQ and ledger in emulators, without functions, and the command line pointed at them. */
export async function aBridge() {
  const emulators = await startEmulators({ longPolls: false });
  const clients = createClients(embeddedAccess(emulators.url));
  const { sqs } = clients;
  const createQueue = async (QueueName: string): Promise<string> =>
    (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
  const names = ['queue', 'interactive', 'dlq'];
  const [queueUrl = '', interactiveQueueUrl = '', dlqUrl = ''] = await Promise.all(names.map(createQueue));
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: 'ledger',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const document = DynamoDBDocumentClient.from(clients.dynamodb);
  const ledger = createLedger({
    client: document,
    table: 'ledger',
    leaseMs: 60_000,
    newOwner: () => 'a mapper of the tests',
  });
  const directory = await aDirectory();
  const variables: Record<string, string> = {
    AWS_ENDPOINT_URL: emulators.url,
    QUEUE_URL: queueUrl,
    INTERACTIVE_QUEUE_URL: interactiveQueueUrl,
    DLQ_URL: dlqUrl,
    LEDGER_TABLE: 'ledger',
  };
  const peek = async (QueueUrl: string): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    }
    return Messages;
  };
  const park = createParkRecord({ client: sqs, dlqUrl });

  return {
    url: emulators.url,
    queueUrl,
    interactiveQueueUrl,
    dlqUrl,
    /** The lines that a local run keeps. */
    log: async (lines: readonly Record<string, unknown>[]): Promise<void> => {
      variables.LOCAL_LOG = await directory.write('run.log', lines.map((line) => JSON.stringify(line)).join('\n'));
    },
    /** Runs a command line in this process, with the real time. */
    cli: (...args: string[]): Promise<Ended> =>
      runHere(args, variables, { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, { signal }) }),
    /** Starts the real program. */
    start: (...args: string[]): Running => startCli(args, variables),
    /** Parks a conversation as the mapper does. */
    park: (conversation: number, attributes: Record<string, string> = {}) =>
      park({
        body: aRecord(conversation),
        organization: '108905',
        attributes: {
          reason: 'POST /api/v1/limeobject/helpdesk/ was answered 422',
          step: 'object',
          status: '422',
          limetype: 'helpdesk',
          lane: 'bulk',
          organization: '108905',
          conversation: String(conversation),
          callId: `call-${conversation}`,
          ...attributes,
        },
      }),
    /** Puts a body into a queue, without any attribute. */
    put: async (QueueUrl: string, MessageBody: string): Promise<void> => {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    },
    /** Has SQS move a record to the DLQ after its last receive. */
    moveBySqs: async (body: string): Promise<void> => {
      const deadLetterTargetArn = 'arn:aws:sqs:eu-central-1:000000000000:dlq';
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { RedrivePolicy } }));
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
      const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 0 });
      await sqs.send(receive);
      const { Messages = [] } = await sqs.send(receive);
      if (Messages.length > 0) throw new Error('SQS has not moved the record');
    },
    settle: async (conversation: string, settlement: Settlement): Promise<void> => {
      const attempt = { fingerprint: 'one', recency: { messages: 1 } };
      const { claim } = await ledger.claim({ organization: '108905', conversation }, attempt);
      if (claim === undefined) throw new Error(`${conversation} cannot be claimed`);
      await ledger.settle(claim, settlement);
    },
    /** Records that a call brought this version of a conversation, and that all of it is in Lime. */
    deliver: async (conversation: string, callId: string, overrides: Record<string, unknown> = {}): Promise<void> => {
      const version = versionOf(aRecord(Number(conversation), '108905', callId, overrides));
      if (version === undefined) throw new Error(`${conversation} cannot be read`);
      const { recency, entries } = version;
      const fingerprint = 'delivered';
      const key = { organization: '108905', conversation, callId };
      const { claim } = await ledger.claim(key, { fingerprint, recency });
      if (claim === undefined) throw new Error(`${conversation} cannot be claimed`);
      const writtenDigests = writtenWith(undefined, entries, []);
      await ledger.settle(claim, {
        outcome: 'delivered',
        object: aLimeobject,
        delivered: { fingerprint, recency, writtenDigests },
      });
    },
    /** Puts an item into the ledger as it is. */
    putItem: async (pk: string, item: Record<string, unknown> = {}): Promise<void> => {
      await document.send(new PutCommand({ TableName: 'ledger', Item: { pk, ...item } }));
    },
    /** Stores an organization's Lime secret in the stage prod. */
    putLimeSecret: (organization: string, secret: LimeSecret) =>
      clients.secretsManager.send(
        new CreateSecretCommand({
          Name: `userlike-lime/prod/${organization}/lime`,
          SecretString: JSON.stringify(secret),
        }),
      ),
    /** The keys of the ledger's items, sorted. */
    ledgerKeys: async (): Promise<string[]> => {
      const keys: string[] = [];
      const pages = paginateScan({ client: document }, { TableName: 'ledger', ProjectionExpression: 'pk' });
      for await (const { Items = [] } of pages) keys.push(...Items.map(({ pk }) => String(pk)));
      return keys.sort();
    },
    /** Receives a record as a mapper does, and keeps it. */
    take: async (QueueUrl: string): Promise<void> => {
      await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 60 }));
    },
    /** Bodies of the first ten records that can be received now, which stay where they are. */
    bodiesIn: async (queueUrl: string): Promise<string[]> => (await peek(queueUrl)).map(({ Body = '' }) => Body),
    /** The id of the first record of the DLQ. */
    firstId: async (): Promise<string> => (await peek(dlqUrl))[0]?.MessageId ?? '',
    countsOf: (queueUrl: string) => countsOf(sqs, queueUrl),
    sqs,
    /** Refuses coming calls of an action of SQS. */
    fault: async (action: string, times = 1): Promise<void> => {
      const fault = { service: 'sqs', action, times, status: 400, code: 'AccessDenied' };
      await fetch(`${emulators.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    [Symbol.asyncDispose]: async () => {
      clients.destroy();
      await emulators.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

export const aLimeobject = {
  instance: 'default',
  limetype: 'helpdesk',
  id: 1002,
  url: 'https://lime.example/1002',
  values: '',
};

export const delivered: Settlement = {
  outcome: 'delivered',
  object: aLimeobject,
  delivered: { fingerprint: 'one', recency: { messages: 1 }, writtenDigests: '' },
};
