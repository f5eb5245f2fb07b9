import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Item, keyOf, type LedgerKey } from '../../shared/ledger/item.ts';
import type { LedgerEntry } from '../../shared/ledger/states.ts';
import { CommandError } from '../errors.ts';

/** Reads the entries of many conversations, by `organization#conversation`. Conversations without an entry are missing. */
export type ReadLedgers = (keys: readonly LedgerKey[]) => Promise<Map<string, LedgerEntry>>;

/** The most keys that DynamoDB takes in one request. */
const BATCH_SIZE = 100;

/** How often the keys that DynamoDB left unprocessed are requested again, after waits that double. */
const ATTEMPTS = 8;
const FIRST_WAIT = 50;

const Key = z.object({ pk: z.string() });

export function createReadLedgers(options: {
  client: DynamoDBDocumentClient;
  table: string;
  sleep: (milliseconds: number) => Promise<void>;
}): ReadLedgers {
  const { client, table, sleep } = options;

  const readBatch = async (keys: readonly LedgerKey[]): Promise<[string, LedgerEntry][]> => {
    const entries: [string, LedgerEntry][] = [];
    let left: BatchGetCommandInput['RequestItems'] = { [table]: { Keys: keys.map(keyOf), ConsistentRead: true } };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(FIRST_WAIT * 2 ** (attempt - 1));
      const answer: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: left }));
      for (const item of answer.Responses?.[table] ?? []) entries.push([Key.parse(item).pk, Item.parse(item)]);
      left = answer.UnprocessedKeys;
      if (left === undefined || Object.keys(left).length === 0) return entries;
    }
    throw new CommandError(`DynamoDB throttles reads of ${table}: try again`);
  };

  return async (keys) => {
    const entries = new Map<string, LedgerEntry>();
    for (let start = 0; start < keys.length; start += BATCH_SIZE) {
      for (const [key, entry] of await readBatch(keys.slice(start, start + BATCH_SIZE))) entries.set(key, entry);
    }
    return entries;
  };
}
