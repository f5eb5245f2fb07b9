import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { updateExpression } from './update-expression.ts';

/** A record of the queue, before its conversation is known. */
export type RecordKey = { organization: string; record: string };

/** Counts unfinished starts of a record. A mapper that runs out of time or memory leaves its start in the count. */
export type Starts = {
  startsOf(key: RecordKey): Promise<number>;
  /** Adds a start, and returns the number of earlier ones. */
  start(key: RecordKey): Promise<number>;
  /** Removes the count, because the record has an outcome. */
  end(key: RecordKey): Promise<void>;
};

/** Seconds such an item is kept: the queue keeps its record for two weeks. */
const LIFETIME_SECONDS = 15 * 24 * 3_600;

const Item = z.object({ starts: z.int().nonnegative().default(0) });

const keyOf = ({ organization, record }: RecordKey) => ({ pk: `${organization}#record#${record}` });

export function createStarts(options: { client: DynamoDBDocumentClient; table: string; now: () => number }): Starts {
  const { client, table: TableName, now } = options;
  return {
    startsOf: async (key) => {
      const { Item: item } = await client.send(new GetCommand({ TableName, Key: keyOf(key), ConsistentRead: true }));
      return Item.parse(item ?? {}).starts;
    },
    start: async (key) => {
      const { Attributes: before } = await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(key),
          ...updateExpression({ set: { expiresAt: Math.floor(now() / 1_000) + LIFETIME_SECONDS }, add: { starts: 1 } }),
          ReturnValues: 'UPDATED_OLD',
        }),
      );
      return Item.parse(before ?? {}).starts;
    },
    end: async (key) => {
      const parameters = updateExpression({ set: { starts: undefined } });
      await client.send(new UpdateCommand({ TableName, Key: keyOf(key), ...parameters }));
    },
  };
}
