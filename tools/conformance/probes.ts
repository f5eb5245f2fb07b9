import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { MotoWithStack } from './moto.ts';

/** The functions, by a part of their names. */
export const FUNCTIONS = ['Intake', 'Mapper', 'Link'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** A call that a role tries, and whether IAM allowed it. */
export type Probe = { function: FunctionName; action: string; on: string; allowed: boolean };

const receiving = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'];

/** All that each role may do. Everything else that is tried must be refused. */
const may: Record<FunctionName, Record<string, string[]>> = {
  Intake: { Interactive: ['SendMessage'], Queue: ['SendMessage'], addon: ['GetSecretValue'] },
  Mapper: {
    Interactive: receiving,
    Queue: receiving,
    DeadLetters: ['SendMessage'],
    Ledger: ['GetItem', 'UpdateItem'],
    lime: ['GetSecretValue'],
  },
  Link: { Ledger: ['GetItem'], addon: ['GetSecretValue'] },
};

export function isExpected({ function: name, action, on, allowed }: Probe): boolean {
  return allowed === (may[name][on]?.includes(action) ?? false);
}

/** Tries every action of the three services that reads or changes data, as each role and on each resource. */
export async function probePermissions(
  { endpoint, stack }: MotoWithStack,
  stage: string,
  organization: string,
): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const name of FUNCTIONS) {
    const credentials = stack.functions.find((one) => one.name.includes(`${name}Function`))?.credentials;
    if (credentials === undefined) throw new Error(`moto has no function ${name}`);
    const options = { endpoint, region: stack.region, credentials, maxAttempts: 1 };
    const tries = [
      ...queueTries(new SQSClient({ ...options, useQueueUrlAsEndpoint: false }), stack.physicalIds),
      ...tableTries(new DynamoDBClient(options), physicalId(stack.physicalIds, 'LedgerTable')),
      ...secretTries(new SecretsManagerClient(options), stage, organization),
    ];
    for (const { action, on, send } of tries) {
      probes.push({ function: name, action, on, allowed: await isAllowed(send) });
    }
  }
  return probes;
}

type Try = { action: string; on: string; send: () => Promise<unknown> };

function queueTries(client: SQSClient, physicalIds: Record<string, string>): Try[] {
  return ['Interactive', 'Queue', 'DeadLetters'].flatMap((on) => {
    const QueueUrl = physicalId(physicalIds, `Conversations${on}`);
    const ReceiptHandle = 'none';
    return [
      { action: 'SendMessage', on, send: () => client.send(new SendMessageCommand({ QueueUrl, MessageBody: '-' })) },
      { action: 'ReceiveMessage', on, send: () => client.send(new ReceiveMessageCommand({ QueueUrl })) },
      { action: 'DeleteMessage', on, send: () => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })) },
      {
        action: 'ChangeMessageVisibility',
        on,
        send: () => client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
      },
      { action: 'GetQueueAttributes', on, send: () => client.send(new GetQueueAttributesCommand({ QueueUrl })) },
      { action: 'PurgeQueue', on, send: () => client.send(new PurgeQueueCommand({ QueueUrl })) },
    ];
  });
}

function tableTries(client: DynamoDBClient, TableName: string): Try[] {
  const on = 'Ledger';
  const Key = { pk: { S: 'probe' } };
  return [
    { action: 'GetItem', on, send: () => client.send(new GetItemCommand({ TableName, Key })) },
    { action: 'UpdateItem', on, send: () => client.send(new UpdateItemCommand({ TableName, Key })) },
    { action: 'PutItem', on, send: () => client.send(new PutItemCommand({ TableName, Item: Key })) },
    { action: 'DeleteItem', on, send: () => client.send(new DeleteItemCommand({ TableName, Key })) },
    { action: 'Scan', on, send: () => client.send(new ScanCommand({ TableName })) },
  ];
}

function secretTries(client: SecretsManagerClient, stage: string, organization: string): Try[] {
  const secrets = {
    addon: `userlike-lime/${stage}/${organization}/addon`,
    lime: `userlike-lime/${stage}/${organization}/lime`,
    "another stage's addon": `userlike-lime/other/${organization}/addon`,
    "another stage's lime": `userlike-lime/other/${organization}/lime`,
  };
  return Object.entries(secrets).flatMap(([on, SecretId]) => [
    { action: 'GetSecretValue', on, send: () => client.send(new GetSecretValueCommand({ SecretId })) },
    {
      action: 'PutSecretValue',
      on,
      send: () => client.send(new PutSecretValueCommand({ SecretId, SecretString: '-' })),
    },
    { action: 'DeleteSecret', on, send: () => client.send(new DeleteSecretCommand({ SecretId })) },
  ]);
}

/** The physical id of the one resource whose logical id contains `part`. */
function physicalId(physicalIds: Record<string, string>, part: string): string {
  const found = Object.entries(physicalIds).filter(([id]) => id.includes(part));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources have ${part} in their id`);
  return only[1];
}

const Refusable = z.looseObject({ $metadata: z.looseObject({ httpStatusCode: z.int() }) });

/** An error other than 403, such as that of an invalid receipt handle, comes after IAM allowed the call. */
async function isAllowed(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    const answered = Refusable.safeParse(error);
    if (!answered.success) throw error;
    return answered.data.$metadata.httpStatusCode !== 403;
  }
}
